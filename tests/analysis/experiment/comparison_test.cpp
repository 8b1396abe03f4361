#include "analysis/experiment/comparison.hpp"

#include <gtest/gtest.h>

#include "analysis/experiment/recommendation.hpp"
#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

Comparison compared(const synthetic::Behaviours& behaviours, const std::string& baseline) {
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, baseline);
  scenario.objectives = {synthetic::own_cart(0.001)};
  return compare(scenario, run_experiment(scenario, {}, synthetic::simulation_of(behaviours)));
}

synthetic::Behaviour wrong(std::uint64_t per_10000) {
  synthetic::Behaviour behaviour;
  behaviour.wrong_per_10000 = behaviour.wrong_in_outage = per_10000;
  return behaviour;
}

synthetic::Behaviour costing(std::int64_t ru_thousandths, std::int64_t read_ns) {
  synthetic::Behaviour behaviour;
  behaviour.ru_thousandths = ru_thousandths;
  behaviour.read_ns = behaviour.west_read_ns = read_ns;
  return behaviour;
}

TEST(Recommendation, GoesToMostObjectivesMet) {
  const Comparison comparison = compared({{"a bad", wrong(500)}, {"good", wrong(0)}}, "a bad");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "good");
  EXPECT_EQ(comparison.policies[*comparison.runner_up].name, "a bad");
  EXPECT_EQ(reason(comparison, 1, 0), "meets 1 objective more");
}

TEST(Recommendation, GoesToTheCheaperOfEquals) {
  const Comparison comparison =
      compared({{"dear", costing(2000, 1'000'000)}, {"cheap", costing(1000, 9'000'000)}}, "dear");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "cheap");
}

TEST(Recommendation, GoesToTheQuickerAtNearlyEqualCost) {
  const Comparison comparison =
      compared({{"quick", costing(1005, 1'000'000)}, {"slow", costing(1000, 9'000'000)}}, "slow");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "quick");
}

TEST(Recommendation, OfAllEqualIsTheBaselineForThereIsNothingToBuild) {
  const Comparison comparison = compared({{"as is", wrong(0)}, {"token", wrong(0)}}, "as is");

  EXPECT_EQ(comparison.recommended, 0U);
  EXPECT_EQ(reason(comparison, 0, 1), "is the baseline: nothing to build");
}

TEST(Recommendation, IsPricedInTheWorstRegionOfReadsAndOfUpdates) {
  synthetic::Behaviour token = wrong(0);
  token.west_read_ns = 45'000'000;
  const Comparison comparison = compared({{"as is", wrong(500)}, {"token", token}}, "as is");

  EXPECT_EQ(comparison.policies[1].update_p99.region, "West");
  EXPECT_NEAR(comparison.read_p99_difference.estimate, 40e6, 1e6);
  EXPECT_NEAR(comparison.update_p99_difference.estimate, 40e6, 1e6);
}

TEST(Recommendation, PrefersAnInconclusiveObjectiveToAMissedOne) {
  const Comparison comparison = compared({{"missed", wrong(500)}, {"unsure", wrong(10)}}, "missed");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "unsure");
  EXPECT_EQ(comparison.policies[comparison.recommended].inconclusive, 1U);
}

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
