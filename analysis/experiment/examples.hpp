// Chooses the violations that an experiment shows: some of each policy, guarantee and cause, so
// that every kind of wrong read can be looked at.
//
// Law: at most `examples_of_each` of each kind, the first of each replication in turn before the
// second of any; at most `most_examples` together, each kind's first before any kind's second.
// They are numbered from 1: the baseline's, then by the file's order.
#pragma once

#include <vector>

#include "analysis/experiment/run.hpp"

namespace seatrial::analysis {

inline constexpr std::size_t most_examples = 60;

std::vector<NumberedViolation> examples_of(const Experiment&, std::size_t baseline);

}  // namespace seatrial::analysis
