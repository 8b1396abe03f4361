#include "analysis/collectors/timeline_collector.hpp"

#include <gtest/gtest.h>

#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using models::RegionId;

constexpr models::Windows ten_of_20_ms{Duration::milliseconds(20), 10};
constexpr RegionId west{0}, east{1};

Judgement broken_for_the_user() {
  Judgement judgement;
  judgement.ryw.finding = Finding::kept;
  judgement.ryw_user.finding = Finding::broken;
  return judgement;
}

TimelineCollector some_collector() { return {ten_of_20_ms, 2, west}; }

TEST(TimelineCollector, CountsAReadInTheWindowOfItsInvocation) {
  TimelineCollector collector = some_collector();
  models::OperationObserved read = some_read();  // of East, answered by West, at 70 ms, takes 10 ms
  read.measured = false;

  collector.operation(read, broken_for_the_user());

  const Timeline timeline = collector.take();
  const Window& window = timeline.at(east, 3);
  EXPECT_EQ(window.operations, 1U);
  EXPECT_EQ(window.failed, 0U);
  EXPECT_EQ(window.ryw, (Missed{1, 0}));
  EXPECT_EQ(window.ryw_user, (Missed{1, 1}));
  EXPECT_EQ(window.ru_thousandths, 1000);
  EXPECT_EQ(window.broker_calls, 11U);
  EXPECT_EQ(window.cross_region_calls, 12U);
  EXPECT_EQ(window.store_requests, 4U);
  EXPECT_EQ(window.to_write_region, 1U);
  EXPECT_EQ(window.read_latency.max(), Duration::milliseconds(10).ns());
  EXPECT_TRUE(window.update_latency.empty());
  EXPECT_EQ(timeline.at(west, 3), Window{});
  EXPECT_EQ(timeline.at(east, 4), Window{});
}

TEST(TimelineCollector, TimesNoFailedOperation) {
  TimelineCollector collector = some_collector();
  models::OperationObserved failed = some_read();
  failed.outcome = models::Outcome::timed_out;

  collector.operation(failed, {});

  const Timeline timeline = collector.take();
  EXPECT_EQ(timeline.at(east, 3).failed, 1U);
  EXPECT_TRUE(timeline.at(east, 3).read_latency.empty());
  EXPECT_EQ(timeline.at(east, 3).to_write_region, 0U);
}

TEST(TimelineCollector, LeavesOutWhatIsAfterTheLastWindow) {
  TimelineCollector collector = some_collector();
  models::OperationObserved after = some_read();
  after.invoked = at_ms(200);
  after.completed = at_ms(210);
  models::LateCost late;
  late.at = at_ms(200);
  late.ru = {5};

  collector.operation(after, {});
  collector.late(late);

  EXPECT_EQ(collector.take(), (Timeline{ten_of_20_ms, 2}));
}

TEST(TimelineCollector, PaysForALateAnswerWhenItCame) {
  TimelineCollector collector = some_collector();
  models::LateCost late;
  late.region = east;
  late.at = at_ms(199);
  late.ru = {5};
  late.broker_calls = 2;
  late.cross_region_calls = 3;

  collector.late(late);

  const Timeline timeline = collector.take();
  EXPECT_EQ(timeline.at(east, 9).ru_thousandths, 5);
  EXPECT_EQ(timeline.at(east, 9).broker_calls, 2U);
  EXPECT_EQ(timeline.at(east, 9).cross_region_calls, 3U);
  EXPECT_EQ(timeline.at(east, 9).operations, 0U);
}

TEST(TimelineCollector, SumsGaugesUpAndKeepsTheGreatestLag) {
  TimelineCollector collector = some_collector();
  models::GaugesObserved seen;
  seen.region = east;
  seen.at = at_ms(41);
  seen.pods = 3;
  seen.pods_ready = 2;
  seen.breakers_open = 1;
  seen.broker = models::BrokerHealth::refused;
  seen.replication_lag = Duration::milliseconds(7);
  seen.mean_replication_lag = Duration::milliseconds(4);
  seen.entries_lacking = 5;
  seen.catch_up_left = 1'000;
  collector.gauges(seen);
  seen.at = at_ms(59);
  seen.broker = models::BrokerHealth::up;
  seen.replication_lag = Duration::milliseconds(2);
  collector.gauges(seen);

  const GaugeSums gauges = collector.take().at(east, 2).gauges;

  EXPECT_EQ(gauges, (GaugeSums{2, 6, 4, 2, 1, Duration::milliseconds(7).ns(),
                               Duration::milliseconds(8).ns(), 10, 2'000}));
}

TEST(Timeline, MergesInAnyOrderToTheSame) {
  std::vector<Timeline> runs;
  for (int i = 0; i < 3; ++i) {
    TimelineCollector collector = some_collector();
    models::OperationObserved seen = some_read();
    seen.kind = i == 1 ? models::OperationKind::update : models::OperationKind::read;
    seen.region = RegionId{i == 2 ? 0U : 1U};
    for (int times = 0; times <= i; ++times) collector.operation(seen, broken_for_the_user());
    runs.push_back(collector.take());
  }
  Timeline forth, back;

  for (auto run = runs.begin(); run != runs.end(); ++run) forth.merge(*run);
  for (auto run = runs.rbegin(); run != runs.rend(); ++run) back.merge(*run);

  EXPECT_EQ(forth, back);
  EXPECT_EQ(forth.runs, 3U);
  EXPECT_EQ(forth.at(east, 3).operations, 3U);
  EXPECT_EQ(forth.at(east, 3).update_latency.count(), 2U);
  EXPECT_EQ(forth.at(west, 3).ryw_user, (Missed{3, 3}));
}

}  // namespace
}  // namespace seatrial::analysis
