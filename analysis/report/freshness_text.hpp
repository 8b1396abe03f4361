// What the freshness probe found of a policy, in sentences; none where nothing is probed.
#pragma once

#include <string>
#include <vector>

#include "analysis/run_summary.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

std::vector<std::string> freshness_texts(const models::WorldConfig&,
                                         const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
