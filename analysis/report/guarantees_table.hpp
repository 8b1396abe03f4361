// How often each session guarantee broke under each policy, on average and in the worst run: wrong
// reads come in bursts, and a mean over replications hides how bad one of them was.
#pragma once

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

data::Measures guarantees_table(const scenarios::Scenario&, const Experiment&);

}  // namespace seatrial::analysis
