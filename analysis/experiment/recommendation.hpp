// Chooses among judged policies; the order of reasons stands in comparison.hpp.
#pragma once

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// Sets recommended and runner_up: the first two of one order over all policies.
void recommend(Comparison&);

// Why the one stands before the other in that order, as a sentence without a full stop: "it misses
// 2 objectives fewer".
std::string reason(const Comparison&, std::size_t first, std::size_t second);

// Whether that is a matter of the objectives, and not of cost or speed.
bool objectives_decide(const Comparison&, std::size_t first, std::size_t second);

}  // namespace seatrial::analysis
