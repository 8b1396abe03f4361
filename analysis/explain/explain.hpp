// Shows a wrong read and the same read under another policy: runs the violation's replication
// again under both, following its user, and draws what happened.
//
//   const auto asked = worth_showing(comparison, 3);
//   const std::vector<SameReadTwice> pairs = explain(scenario, options, asked);
//
// Law: one run for each pair of policy and replication, ended when its users have left, and another
// for each further policy that is tried. What is drawn is what the trace says: nothing is guessed.
#pragma once

#include <functional>
#include <optional>
#include <stdexcept>
#include <vector>

#include "analysis/explain/diagram.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

struct Comparison;

struct AskedPair {
  NumberedViolation wrong;
  std::size_t beside = 0;  // another policy of the scenario
  // Taken in turn where the same read is not right beside; where it is right under none, beside
  // stands.
  std::vector<std::size_t> otherwise = {};
};

struct ExplainOptions {
  std::uint64_t seed = 1;
  std::optional<std::uint64_t> shuffle_ties;
  unsigned jobs = 0;                // runs at the same time; 0: one a core
  std::function<bool()> cancelled;  // then explain() returns what is whole: perhaps nothing
};

// The run has no such wrong read: it is not the run that the violation comes from.
struct NotReproduced : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// As many and in the same order.
std::vector<SameReadTwice> explain(const scenarios::Scenario&, const ExplainOptions&,
                                   const std::vector<AskedPair>&);

// Up to `most` violations that tell different stories: the baseline's most frequent cause first,
// then other causes and policies; each beside the first of beside_in_turn(), and the rest of these
// otherwise.
std::vector<AskedPair> worth_showing(const Comparison&, std::size_t most);

// The policies that a wrong read of `policy` can be shown beside: the recommended one, the
// runner-up, the others in their order.
std::vector<std::size_t> beside_in_turn(std::size_t policy, std::size_t recommended,
                                        std::optional<std::size_t> runner_up, std::size_t policies);

}  // namespace seatrial::analysis
