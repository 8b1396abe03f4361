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
  seen.lag_partition = models::PartitionId{4};
  seen.entries_lacking = 5;
  seen.catch_up_left = 1'000;
  seen.most_entries_lacking = 3;
  seen.lacking_partition = models::PartitionId{2};
  seen.bytes_waiting = 100;
  seen.waiting_from = west;
  collector.gauges(seen);
  seen.at = at_ms(59);
  seen.broker = models::BrokerHealth::up;
  seen.replication_lag = Duration::milliseconds(2);
  seen.lag_partition = models::PartitionId{1};
  collector.gauges(seen);

  const GaugeSums gauges = collector.take().at(east, 2).gauges;

  EXPECT_EQ(gauges, (GaugeSums{2,
                               6,
                               4,
                               2,
                               1,
                               {Duration::milliseconds(7).ns(), 4, 0},
                               Duration::milliseconds(8).ns(),
                               10,
                               2'000,
                               {3, 2, 0},
                               200,
                               {100, 0, west.value()}}));
}

TEST(TimelineCollector, CountsWhatWasSentBetweenTwoLooks) {
  TimelineCollector collector = some_collector();
  models::StoreObserved seen;
  seen.at = at_ms(41);
  seen.so_far.replication_bytes = 100;
  seen.busiest = {models::RequestUnits{7}, models::PartitionId{2}, east};
  collector.store(seen);
  seen.at = at_ms(59);
  seen.so_far.replication_bytes = 250;
  seen.busiest = {models::RequestUnits{5}, models::PartitionId{1}, east};
  seen.backup_age = Duration::milliseconds(3);
  collector.store(seen);
  seen.at = at_ms(61);
  collector.store(seen);

  const Timeline timeline = collector.take();

  EXPECT_EQ(timeline.store[2].replication_bytes, 250);
  EXPECT_EQ(timeline.store[2].busiest, (Peak{7, 2, east.value()}));
  EXPECT_EQ(timeline.store[2].backups, 1u);
  EXPECT_EQ(timeline.store[2].backup_age_ns, Duration::milliseconds(3).ns());
  EXPECT_EQ(timeline.store[3].replication_bytes, 0);
}

TEST(TimelineCollector, TakesBackWhatOfACatchUpWasCutShort) {
  TimelineCollector collector = some_collector();
  models::CatchUpObserved seen;
  seen.at = at_ms(41);
  seen.bytes = 1'000;
  collector.catch_up(seen);
  seen.at = at_ms(61);
  seen.is_cut_short = true;
  seen.bytes = 400;
  collector.catch_up(seen);

  const Timeline timeline = collector.take();

  EXPECT_EQ(timeline.store[2].catch_up_bytes, 1'000);
  EXPECT_EQ(timeline.store[3].catch_up_bytes, -400);
}

TEST(TimelineCollector, AddsUpWhatIsAtRiskInAllRegionsAtALook) {
  TimelineCollector collector = some_collector();
  models::GaugesObserved region;
  region.at = at_ms(41);
  models::StoreObserved whole;
  whole.at = at_ms(41);
  for (const std::uint64_t writes : {5, 2}) {
    region.not_durable = writes;
    collector.gauges(region);
  }
  collector.store(whole);
  collector.store(whole);

  const StoreWindow window = collector.take().store[2];

  EXPECT_EQ(window.at_risk, 7u);
  EXPECT_EQ(window.most_at_risk, 7u);
  EXPECT_EQ(window.samples, 2u);
}

TEST(Peak, IsTheSameInAnyOrder) {
  const std::vector<Peak> seen{{5, 3, 0}, {9, 4, 1}, {9, 2, 1}, {0, 0, 0}};
  Peak forth, back;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    forth.merge(seen[i]);
    back.merge(seen[seen.size() - 1 - i]);
  }

  EXPECT_EQ(forth, (Peak{9, 2, 1}));
  EXPECT_EQ(back, forth);
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
