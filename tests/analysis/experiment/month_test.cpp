#include "analysis/experiment/month.hpp"

#include <gtest/gtest.h>

namespace seatrial::analysis {
namespace {

using sim::Duration;

// Two phases: a minute that stands for 700 hours, and a minute that stands for one.
models::WorldConfig two_phases() {
  models::WorldConfig world;
  world.phases.resize(2);
  for (models::PhaseConfig& phase : world.phases) phase.length = Duration::seconds(60);
  world.phases[0].stands_for_hours_per_month = 700;
  world.phases[1].stands_for_hours_per_month = 1;
  return world;
}

RunSummary run_with(std::uint64_t wrong_in_first, std::uint64_t wrong_in_second) {
  RunSummary run;
  run.shape.phases = 2;
  run.shape.regions = run.shape.data_classes = 1;
  run.cells.resize(run.shape.cells());
  const auto cell = [&run](std::uint32_t phase) -> Counts& {
    return run
        .cell(models::PhaseId{phase}, models::RegionId{0}, models::DataClassId{0},
              models::OperationKind::read)
        .counts;
  };
  cell(0).ryw_user = {1000, wrong_in_first};
  cell(1).ryw_user = {1000, wrong_in_second};
  return run;
}

TEST(Month, WeighsEachPhaseByWhatItStandsFor) {
  const Interval month = wrong_reads_a_month(two_phases(), {run_with(2, 30), run_with(2, 30)});

  EXPECT_TRUE(month.defined);
  EXPECT_DOUBLE_EQ(month.estimate, 2 * 60 * 700.0 + 30 * 60 * 1.0);
}

TEST(Month, HasTheReplicationAsItsUnit) {
  const Interval same = wrong_reads_a_month(two_phases(), {run_with(2, 0), run_with(2, 0)});
  const Interval differing = wrong_reads_a_month(two_phases(), {run_with(1, 0), run_with(3, 0)});

  EXPECT_DOUBLE_EQ(same.estimate, differing.estimate);
  EXPECT_LT(same.high - same.low, differing.high - differing.low);
  EXPECT_GE(differing.low, 0);
}

TEST(Month, BoundsNoneSeenByThePhaseThatWeighsMost) {
  const Interval month = wrong_reads_a_month(two_phases(), {run_with(0, 0), run_with(0, 0)});

  EXPECT_TRUE(month.zero_bound);
  EXPECT_NEAR(month.high, 3.0 * 700 * 60 / 2, 100);
}

TEST(Month, IsUndefinedWhenAPhaseDoesNotSayWhatItStandsFor) {
  models::WorldConfig world = two_phases();
  world.phases[1].stands_for_hours_per_month = 0;

  EXPECT_FALSE(wrong_reads_a_month(world, {run_with(1, 1)}).defined);
}

}  // namespace
}  // namespace seatrial::analysis
