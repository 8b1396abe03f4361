// Runs an experiment: every policy of a scenario under the same seeds, on all cores.
//
// One task is one policy in one replication, with a world of its own; nothing is shared. Tasks are
// taken replication by replication and their results placed by index, so the outcome is the same
// for any number of jobs, and what an interruption leaves is whole replications.
//
//   const Experiment done = run_experiment(scenario, options, simulate);
//
// `simulate` (analysis/experiment/simulate.hpp) is the one function of this layer that runs a
// World; tests put synthetic summaries in its place.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/run_summary.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

using Simulate = std::function<RunSummary(const models::WorldConfig&, const models::RunOptions&)>;

struct ExperimentOptions {
  unsigned jobs = 0;                  // 0: as many as the machine has cores
  std::optional<std::uint64_t> seed;  // instead of the scenario's
  std::optional<std::int64_t> replications;
  std::optional<std::uint64_t> shuffle_ties;        // seed of the order within one instant
  std::function<bool()> cancelled;                  // asked from any thread
  std::function<void(double share_done)> progress;  // called by one thread at a time
};

// A law of the experiment itself is broken: a fault of seatrial, not of the scenario.
struct ExperimentError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Experiment {
  std::uint64_t seed = 1;
  std::uint32_t replications_asked = 0;
  std::uint32_t replications = 0;  // that all policies finished: the first ones
  std::optional<std::uint64_t> shuffle_ties;
  std::vector<std::vector<RunSummary>> runs;  // by policy of the scenario, by replication
  std::vector<Timeline> timelines;            // by policy, over its replications

  bool interrupted() const { return replications < replications_asked; }
};

Experiment run_experiment(const scenarios::Scenario&, const ExperimentOptions&, const Simulate&);

}  // namespace seatrial::analysis
