// The token broker (Redis) and the client library that every pod uses to reach it.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "models/fields.hpp"

namespace seatrial::models {

enum class BrokerWrite { merge_max, set };
inline constexpr std::array<std::string_view, 2> broker_write_names{"merge_max", "set"};

// What a fault makes of a broker: connections are refused, or messages vanish.
enum class BrokerState { up, refused, unreachable };
inline constexpr std::array<std::string_view, 3> broker_state_names{"up", "refused", "unreachable"};

struct BreakerConfig {
  bool present = false;
  std::int64_t open_after = 20;                 // consecutive failures
  Duration retry_after = Duration::seconds(5);  // then one request probes
};

struct BrokerClientConfig {
  Duration timeout = Duration::milliseconds(50);
  // The client looks for timeouts only this often, so one fires up to this much late.
  Duration timeout_check = Duration::seconds(1);
  BreakerConfig breaker;
};

struct BrokerConfig {
  bool present = false;
  std::string placement = "per_region";  // or the name of the one region that has it
  Duration ttl = Duration::seconds(1800);
  BrokerWrite write = BrokerWrite::merge_max;
  sim::Distribution get_service = sim::Distribution::constant(2'000);  // single thread, ns
  sim::Distribution set_service = sim::Distribution::constant(13'500);
  BrokerClientConfig client;
  std::shared_ptr<StrategyKind> on_unavailable;  // axis: degradation
};

void describe(FieldVisitor&, BrokerConfig&);

}  // namespace seatrial::models
