#include "analysis/experiment/comparison.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

using synthetic::compared;
using synthetic::wrong;

TEST(Comparison, PairsEachPolicyWithTheBaseline) {
  const Comparison comparison = compared({{"as is", wrong(500)}, {"token", wrong(100)}}, "as is");

  EXPECT_TRUE(comparison.policies[0].differences.empty());
  const Difference& difference = comparison.policies[1].differences[0][0];
  EXPECT_NEAR(difference.interval.estimate, -0.04, 1e-6);
  EXPECT_EQ(difference.change, Change::better);
}

TEST(Comparison, OfTwoZerosIsAsUnsureAsTheBoundsBehindThem) {
  const Comparison comparison = compared({{"as is", wrong(0)}, {"token", wrong(0)}}, "as is");

  const Difference& difference = comparison.policies[1].differences[0][0];
  EXPECT_LT(difference.interval.low, 0);
  EXPECT_GT(difference.interval.high, 0);
  EXPECT_EQ(difference.change, Change::inconclusive);
}

Comparison served_by(std::uint64_t policy_fails, std::uint64_t baseline_fails) {
  synthetic::Behaviour baseline, policy;
  baseline.failed_per_10000 = baseline_fails;
  policy.failed_per_10000 = policy_fails;
  const synthetic::Behaviours behaviours{{"as is", baseline}, {"token", policy}};
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, "as is");
  scenarios::Objective served;
  served.name = "served";
  served.metric = "availability";
  served.bound = scenarios::Bound::at_least;
  served.limit = 0.995;
  scenario.objectives = {served};
  return compare(scenario, run_experiment(scenario, {}, synthetic::simulation_of(behaviours)));
}

TEST(Comparison, HoldsAvailabilityAgainstWhatIsMissingToTheWhole) {
  const Difference far = served_by(150, 0).policies[1].differences[0][0];
  const Difference near = served_by(51, 50).policies[1].differences[0][0];

  EXPECT_NEAR(far.interval.estimate, -0.015, 1e-4);
  EXPECT_EQ(far.change, Change::worse);
  EXPECT_NEAR(near.interval.estimate, -0.0001, 1e-5);
  EXPECT_EQ(near.change, Change::equivalent);
}

TEST(Comparison, OfTwoThatNeverFailedIsAsSureAsTheBoundsBehindThem) {
  const Comparison comparison = served_by(0, 0);

  EXPECT_EQ(comparison.policies[1].differences[0][0].change, Change::equivalent);
  const Interval& difference = comparison.policies[1].differences[0][0].interval;
  const Interval& policy = comparison.policies[1].objectives[0].parts[0].measurement.interval;
  const Interval& baseline = comparison.policies[0].objectives[0].parts[0].measurement.interval;
  EXPECT_DOUBLE_EQ(difference.low, policy.low - 1);
  EXPECT_DOUBLE_EQ(difference.high, 1 - baseline.low);
  EXPECT_LT(difference.high, 0.001);
}

// With two replications Student's t would reach beyond all and nothing.
TEST(Comparison, OfSharesIsNeverMoreThanAllAndNothing) {
  const synthetic::Behaviours behaviours{{"as is", wrong(5000)}, {"token", wrong(5000)}};
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, "as is");
  scenario.objectives = {synthetic::own_cart(0.001)};
  const Simulate usual = synthetic::simulation_of(behaviours);
  const auto swinging = [&](const models::WorldConfig& world, const models::RunOptions& options) {
    RunSummary run = usual(world, options);
    const bool bad = (options.replication + static_cast<std::uint64_t>(world.pods.count)) % 2 == 0;
    for (Cell& cell : run.cells)
      if (cell.counts.ryw.opportunities > 0) cell.counts.ryw.violations = bad ? 9000 : 1000;
    return run;
  };
  ExperimentOptions two;
  two.replications = 2;

  const Comparison comparison = compare(scenario, run_experiment(scenario, two, swinging));

  const Interval& difference = comparison.policies[1].differences[0][0].interval;
  EXPECT_EQ(difference.low, -1);
  EXPECT_EQ(difference.high, 1);
}

TEST(Comparison, OfOneReplicationStaysUnbounded) {
  const synthetic::Behaviours behaviours{{"as is", wrong(500)}, {"token", wrong(100)}};
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, "as is");
  scenario.objectives = {synthetic::own_cart(0.001)};
  ExperimentOptions one;
  one.replications = 1;

  const Comparison comparison =
      compare(scenario, run_experiment(scenario, one, synthetic::simulation_of(behaviours)));

  EXPECT_FALSE(std::isfinite(comparison.policies[1].differences[0][0].interval.low));
}

TEST(Comparison, SaysWhyAndWhereTheBaselineIsWrong) {
  const Comparison comparison = compared({{"as is", wrong(500)}, {"token", wrong(0)}}, "as is");

  const WrongReads& wrong_reads = comparison.policies[0].wrong_reads;
  const std::uint64_t all = wrong_reads.own.reads.violations;
  EXPECT_GT(all, 0U);
  EXPECT_EQ(wrong_reads.by_cause[static_cast<std::size_t>(Guarantee::ryw)][0], all);
  EXPECT_EQ(wrong_reads.own.by_region[0], all / 2);
  EXPECT_EQ(wrong_reads.own.by_phase[1], all / 2);
  EXPECT_EQ(wrong_reads.own.reads.opportunities, 4U * 4 * 10'000);
}

TEST(Comparison, LetsNothingPassThatReachedALimit) {
  const synthetic::Behaviours one{{"it", wrong(0)}};
  scenarios::Scenario scenario = synthetic::scenario_of(one, "it");
  scenario.objectives = {synthetic::own_cart(0.01)};
  const Simulate usual = synthetic::simulation_of(one);
  const auto limited = [&](const models::WorldConfig& world, const models::RunOptions& options) {
    RunSummary run = usual(world, options);
    run.totals.limit_reached = options.replication == 2;
    return run;
  };

  const Comparison comparison = compare(scenario, run_experiment(scenario, {}, limited));

  EXPECT_EQ(comparison.policies[0].inconclusive, 1U);
  EXPECT_EQ(comparison.warnings.size(), 1U);
}

}  // namespace
}  // namespace seatrial::analysis
