// What the experiment never put to the test: a green table says nothing about it. Computed from
// what the runs counted (analysis/exercised.hpp) and from the phases.
#pragma once

#include <string>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// Of the scenario as a whole: kinds of faults and of load that no phase has.
std::vector<std::string> not_exercised(const scenarios::Scenario&);

// Of one policy: what it has and no run needed.
std::vector<std::string> not_exercised(const models::WorldConfig&, const PolicyResult&);

// Whether the policy keeps tokens in a broker, or sends them to the device.
bool carries_by(const models::WorldConfig&, std::string_view transport);

}  // namespace seatrial::analysis
