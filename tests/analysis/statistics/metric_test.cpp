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

// Two phases, two regions; `luck` sets replications apart.
RunSummary looked_at(std::uint64_t luck) {
  RunSummary run{Shape{2, 2, 1, 2}};
  for (std::size_t i = 0; i < run.region_looks.size(); ++i) {
    RegionLooks& here = run.region_looks[i];
    here.looks.regions = 100;
    here.looks.lag_ns = static_cast<std::int64_t>(100 * (i + 1) * 1000 + luck);
    here.lag.record(static_cast<std::int64_t>(i + 1) * 1000, 98);
    here.lag.record(static_cast<std::int64_t>(i + 1) * 100'000, 2);
  }
  for (Looks& looks : run.store_looks) {
    looks.store = 100;
    looks.between_ns = 50'000'000'000;
    looks.replication_bytes = static_cast<std::int64_t>(5'000'000 + luck);
    looks.at_risk = 300 + luck;
  }
  return run;
}

Interval looked(const char* metric, const Selection& selection) {
  const std::vector<RunSummary> runs{looked_at(0), looked_at(1), looked_at(2)};
  return measure(*find_metric(metric), slice_of(runs, selection), 1, {}).interval;
}

TEST(Looks, AreMeansOverTime) {
  EXPECT_NEAR(looked("replication_lag.mean", {}).estimate, 2500, 1);
  EXPECT_NEAR(looked("replication_lag.mean", {{1}, 1, {}}).estimate, 4000, 1);
  EXPECT_NEAR(looked("replication_bytes", {}).estimate, 100'000, 1);
  EXPECT_NEAR(looked("writes_at_risk", {{0}, {}, {}}).estimate, 3.01, 1e-9);
}

TEST(Looks, OfALagHaveAPercentileOverTime) {
  EXPECT_NEAR(looked("replication_lag.p99", {{0}, 0, {}}).estimate, 100'000, 1000);
  EXPECT_NEAR(looked("replication_lag.p99", {{1}, 1, {}}).estimate, 400'000, 4000);
}

TEST(Looks, SayNothingOfADataClassNorTheStoreOfOneRegion) {
  EXPECT_FALSE(looked("replication_lag.mean", {{}, {}, 0}).defined);
  EXPECT_FALSE(looked("replication_lag.p99", {{}, {}, 0}).defined);
  EXPECT_FALSE(looked("replication_bytes", {{}, 1, {}}).defined);
  EXPECT_FALSE(looked("backup_age", {}).defined) << "no look has seen a backup";
}

}  // namespace
}  // namespace seatrial::analysis
