#include "analysis/experiment/month.hpp"

#include <gtest/gtest.h>

#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"

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
  RunSummary run{Shape{2, 1, 1}};
  run.wrong_in_phase = {wrong_in_first, wrong_in_second};
  return run;
}

// A month of first steps with sessions of half a minute, of phases of such a length that stand for
// these hours.
struct Part {
  std::int64_t seconds;
  double hours;
};
Interval month_of(const std::vector<Part>& parts) {
  const std::vector<std::string> overrides{
      "/workload/sessions=40/s", "/workload/steps_per_session=6", "/workload/pause=5s",
      R"(/store/replication_lag={"link":{"exponential":{"mean":"30ms"}},"varies_every":"50ms"})"};
  const auto scenario = scenarios::load_scenario(
      SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json", overrides);
  models::WorldConfig world = scenario.policies.front().world;
  world.warmup = Duration::seconds(40);
  world.phases.resize(parts.size(), world.phases.front());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    world.phases[i].name = "part " + std::to_string(i);
    world.phases[i].length = Duration::seconds(parts[i].seconds);
    world.phases[i].stands_for_hours_per_month = parts[i].hours;
  }
  std::vector<RunSummary> runs;
  for (std::uint32_t replication = 0; replication < 2; ++replication) {
    models::RunOptions options;
    options.replication = replication;
    runs.push_back(simulate(world, options));
  }
  return wrong_reads_a_month(world, runs);
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

// As the share's interval does: the reads of one user share their luck.
TEST(Month, BoundsNoneSeenByBurstsNotByReads) {
  RunSummary run = run_with(0, 0);
  run.cells.front().counts.ryw_user = {100, 0, 500};
  const Interval alone = wrong_reads_a_month(two_phases(), {run_with(0, 0)});

  const Interval in_bursts = wrong_reads_a_month(two_phases(), {run});

  EXPECT_DOUBLE_EQ(in_bursts.high, 5 * alone.high);
}

TEST(Month, IsNoSurerOfAPhaseWhereNoneWasSeenBecauseOfOneWhereSomeWere) {
  const Interval none = wrong_reads_a_month(two_phases(), {run_with(0, 0), run_with(0, 0)});

  const Interval rare = wrong_reads_a_month(two_phases(), {run_with(0, 3), run_with(0, 3)});

  EXPECT_FALSE(rare.zero_bound);
  EXPECT_DOUBLE_EQ(rare.estimate, 3 * 60);
  EXPECT_DOUBLE_EQ(rare.high, rare.estimate + none.high);
}

// Sessions of the warm-up are a part of the first phase's load, and what comes after the last
// phase is of no phase: a month of one steady load is the same however it is cut.
TEST(Month, OfOneLoadIsTheSameHoweverItIsCutIntoPhases) {
  const Interval whole = month_of({{80, 730}});

  const Interval early = month_of({{20, 700}, {60, 30}});
  const Interval late = month_of({{60, 30}, {20, 700}});

  EXPECT_NEAR(early.estimate / whole.estimate, 1, 0.25);
  EXPECT_NEAR(late.estimate / whole.estimate, 1, 0.25);
}

TEST(Month, IsUndefinedWhenAPhaseDoesNotSayWhatItStandsFor) {
  models::WorldConfig world = two_phases();
  world.phases[1].stands_for_hours_per_month = 0;

  EXPECT_FALSE(wrong_reads_a_month(world, {run_with(1, 1)}).defined);
}

}  // namespace
}  // namespace seatrial::analysis
