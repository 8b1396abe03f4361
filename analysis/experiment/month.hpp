// A month of what the phases are: each phase's wrong reads an hour, times the hours a month that
// it stands for (`stands_for`).
//
// Wrong reads are those that miss a write of the same user on any device (`ryw_user`), which those
// of a session's own writes are among. The unit is the replication, at 95 %. None seen: the bound
// is that of -ln(5 %) wrong reads in all replications, all in the phase that weighs most.
// Undefined when a phase does not say what it stands for.
#pragma once

#include <vector>

#include "analysis/run_summary.hpp"
#include "analysis/statistics/interval.hpp"
#include "models/world_config.hpp"

namespace seatrial::analysis {

Interval wrong_reads_a_month(const models::WorldConfig&, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
