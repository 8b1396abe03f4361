#include <gtest/gtest.h>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

std::int64_t ru_of_operations(const Observations& seen) {
  std::int64_t sum = 0;
  for (const OperationObserved& operation : seen.operations) sum += operation.ru.thousandths;
  return sum;
}

std::int64_t ru_of_late(const Observations& seen) {
  std::int64_t sum = 0;
  for (const LateCost& cost : seen.late_costs) sum += cost.ru.thousandths;
  return sum;
}

WorldConfig only_updates() {
  WorldConfig config = quiet_world();
  config.workload.steps[0].actions = {action_of(ActionKind::update)};
  return config;
}

TEST(LateCost, IsTheWholePriceOfWritesThatNobodyWaitedFor) {
  const WorldRun patient = observe(only_updates());
  WorldConfig config = only_updates();
  config.store.write_service = exponential(milliseconds(50));
  config.regions.request_timeout = milliseconds(40);

  const WorldRun hasty = observe(config);

  ASSERT_GT(hasty.seen.count(Outcome::timed_out), 10U);
  ASSERT_EQ(hasty.seen.commits.size(), patient.seen.commits.size());
  EXPECT_LT(ru_of_operations(hasty.seen), ru_of_operations(patient.seen));
  EXPECT_EQ(ru_of_operations(hasty.seen) + ru_of_late(hasty.seen), ru_of_operations(patient.seen));
}

TEST(LateCost, IsWhatComesWhileTheDeviceIsBeingToldThatNothingCame) {
  const WorldRun patient = observe(only_updates());
  WorldConfig config = only_updates();
  config.store.write_service = constant(milliseconds(50));
  config.regions.request_timeout = milliseconds(40);
  config.regions.last_mile_round_trip = constant(milliseconds(100));

  const WorldRun hasty = observe(config);

  EXPECT_EQ(hasty.seen.count(Outcome::timed_out), hasty.seen.operations.size());
  EXPECT_EQ(ru_of_operations(hasty.seen), 0);
  EXPECT_EQ(ru_of_late(hasty.seen), ru_of_operations(patient.seen));
}

TEST(LateCost, IsNothingWhenEveryAnswerComesInTime) {
  EXPECT_TRUE(observe(quiet_world()).seen.late_costs.empty());
}

TEST(LateCost, BelongsToThePhaseInWhichTheAnswerCame) {
  WorldConfig config = only_updates();
  config.store.write_service = constant(milliseconds(50));
  config.regions.request_timeout = milliseconds(40);
  config.phases = {phase_of("first", Duration::seconds(5)),
                   phase_of("second", Duration::seconds(5))};
  config.warmup = Duration::seconds(1);

  const WorldRun run = observe(config);

  ASSERT_FALSE(run.seen.late_costs.empty());
  for (const LateCost& cost : run.seen.late_costs) {
    EXPECT_EQ(cost.phase.value(), cost.at < Instant::at(Duration::seconds(6)) ? 0U : 1U);
    EXPECT_EQ(cost.measured, cost.at >= Instant::at(Duration::seconds(1)));
  }
}

}  // namespace
}  // namespace seatrial::models
