// What a policy's way to replicate has done, in one line of WHY: writes at risk in memory, writes
// acknowledged early, the event bus, changes of the adaptive mode, backups.
#pragma once

#include <string>
#include <vector>

#include "analysis/run_summary.hpp"

namespace seatrial::analysis {

// Over all runs of the policy; empty where nothing of that kind was seen.
std::string replication_line(const std::string& policy, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
