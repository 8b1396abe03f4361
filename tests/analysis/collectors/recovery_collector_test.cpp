#include "analysis/collectors/recovery_collector.hpp"

#include <gtest/gtest.h>

namespace seatrial::analysis {
namespace {

using models::Duration;
using models::Instant;

Instant at(std::int64_t seconds) { return Instant::at(Duration::seconds(seconds)); }
constexpr models::RegionId here{1};

models::FaultObserved fault(std::int64_t when, bool begins) {
  models::FaultObserved seen;
  seen.number = 3;
  seen.region = here;
  seen.begins = begins;
  seen.at = at(when);
  return seen;
}

models::TakeoverObserved takeover(std::uint32_t partition, std::uint64_t lost,
                                  std::int64_t oldest) {
  models::TakeoverObserved seen;
  seen.partition = models::PartitionId{partition};
  seen.from = here;
  seen.lost = lost;
  seen.oldest_lost = at(oldest);
  return seen;
}

models::OperationObserved operation(models::OperationKind kind, std::int64_t invoked,
                                    models::Outcome outcome, models::RegionId region = here) {
  models::OperationObserved seen;
  seen.kind = kind;
  seen.outcome = outcome;
  seen.region = region;
  seen.invoked = at(invoked);
  seen.completed = at(invoked + 1);
  return seen;
}

models::GaugesObserved lag(std::int64_t when, std::int64_t seconds) {
  models::GaugesObserved seen;
  seen.region = here;
  seen.at = at(when);
  seen.replication_lag = Duration::seconds(seconds);
  return seen;
}

constexpr auto read = models::OperationKind::read;
constexpr auto update = models::OperationKind::update;
constexpr auto ok = models::Outcome::ok;
constexpr auto timed_out = models::Outcome::timed_out;

TEST(Recovery, CountsLossesOfAllPartitionsAndTheOldestOfThem) {
  RecoveryCollector collector{{at(0), at(90), at(100), at(200)}};
  collector.fault(fault(100, true));
  collector.takeover(takeover(0, 5, 97));
  collector.takeover(takeover(1, 2, 92));
  collector.takeover(takeover(2, 0, 0));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.number, 3u);
  EXPECT_EQ(recovery.phase, models::PhaseId{2});
  EXPECT_EQ(recovery.region, here);
  EXPECT_EQ(recovery.whole.writes_lost, 7u);
  EXPECT_EQ(recovery.whole.rpo.sum_ns, Duration::seconds(8).ns());
  ASSERT_EQ(recovery.partitions.size(), 2u);
  EXPECT_EQ(recovery.partitions[0].rpo.sum_ns, Duration::seconds(3).ns());
}

// A write that is answered a second after it was invoked, anywhere.
models::OperationObserved written(std::uint32_t partition, std::int64_t invoked) {
  models::OperationObserved seen = operation(update, invoked, ok, models::RegionId{0});
  seen.partition = models::PartitionId{partition};
  return seen;
}

TEST(Recovery, WritesAreBackWhenThePartitionThatWaitedLongestAnswersOneThatCameAfterTheFault) {
  RecoveryCollector collector{{at(0), at(90), at(100), at(200)}};
  collector.operation(written(0, 98));
  collector.fault(fault(100, true));
  models::OperationObserved under_way = written(0, 99);
  under_way.completed = at(110);
  collector.operation(under_way);
  collector.operation(written(0, 129));
  collector.operation(written(0, 131));
  collector.operation(written(1, 149));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.partitions[0].rto_writes.sum_ns, Duration::seconds(30).ns());
  EXPECT_EQ(recovery.whole.rto_writes.sum_ns, Duration::seconds(50).ns());
  EXPECT_EQ(recovery.whole.rto_writes.open, 0u);
}

models::OperationObserved not_written(std::uint32_t partition, std::int64_t invoked) {
  models::OperationObserved seen = written(partition, invoked);
  seen.outcome = timed_out;
  return seen;
}

models::PartitionsObserved changed(std::vector<models::PartitionId> before,
                                   std::vector<models::PartitionId> after) {
  return {std::move(before), std::move(after), at(150)};
}

constexpr models::PartitionId p0{0}, p1{1}, p2{2}, p3{3};

TEST(Recovery, APartitionThatSplitsAfterItIsBackLeavesNothingToWaitForToThoseThatGoOn) {
  RecoveryCollector collector{{at(0)}};
  collector.fault(fault(100, true));
  collector.operation(written(0, 109));
  collector.partitions(changed({p0}, {p1, p2}));
  collector.operation(written(1, 180));
  collector.operation(not_written(2, 180));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.whole.rto_writes, (Spell{1, 0, Duration::seconds(10).ns()}));
  EXPECT_EQ(recovery.partitions.at(1).rto_writes, Spell{});
  EXPECT_EQ(recovery.partitions.at(2).rto_writes, Spell{});
}

TEST(Recovery, WritesThatAPartitionMissedAreBackWhenThoseThatTookItsPlaceAnswerOne) {
  RecoveryCollector collector{{at(0)}};
  collector.fault(fault(100, true));
  collector.operation(not_written(0, 110));
  collector.partitions(changed({p0}, {p1, p2}));
  collector.operation(written(1, 159));
  collector.operation(written(2, 169));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.partitions.at(0).rto_writes, Spell{});
  EXPECT_EQ(recovery.partitions.at(1).rto_writes, (Spell{1, 0, Duration::seconds(60).ns()}));
  EXPECT_EQ(recovery.whole.rto_writes, (Spell{1, 0, Duration::seconds(70).ns()}));
}

TEST(Recovery, OfMergedPartitionsTheOneThatStillMissesWritesDecides) {
  RecoveryCollector collector{{at(0)}};
  collector.fault(fault(100, true));
  collector.operation(written(0, 109));
  collector.operation(not_written(1, 110));
  collector.partitions(changed({p0, p1}, {p3}));
  collector.operation(written(3, 199));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.partitions.at(0).rto_writes, (Spell{1, 0, Duration::seconds(10).ns()}));
  EXPECT_EQ(recovery.partitions.at(1).rto_writes, Spell{});
  EXPECT_EQ(recovery.whole.rto_writes, (Spell{1, 0, Duration::seconds(100).ns()}));
}

TEST(Recovery, WritesThatFailToTheEndAreNotOver) {
  RecoveryCollector collector{{at(0), at(90), at(100), at(200)}};
  collector.fault(fault(100, true));
  collector.operation(operation(update, 120, timed_out));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.whole.rto_writes.sum_ns, Duration::seconds(200).ns());
  EXPECT_EQ(recovery.whole.rto_writes.open, 1u);
}

TEST(Recovery, ReadsAreThoseOfTheRegionsUsersInvokedSinceTheFault) {
  RecoveryCollector collector{{at(0), at(90), at(100), at(200)}};
  collector.fault(fault(100, true));
  collector.operation(operation(read, 99, ok));
  collector.operation(operation(read, 101, ok, models::RegionId{0}));
  collector.operation(operation(read, 102, timed_out));
  collector.operation(operation(read, 110, ok));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.whole.rto_reads.sum_ns, Duration::seconds(11).ns());
}

TEST(Recovery, LagIsNormalWhenItIsNoMoreThanBeforeTheFault) {
  RecoveryCollector collector{{at(10)}};
  collector.gauges(lag(5, 9));  // warm-up
  collector.gauges(lag(50, 2));
  collector.fault(fault(100, true));
  collector.gauges(lag(150, 50));
  collector.fault(fault(200, false));
  collector.gauges(lag(205, 30));
  collector.gauges(lag(210, 2));
  collector.gauges(lag(220, 0));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.whole.rto_lag.sum_ns, Duration::seconds(10).ns());
}

models::CatchUpObserved catch_up(std::uint32_t partition, bool by_snapshot, models::Bytes bytes,
                                 bool is_cut_short = false) {
  models::CatchUpObserved seen;
  seen.partition = models::PartitionId{partition};
  seen.region = here;
  seen.by_snapshot = by_snapshot;
  seen.bytes = bytes;
  seen.is_cut_short = is_cut_short;
  return seen;
}

TEST(Recovery, SaysHowItsRegionCaughtUpAndLeavesOutWhatWasNotSent) {
  RecoveryCollector collector{{at(0)}};
  collector.catch_up(catch_up(0, false, 7));  // of no fault
  collector.fault(fault(100, true));
  collector.fault(fault(150, false));
  collector.catch_up(catch_up(0, false, 1'000));
  collector.catch_up(catch_up(0, false, 400, true));
  collector.catch_up(catch_up(0, true, 5'000));
  collector.catch_up(catch_up(1, false, 10));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.partitions.at(0).catch_up, (CatchUps{1, 1, 600, 5'000}));
  EXPECT_EQ(recovery.whole.catch_up, (CatchUps{2, 1, 610, 5'000}));
}

TEST(Recovery, OfASwitchoverWritesAreBackWithTheFirstThatCameAfterItsBegin) {
  RecoveryCollector collector{{at(0)}};
  models::FaultObserved planned = fault(100, true);
  planned.is_switchover = true;
  collector.fault(planned);
  models::OperationObserved under_way = written(0, 99);
  under_way.completed = at(101);
  collector.operation(under_way);
  collector.takeover(takeover(0, 0, 0));
  planned = fault(110, false);
  planned.is_switchover = true;
  collector.fault(planned);
  collector.operation(written(0, 111));

  const FaultRecovery recovery = collector.finish(at(300)).at(0);

  EXPECT_EQ(recovery.whole.rto_writes.sum_ns, Duration::seconds(12).ns());
  EXPECT_EQ(recovery.whole.rpo, (Spell{1, 0, 0}));
}

TEST(Recovery, KnowsWhetherASwitchoverMovedWrites) {
  RecoveryCollector collector{{at(0)}};
  models::FaultObserved planned = fault(100, true);
  planned.is_switchover = true;
  models::FaultObserved in_vain = planned;
  in_vain.number = 4;
  models::TakeoverObserved moved = takeover(0, 0, 0);
  moved.to = models::RegionId{0};

  collector.fault(planned);
  collector.takeover(moved);
  planned.begins = in_vain.begins = false;
  collector.fault(planned);
  in_vain.begins = true;
  collector.fault(in_vain);

  const std::vector<FaultRecovery> recoveries = collector.finish(at(300));
  EXPECT_EQ(recoveries.at(0).unmoved, 0u);
  EXPECT_EQ(recoveries.at(1).unmoved, 1u);
}

TEST(Recovery, RunsOfOneFaultAddUpInTheScenariosOrder) {
  std::vector<FaultRecovery> sum;
  for (const std::uint32_t number : {4u, 1u, 4u}) {
    FaultRecovery one;
    one.number = number;
    one.whole.faults = 1;
    one.whole.writes_lost = 10;
    merge(sum, {one});
  }

  ASSERT_EQ(sum.size(), 2u);
  EXPECT_EQ(sum[0].number, 1u);
  EXPECT_EQ(sum[1].whole.writes_lost, 20u);
}

}  // namespace
}  // namespace seatrial::analysis
