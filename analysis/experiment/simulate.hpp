// The one place outside the models that runs a World: one policy, one seed, summed up.
#pragma once

#include "analysis/run_summary.hpp"
#include "models/world.hpp"

namespace seatrial::analysis {

RunSummary simulate(const models::WorldConfig&, const models::RunOptions&);

// The same, told to `watcher`, too: a history writer, say.
RunSummary simulate_watched(const models::WorldConfig&, const models::RunOptions&,
                            models::Observer& watcher);

// Told to `watcher` alone: nothing is summed up. For a part of a run, say.
void watch(const models::WorldConfig&, const models::RunOptions&, models::Observer& watcher);

}  // namespace seatrial::analysis
