// The resolved values of one policy, written as a scenario file of their own.
#pragma once

#include <string>

#include "scenarios/scenario.hpp"

namespace seatrial::fuzz {

// Title, question and objectives are those of the file; everything else is what the policy's world
// was resolved to, and the policy itself changes nothing.
std::string resolved_document(const scenarios::Scenario&, const std::string& policy);

}  // namespace seatrial::fuzz
