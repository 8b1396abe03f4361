// A month of what the phases are: each phase's wrong reads an hour, times the hours a month that
// it stands for (`stands_for`).
//
// Wrong reads are those that miss a write of the same user on any device (`ryw_user`), which those
// of a session's own writes are among. They are counted by the clock, from a phase's start to its
// end, also those of sessions that had arrived before: a phase's load is whoever is there.
// The unit is the replication, at 95 %. Where none was seen in a phase, the high end has the bound
// of that as well: -ln(5 %) bursts (metric.hpp) in all replications, all in the phase that weighs
// most of those. Undefined when a phase does not say what it stands for.
#pragma once

#include <vector>

#include "analysis/run_summary.hpp"
#include "analysis/statistics/interval.hpp"
#include "models/world_config.hpp"

namespace seatrial::analysis {

Interval wrong_reads_a_month(const models::WorldConfig&, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
