// How a policy differs from the baseline in each part of each objective, and two policies in what
// matters whatever the objectives ask; paired by replication.
#pragma once

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// By objective and part. Both policies must have been judged.
std::vector<std::vector<Difference>> differences_of(const scenarios::Scenario&, const Experiment&,
                                                    const Comparison&, std::size_t policy);

// One policy minus another.
struct Pair {
  std::size_t policy, other;
};

// Of wrong reads (ryw_user), availability and lost writes, in this order, what clearly differs at
// 95 % each and by as much as a review would notice; writes are lost in phases that do not only
// have planned switchovers. Left out where an objective asks for that metric and its difference is
// open or the other way round. Both policies must have been judged.
std::vector<OutcomeDifference> outcome_differences(const scenarios::Scenario&, const Experiment&,
                                                   const Comparison&, Pair);

}  // namespace seatrial::analysis
