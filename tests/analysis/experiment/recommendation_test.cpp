#include "analysis/experiment/recommendation.hpp"

#include <gtest/gtest.h>

#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

using synthetic::compared;
using synthetic::costing;
using synthetic::wrong;

TEST(Recommendation, GoesToMostObjectivesMet) {
  const Comparison comparison = compared({{"a bad", wrong(500)}, {"good", wrong(0)}}, "a bad");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "good");
  EXPECT_EQ(comparison.policies[*comparison.runner_up].name, "a bad");
  EXPECT_EQ(reason(comparison, 1, 0), "it meets 1 objective more");
}

TEST(Recommendation, GoesToTheCheaperOfEquals) {
  const Comparison comparison =
      compared({{"dear", costing(2000, 1'000'000)}, {"cheap", costing(1000, 9'000'000)}}, "dear");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "cheap");
}

// "lean" needs no pod, and more request units, which are not charged here.
TEST(Recommendation, GoesToTheCheaperInMoneyWherePricesAreKnown) {
  const synthetic::Behaviours behaviours{{"lean", costing(2000, 5'000'000)},
                                         {"with a pod", costing(1000, 5'000'000)}};
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, "with a pod");
  scenario.objectives = {synthetic::own_cart(0.001)};
  scenario.prices.present = true;
  scenario.prices.currency = "EUR";
  scenario.prices.pod_hour = 50'000;
  for (scenarios::Policy& policy : scenario.policies) {
    for (models::PhaseConfig& phase : policy.world.phases) {
      phase.length = models::Duration::seconds(60);
      phase.stands_for_hours_per_month = 365;
    }
  }

  const Comparison comparison =
      compare(scenario, run_experiment(scenario, {}, synthetic::simulation_of(behaviours)));

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "lean");
  EXPECT_EQ(reason(comparison, 0, 1), "it costs less a month");
  EXPECT_EQ(comparison.policies[0].cost_a_month.estimate, 0);
  EXPECT_NEAR(comparison.policies[1].cost_a_month.estimate, 2 * 730 * 0.05, 1e-6);
}

TEST(Recommendation, GoesToTheQuickerAtNearlyEqualCost) {
  const Comparison comparison =
      compared({{"quick", costing(1005, 1'000'000)}, {"slow", costing(1000, 9'000'000)}}, "slow");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "quick");
}

TEST(Recommendation, OfAllEqualIsTheBaselineForThereIsNothingToBuild) {
  const Comparison comparison = compared({{"as is", wrong(0)}, {"token", wrong(0)}}, "as is");

  EXPECT_EQ(comparison.recommended, 0U);
  EXPECT_EQ(reason(comparison, 0, 1), "it is the baseline: nothing to build");
}

TEST(Recommendation, IsPricedInTheWorstRegionOfReadsAndOfUpdates) {
  synthetic::Behaviour token = wrong(0);
  token.west_read_ns = 45'000'000;
  const Comparison comparison = compared({{"as is", wrong(500)}, {"token", token}}, "as is");

  EXPECT_EQ(comparison.policies[1].update_p99.region, "West");
  EXPECT_NEAR(comparison.read_p99_difference.interval.estimate, 40e6, 1e6);
  EXPECT_NEAR(comparison.update_p99_difference.interval.estimate, 40e6, 1e6);
}

TEST(Recommendation, PrefersAnInconclusiveObjectiveToAMissedOne) {
  const Comparison comparison = compared({{"missed", wrong(500)}, {"unsure", wrong(10)}}, "missed");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "unsure");
  EXPECT_EQ(comparison.policies[comparison.recommended].inconclusive, 1U);
}

// Both miss one objective; what costs time hurts less than what serves fewer.
TEST(Recommendation, OfEquallyManyMissedPrefersThoseThatMatterLess) {
  synthetic::Behaviour slow = costing(2000, 9'000'000), absent = costing(1000, 1'000'000);
  absent.failed_per_10000 = 500;
  const synthetic::Behaviours behaviours{{"absent", absent}, {"slow", slow}};
  scenarios::Scenario scenario = synthetic::scenario_of(behaviours, "absent");
  scenarios::Objective quick, served;
  quick.name = quick.metric = "read.p99";
  quick.limit = 2e6;
  served.name = served.metric = "availability";
  served.bound = scenarios::Bound::at_least;
  served.limit = 0.99;
  scenario.objectives = {quick, served};

  const Comparison comparison =
      compare(scenario, run_experiment(scenario, {}, synthetic::simulation_of(behaviours)));

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "slow");
  EXPECT_EQ(reason(comparison, 1, 0),
            "what it misses concerns latency, what the other misses availability");
  EXPECT_TRUE(objectives_decide(comparison, 1, 0));
}

// Two replications decide little; that is no reason to call the furthest the nearest.
TEST(Recommendation, OfUndecidedObjectivesPrefersThoseWhoseEstimatesKeepTheLimit) {
  synthetic::Behaviour as_is = wrong(0);
  as_is.wrong_in_outage = 12;
  synthetic::Behaviour token = wrong(0);
  token.wrong_in_outage = 1;
  token.ru_thousandths = 2000;
  scenarios::Scenario scenario =
      synthetic::scenario_of({{"as is", as_is}, {"token", token}}, "as is");
  scenario.objectives = {synthetic::own_cart(0.0011)};
  ExperimentOptions two;
  two.replications = 2;
  const Comparison comparison = compare(
      scenario, run_experiment(scenario, two,
                               synthetic::simulation_of({{"as is", as_is}, {"token", token}})));

  ASSERT_EQ(comparison.policies[0].inconclusive, 1U);
  ASSERT_EQ(comparison.policies[1].inconclusive, 1U);
  EXPECT_EQ(comparison.policies[comparison.recommended].name, "token");
  EXPECT_EQ(reason(comparison, 1, 0), "it keeps 1 limit more by its estimates");
}

// 1.000, 1.009 and 1.012 RU: the second is as dear as the first, and the third is dearer than that
// although it is within 1 % of the second.
TEST(Recommendation, OrdersByCostWithoutCircles) {
  const Comparison comparison = compared({{"a", costing(1009, 2'000'000)},
                                          {"b", costing(1000, 9'000'000)},
                                          {"c", costing(1012, 1'000'000)}},
                                         "b");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "a");
  EXPECT_EQ(comparison.policies[*comparison.runner_up].name, "b");
  EXPECT_EQ(reason(comparison, 0, 1), "it reads faster at the same RU");
  EXPECT_EQ(reason(comparison, 0, 2), "it costs fewer RU an operation");
  EXPECT_EQ(reason(comparison, 1, 2), "it costs fewer RU an operation");
}

TEST(Recommendation, OfAllEqualIsTheBaselineWhereverItStandsInTheFile) {
  const Comparison comparison = compared({{"a token", wrong(0)}, {"as is", wrong(0)}}, "as is");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "as is");
  EXPECT_EQ(reason(comparison, 1, 0), "it is the baseline: nothing to build");
}

TEST(Recommendation, OfOthersThatAreEqualIsTheFirstInTheFile) {
  const Comparison comparison =
      compared({{"a token", wrong(0)}, {"as is", wrong(500)}, {"b token", wrong(0)}}, "as is");

  EXPECT_EQ(comparison.policies[comparison.recommended].name, "a token");
  EXPECT_EQ(comparison.policies[*comparison.runner_up].name, "b token");
  EXPECT_EQ(reason(comparison, 0, 2), "it stands first in the file");
}

}  // namespace
}  // namespace seatrial::analysis
