// The stateless pods of each region and how requests are spread over them.
#pragma once

#include <array>
#include <memory>

#include "models/fields.hpp"

namespace seatrial::models {

enum class Affinity { none, cookie };
inline constexpr std::array<std::string_view, 2> affinity_names{"none", "cookie"};

struct PodsConfig {
  std::int64_t count = 1;           // in each region
  std::int64_t cpu = 2;             // cores of one pod
  std::int64_t max_in_flight = 64;  // requests; more wait in the pod's queue
  std::int64_t max_queue = 10'000;  // waiting requests; more are refused
  sim::Distribution cpu_per_operation = sim::Distribution::constant(0);  // ns
  Duration restart_after = Duration::seconds(5);  // a killed pod is ready again
  std::shared_ptr<StrategyKind> balance;          // axis: balancing
  Affinity affinity = Affinity::none;
};

void describe(FieldVisitor&, PodsConfig&);

// How the session token travels beyond the pod's own cache.
enum class TokenKey { session, document };
inline constexpr std::array<std::string_view, 2> token_key_names{"session", "document"};

struct SessionTokenConfig {
  std::vector<std::shared_ptr<StrategyKind>> carry;  // axis: token transport; empty: pod cache only
  TokenKey key = TokenKey::session;                  // of the broker's entries
  // A write's reply waits for the publication, or the token is published this much later.
  bool asynchronous = false;
  sim::Distribution publish_after = sim::Distribution::constant(0);  // ns, when asynchronous
  bool reads_publish = false;  // a read that met a newer token publishes it, too
  bool pod_cache = true;       // the SDK's own cache in each pod
};

void describe(FieldVisitor&, SessionTokenConfig&);

}  // namespace seatrial::models
