#include "analysis/experiment/expected_work.hpp"

#include <gtest/gtest.h>

#include "analysis/statistics/metric.hpp"
#include "scenarios/metrics.hpp"

namespace seatrial::analysis {
namespace {

models::WorldConfig world() {
  models::WorldConfig world;
  world.workload.sessions_per_second = 10;
  world.workload.steps_per_session = sim::Distribution::constant(3);
  models::StepConfig step;
  step.share = 1;
  step.actions.resize(3);
  step.actions[0].kind = models::ActionKind::update;
  step.actions[1].kind = models::ActionKind::pause;
  step.actions[2].kind = models::ActionKind::read;
  world.workload.steps = {step};
  world.phases.resize(2);
  world.phases[0].length = models::Duration::seconds(60);
  world.phases[1].length = models::Duration::seconds(30);
  world.phases[1].sessions = 5;
  return world;
}

TEST(ExpectedWork, CountsSessionsOfWarmUpPhasesAndRamps) {
  models::WorldConfig config = world();
  EXPECT_DOUBLE_EQ(expected_sessions(config), 10 * 60 + 50 * 30);

  config.warmup = models::Duration::seconds(20);
  config.phases[1].ramp = models::Duration::seconds(10);

  EXPECT_DOUBLE_EQ(expected_sessions(config), 10 * 80 + 50 * 20 + 30 * 10);
}

TEST(ExpectedWork, CountsTheReadsOfSecondDevices) {
  models::WorldConfig config = world();
  EXPECT_DOUBLE_EQ(expected_operations(config), 2100 * 3 * 2);

  config.workload.second_device.present = true;
  config.workload.second_device.share = 0.5;

  EXPECT_DOUBLE_EQ(expected_operations(config), 2100 * 3 * 2.5);
}

TEST(ExpectedWork, GrowsWithThePartitionsThatGaugesLookAt) {
  scenarios::Scenario scenario;
  scenario.policies.resize(2);
  for (scenarios::Policy& policy : scenario.policies) {
    policy.world = world();
    policy.world.regions.users.resize(2);
  }
  const double few = expected_seconds(scenario, 10, 1);

  for (scenarios::Policy& policy : scenario.policies) policy.world.store.partitions = 100'000;

  EXPECT_LT(few, 2);
  EXPECT_GT(expected_seconds(scenario, 10, 1), 100);
}

TEST(ExpectedWork, IsALowerBoundWhereClientsTryAgain) {
  scenarios::Scenario calm;
  calm.policies.resize(1);
  calm.policies[0].world = world();
  calm.policies[0].world.regions.users = {{"Here", 1}};
  calm.policies[0].world.data.resize(1);
  calm.policies[0].world.pods.cpu_per_operation = sim::Distribution::constant(1e6);
  scenarios::Scenario faulty = calm, crowded = calm;
  faulty.policies[0].world.phases[1].faults.resize(1);
  crowded.policies[0].world.phases[1].sessions = 5000;

  EXPECT_FALSE(is_lower_bound(calm));
  EXPECT_TRUE(is_lower_bound(faulty));
  EXPECT_TRUE(is_lower_bound(crowded));
}

TEST(Metrics, HoldEveryMetricThatAScenarioCanName) {
  for (const scenarios::Metric& metric : scenarios::metric_catalogue()) {
    const Metric* const found = find_metric(metric.name);
    ASSERT_NE(found, nullptr) << metric.name;
    EXPECT_EQ(found->lower_is_better, !metric.higher_is_better) << metric.name;
  }
}

}  // namespace
}  // namespace seatrial::analysis
