// How the store recovered from its faults, in a line for each policy and fault.
#pragma once

#include <string>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// None where no fault takes the store of a region down.
std::vector<std::string> recovery_lines(const scenarios::Scenario&, const Comparison&);

}  // namespace seatrial::analysis
