// The laws that hold of every scenario that was accepted, and of every one that was refused.
#pragma once

#include <string>
#include <vector>

#include "scenarios/problems.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::fuzz {

void check_accepted(const scenarios::Scenario&);

// `text` is the file that was refused.
void check_refused(const std::vector<scenarios::Problem>&, std::string_view text);

}  // namespace seatrial::fuzz
