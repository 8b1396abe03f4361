// Of what a policy's cost a month is made, in one line of WHY.
#pragma once

#include <string>

#include "analysis/experiment/money.hpp"

namespace seatrial::analysis {

// "\"a\": 514 EUR a month: 467 for provisioned RU/s, 46.9 for bytes between regions". Empty where
// no month is known or all of it is of one kind.
std::string cost_line(const std::string& policy, const Bill&, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
