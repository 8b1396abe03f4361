// Runs one policy once: builds the places of a WorldConfig in a Simulation of its own, plays the
// workload and reports every operation and commit to the observer. Two runs of the same config,
// seed and replication observe the same, on any machine and in any build.
#pragma once

#include <cstdint>
#include <functional>

#include "models/observation.hpp"
#include "models/trace.hpp"
#include "models/world_config.hpp"
#include "sim/digest.hpp"

namespace seatrial::models {

struct RunOptions {
  std::uint64_t seed = 1;
  std::uint32_t replication = 0;
  // Permutes the events of one instant: reveals what hangs on their order.
  bool shuffle_ties = false;
  std::uint64_t tie_seed = 0;
  Followed followed;
  // Asked now and then; true ends the run early.
  std::function<bool()> cancelled;
  // Told now and then how much of the simulated time has passed, 0 to 1.
  std::function<void(double)> progress;
};

// Counts of a whole run, not only of its measured part.
struct RunTotals {
  std::uint64_t operations = 0;  // finished
  std::uint64_t sessions = 0;
  std::uint64_t events = 0;           // of the engine; not part of any result
  std::uint64_t dropped_answers = 0;  // answers to callers that had stopped waiting
  std::uint64_t lost_messages = 0;
  Bytes unsent_bytes = 0;        // of messages between regions for which there was no route
  sim::Hash128 workload_digest;  // of the sessions' scripts; equal over policies
  bool cancelled = false;
  bool limit_reached = false;  // too many events, or too many alive: the result is inconclusive
};

RunTotals run_world(const WorldConfig&, const RunOptions&, Observer&);

}  // namespace seatrial::models
