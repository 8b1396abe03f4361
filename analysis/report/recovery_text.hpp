// How the store recovered from its faults: a row for each fault and policy, and a sentence for each
// fault that sets the policies against each other.
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

// Nothing where no fault takes the store of a region down.
data::Recoveries recoveries_data(const scenarios::Scenario&, const Comparison&);

}  // namespace seatrial::analysis
