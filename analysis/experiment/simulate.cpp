#include "analysis/experiment/simulate.hpp"

#include "analysis/collectors/summary_collector.hpp"
#include "analysis/collectors/tee.hpp"

namespace seatrial::analysis {

RunSummary simulate(const models::WorldConfig& world, const models::RunOptions& options) {
  SummaryCollector collector{world};
  const models::RunTotals totals = models::run_world(world, options, collector);
  return collector.finish(totals);
}

RunSummary simulate_watched(const models::WorldConfig& world, const models::RunOptions& options,
                            models::Observer& watcher) {
  SummaryCollector collector{world};
  Tee both{{&collector, &watcher}};
  const models::RunTotals totals = models::run_world(world, options, both);
  return collector.finish(totals);
}

void watch(const models::WorldConfig& world, const models::RunOptions& options,
           models::Observer& watcher) {
  models::run_world(world, options, watcher);
}

}  // namespace seatrial::analysis
