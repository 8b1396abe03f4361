#include "analysis/experiment/objectives.hpp"

#include <gtest/gtest.h>

#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

ObjectiveResult judged(const synthetic::Behaviour& behaviour, scenarios::Objective objective,
                       Confidence confidence = {}) {
  const synthetic::Behaviours one{{"it", behaviour}};
  scenarios::Scenario scenario = synthetic::scenario_of(one, "it");
  scenario.objectives = {objective};
  const Experiment experiment = run_experiment(scenario, {}, synthetic::simulation_of(one));
  return evaluate(scenario, scenario.policies[0], objective, experiment.runs[0], confidence);
}

TEST(Objective, IsDecidedByItsWorstPhase) {
  synthetic::Behaviour behaviour;
  behaviour.wrong_in_outage = 500;  // 5 %

  const ObjectiveResult by_phase = judged(behaviour, synthetic::own_cart(0.01));

  EXPECT_EQ(by_phase.verdict, Verdict::fail);
  EXPECT_EQ(by_phase.worst().part.phase, "outage");
  EXPECT_NEAR(by_phase.worst().measurement.interval.estimate, 0.05, 0.001);
  ASSERT_EQ(by_phase.parts.size(), 2U);
  EXPECT_EQ(by_phase.parts[0].verdict, Verdict::pass);
}

TEST(Objective, LooksAtOnePhaseOrAtAllButOne) {
  synthetic::Behaviour behaviour;
  behaviour.wrong_in_outage = 500;
  scenarios::Objective during = synthetic::own_cart(0.01);
  during.during = "outage";
  scenarios::Objective outside = synthetic::own_cart(0.01);
  outside.outside = "outage";

  EXPECT_EQ(judged(behaviour, during).verdict, Verdict::fail);
  EXPECT_EQ(judged(behaviour, during).parts.size(), 1U);
  EXPECT_EQ(judged(behaviour, outside).verdict, Verdict::pass);
}

TEST(Objective, OfEachRegionIsDecidedByTheWorstRegion) {
  synthetic::Behaviour behaviour;
  behaviour.west_read_ns = 300'000'000;
  scenarios::Objective together = synthetic::own_cart(100e6);
  together.metric = "read.p50";
  scenarios::Objective each = together;
  each.metric = "read.p99";
  each.each_region = true;

  const ObjectiveResult worst = judged(behaviour, each);

  EXPECT_EQ(worst.parts.size(), 4U);
  EXPECT_EQ(worst.verdict, Verdict::fail);
  EXPECT_EQ(worst.worst().part.region, "West");
  EXPECT_NEAR(worst.worst().measurement.interval.estimate, 300e6, 3e6);
}

TEST(Objective, IsInconclusiveWhenItsIntervalHoldsTheLimit) {
  synthetic::Behaviour behaviour;
  behaviour.wrong_per_10000 = behaviour.wrong_in_outage = 100;

  EXPECT_EQ(judged(behaviour, synthetic::own_cart(0.0102)).verdict, Verdict::inconclusive);
  EXPECT_EQ(judged(behaviour, synthetic::own_cart(0.02)).verdict, Verdict::pass);
  EXPECT_EQ(judged(behaviour, synthetic::own_cart(0.005)).verdict, Verdict::fail);
}

TEST(Objective, PassesAZeroOnlyWhenTheBoundBehindItKeepsTheLimit) {
  const synthetic::Behaviour none;

  const ObjectiveResult lenient = judged(none, synthetic::own_cart(0.001));
  const ObjectiveResult strict = judged(none, synthetic::own_cart(0.00001));

  EXPECT_EQ(lenient.verdict, Verdict::pass);
  EXPECT_EQ(strict.verdict, Verdict::inconclusive);
  EXPECT_TRUE(strict.worst().measurement.interval.zero_bound);
}

// Three replications of a fault in the outage: `lost` writes in each.
ObjectiveResult judged_losses(std::vector<std::uint64_t> lost, double limit) {
  const synthetic::Behaviours one{{"it", {}}};
  scenarios::Scenario scenario = synthetic::scenario_of(one, "it");
  scenarios::Objective objective;
  objective.metric = "writes_lost";
  objective.limit = limit;
  Experiment experiment = run_experiment(scenario, {}, synthetic::simulation_of(one));
  for (std::size_t i = 0; i < lost.size(); ++i) {
    Cell& cell = experiment.runs[0][i].cell(models::PhaseId{1}, {}, {}, {});
    cell.counts.recovery.faults = 1;
    cell.counts.recovery.writes_lost = lost[i];
  }
  return evaluate(scenario, scenario.policies[0], objective, experiment.runs[0], {});
}

TEST(Objective, ThatAllowsNothingFailsByWhatWasSeenOnce) {
  const ObjectiveResult some = judged_losses({0, 0, 1}, 0);
  EXPECT_EQ(some.worst().measurement.interval.low, 0) << "the interval holds the limit";
  EXPECT_EQ(some.verdict, Verdict::fail);

  EXPECT_EQ(judged_losses({0, 0, 1}, 0.5).verdict, Verdict::inconclusive);
  EXPECT_EQ(judged_losses({0, 0, 0}, 0).verdict, Verdict::pass);
}

TEST(Objective, OfAtLeastIsAboutTheLowEnd) {
  synthetic::Behaviour behaviour;
  behaviour.failed_per_10000 = 10;  // 99.9 % available
  scenarios::Objective served;
  served.name = "served";
  served.metric = "availability";
  served.bound = scenarios::Bound::at_least;

  served.limit = 0.995;
  EXPECT_EQ(judged(behaviour, served).verdict, Verdict::pass);
  served.limit = 0.9999;
  EXPECT_EQ(judged(behaviour, served).verdict, Verdict::fail);
}

TEST(Objective, WithMoreComparisonsNeedsMoreToPass) {
  synthetic::Behaviour behaviour;
  behaviour.wrong_per_10000 = behaviour.wrong_in_outage = 100;
  const ObjectiveResult alone = judged(behaviour, synthetic::own_cart(0.02), {0.95, 1});
  const ObjectiveResult among_many = judged(behaviour, synthetic::own_cart(0.02), {0.95, 1000});

  EXPECT_LT(alone.worst().measurement.interval.high, among_many.worst().measurement.interval.high);
}

TEST(Comparisons, CountPoliciesTimesPhasesTimesRegions) {
  const synthetic::Behaviours two{{"as is", {}}, {"token", {}}};
  scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  scenario.objectives = {synthetic::own_cart(0.01), synthetic::own_cart(0.01)};
  scenario.objectives[0].each_region = true;
  scenario.objectives[1].during = "outage";

  EXPECT_EQ(comparisons_of(scenario), 2U * (2 * 2 + 1));
}

}  // namespace
}  // namespace seatrial::analysis
