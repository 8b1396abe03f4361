// How a policy differs from the baseline in each part of each objective, paired by replication.
#pragma once

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// By objective and part. Both policies must have been judged.
std::vector<std::vector<Difference>> differences_of(const scenarios::Scenario&, const Experiment&,
                                                    const Comparison&, std::size_t policy);

}  // namespace seatrial::analysis
