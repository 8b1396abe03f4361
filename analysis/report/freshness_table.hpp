// What the freshness probe found, a row for each policy and region; without rows where nothing is
// probed.
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

data::Measures freshness_table(const scenarios::Scenario&, const Experiment&);

}  // namespace seatrial::analysis
