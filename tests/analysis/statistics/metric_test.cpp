// How many opportunities count as one trial.
#include "analysis/statistics/metric.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace seatrial::analysis {
namespace {

RunSummary run_with(const Tally& ryw) {
  RunSummary run{Shape{1, 1, 1, 2}};
  run.cells[0].counts.ryw = ryw;
  run.totals.sessions = run.totals.operations = 1'000'000;  // most without an opportunity
  run.cells[0].counts.operations = 1'000'000;
  run.cells[0].counts.operation_squares = 3'000'000;
  run.cells[1].counts.operations = 1'000'000;
  run.cells[1].counts.operation_squares = 7'000'000;
  return run;
}

TEST(Burst, IsOfSessionsWithAnOpportunityHoweverManyHaveNone) {
  // In each replication 10 sessions with 20 opportunities.
  const std::vector<RunSummary> runs(4, run_with({10 * 20, 0, 10 * 20 * 20}));
  const Metric& ryw = *find_metric("ryw");
  const Slice slice = slice_of(runs, {});

  EXPECT_DOUBLE_EQ(burst_of(ryw, slice), 20);
  const Interval bound = measure(ryw, slice, burst_of(ryw, slice), {}).interval;
  EXPECT_TRUE(bound.zero_bound);
  EXPECT_NEAR(bound.high, -std::log(0.05) / 40, 1e-12);  // 40 sessions, not 800 reads
}

TEST(Burst, WeighsSessionsByWhatTheyHave) {
  // 99 sessions with 1 opportunity and 1 with 101: the mean is 2, most reads are of the one.
  const std::vector<RunSummary> runs(2, run_with({200, 0, 99 + 101 * 101}));

  EXPECT_DOUBLE_EQ(burst_of(*find_metric("ryw"), slice_of(runs, {})), (99 + 101 * 101) / 200.0);
}

TEST(Burst, OfWhatAllOperationsCanMissIsOfBothKinds) {
  const std::vector<RunSummary> runs(2, run_with({}));

  EXPECT_DOUBLE_EQ(burst_of(*find_metric("availability"), slice_of(runs, {})), 5);
  EXPECT_DOUBLE_EQ(burst_of(*find_metric("degraded"), slice_of(runs, {})), 5);
}

TEST(Burst, IsAtLeastOneTrial) {
  const Slice nothing = slice_of({run_with({})}, {});

  EXPECT_DOUBLE_EQ(burst_of(*find_metric("ryw"), nothing), 1);
  EXPECT_DOUBLE_EQ(burst_of(*find_metric("read.p99"), nothing), 1);
}

}  // namespace
}  // namespace seatrial::analysis
