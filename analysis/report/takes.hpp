// What has to be built and run for a policy, beside what the baseline has: computed from what the
// policy changes.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

// "New to operate: a token broker in each of 3 regions", "New on the request path: ..."; empty for
// the baseline.
std::vector<std::string> what_it_takes(const scenarios::Scenario&, std::size_t policy);

}  // namespace seatrial::analysis
