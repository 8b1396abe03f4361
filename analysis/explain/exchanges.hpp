// An operation's requests to replicas, each with its answer; and which of many are worth drawing.
#pragma once

#include <string>
#include <vector>

#include "analysis/explain/trace_collector.hpp"
#include "models/store/quorum/quorum_config.hpp"

namespace seatrial::analysis {

struct Exchange {
  const models::MessageTraced* request = nullptr;
  const models::MessageTraced* answer = nullptr;  // null: none was sent
};

struct Exchanges {
  std::vector<Exchange> drawn;
  std::size_t left_out = 0;         // requests that found no replica with the token
  std::size_t left_out_before = 0;  // of drawn
  models::Instant left_out_from, left_out_until;
};

// The first and the last two of many that follow each other.
Exchanges exchanges_of(const TracedOperation&);

// All of them.
std::vector<Exchange> all_exchanges_of(const TracedOperation&);

// Replicas that a quorum's read was sent to and did not wait for.
struct UnheardReplicas {
  std::size_t count = 0;
  std::vector<std::uint32_t> numbers;  // empty where it did not ask all there are: not known which
  models::Instant asked_at;
  std::string names() const;  // "0 and 2"; "2 more"
};

UnheardReplicas unheard_replicas(const TracedOperation&, const models::QuorumConfig&);

}  // namespace seatrial::analysis
