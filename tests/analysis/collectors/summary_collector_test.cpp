#include "analysis/collectors/summary_collector.hpp"

#include <gtest/gtest.h>

#include "analysis/collectors/tee.hpp"
#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using models::OperationKind;
using models::OperationObserved;

OperationObserved some_update() {
  OperationObserved update = some_read();
  update.kind = OperationKind::update;
  update.invoked = at_ms(20);
  update.completed = at_ms(30);
  update.version = {1, 110, 11};
  update.truth = {};
  return update;
}

RunSummary summary_of(const std::vector<OperationObserved>& operations) {
  SummaryCollector collector{small_world()};
  for (const OperationObserved& seen : operations) collector.operation(seen);
  return collector.finish({});
}

const Cell& cell_of(const RunSummary& summary, const OperationObserved& seen) {
  return summary.cell(seen.phase, seen.region, seen.document.data_class, seen.kind);
}

// An update, then a read that is older and was sent with what `change` says.
Counts counts_of_broken_read(void (*change)(OperationObserved&)) {
  OperationObserved read = some_read();
  change(read);
  return cell_of(summary_of({some_update(), read}), read).counts;
}

std::uint64_t caused_by(const Counts& counts, Cause cause) {
  return counts.causes[static_cast<std::size_t>(Guarantee::ryw)][static_cast<std::size_t>(cause)];
}

TEST(SummaryCollector, HasTheShapeOfTheWorld) {
  const RunSummary summary = summary_of({});

  EXPECT_EQ(summary.shape, (Shape{2, 2, 2, 2}));
  EXPECT_EQ(summary.cells.size(), 16u);
  EXPECT_EQ(summary.since_write.size(), 4u);
  EXPECT_EQ(summary.checkpoints.size(), 256u);
}

TEST(SummaryCollector, CountsAnOperationInItsCellAlone) {
  const OperationObserved read = some_read();

  const RunSummary summary = summary_of({read});

  std::uint64_t all = 0;
  for (const Cell& cell : summary.cells) all += cell.counts.operations;
  EXPECT_EQ(all, 1u);
  const Cell& cell = cell_of(summary, read);
  EXPECT_EQ(cell.counts.operations, 1u);
  EXPECT_EQ(cell.counts.outcomes[0], 1u);
  EXPECT_EQ(cell.counts.ru_thousandths, 1000);
  EXPECT_EQ(cell.counts.bytes, 2048);
  EXPECT_EQ(cell.counts.broker_calls, 11u);
  EXPECT_EQ(cell.counts.cross_region_calls, 12u);
  EXPECT_EQ(cell.counts.store_requests, 4u);
  EXPECT_EQ(cell.counts.stale, (Tally{1, 1, 1}));
  EXPECT_EQ(cell.counts.disallowed, (Tally{1, 0, 1}));
  EXPECT_EQ(cell.counts.versions_behind, 1u);
  EXPECT_EQ(cell.latency.max(), Duration::milliseconds(10).ns());
  EXPECT_EQ(cell.behind.max(), Duration::milliseconds(2).ns());
}

TEST(SummaryCollector, FailedOperationIsCountedButNeitherTimedNorJudged) {
  OperationObserved failed = some_read();
  failed.outcome = models::Outcome::timed_out;

  const RunSummary summary = summary_of({some_update(), failed});

  const Cell& cell = cell_of(summary, failed);
  EXPECT_EQ(cell.counts.operations, 1u);
  EXPECT_EQ(cell.counts.failed, 1u);
  EXPECT_EQ(cell.counts.outcomes[static_cast<std::size_t>(models::Outcome::timed_out)], 1u);
  EXPECT_EQ(cell.counts.stale, Tally{});
  EXPECT_EQ(cell.counts.ryw, Tally{});
  EXPECT_TRUE(cell.latency.empty());
}

TEST(SummaryCollector, WarmUpIsNotCountedButKnown) {
  OperationObserved warming_up = some_update();
  warming_up.measured = false;

  const RunSummary summary = summary_of({warming_up, some_read()});

  EXPECT_EQ(cell_of(summary, warming_up).counts.operations, 0u);
  EXPECT_EQ(cell_of(summary, some_read()).counts.ryw, (Tally{1, 1, 1}));
}

TEST(SummaryCollector, WrongReadsOfAPhaseAreThoseInvokedInItWheneverTheirSessionArrived) {
  const auto wrong_at = [](std::int64_t ms, std::uint32_t phase) {
    OperationObserved read = some_read();
    read.measured = false;
    read.invoked = at_ms(ms);
    read.completed = at_ms(ms + 5);
    read.phase = models::PhaseId{phase};
    return read;
  };

  const RunSummary summary =
      summary_of({some_update(), wrong_at(55, 0), wrong_at(56, 0), wrong_at(155, 0),
                  wrong_at(156, 1), wrong_at(255, 1), wrong_at(256, 1), wrong_at(300, 1)});

  EXPECT_EQ(summary.wrong_in_phase, (std::vector<std::uint64_t>{2, 2}));
}

TEST(SummaryCollector, ViolationsAreCountedByAgeOfTheWrite) {
  OperationObserved later = some_read();
  later.invoked = at_ms(100);
  later.completed = at_ms(110);
  later.version = some_update().version;

  const RunSummary summary = summary_of({some_update(), some_read(), later});

  const SinceWrite& since = summary.since(later.phase, later.region);
  EXPECT_EQ(since.ryw.opportunities.count(), 2u);
  EXPECT_EQ(since.ryw.opportunities.max(), Duration::milliseconds(70).ns());
  EXPECT_EQ(since.ryw.violations.count(), 1u);
  EXPECT_EQ(since.ryw.violations.max(), Duration::milliseconds(40).ns());
  EXPECT_EQ(since.ryw_user.violations.count(), 1u);
  EXPECT_TRUE(summary.since(models::PhaseId{0}, later.region).ryw.opportunities.empty());
}

TEST(SummaryCollector, SecondDeviceCountsForTheUserAlone) {
  OperationObserved elsewhere = some_read();
  elsewhere.session = models::SessionId{200};

  const Counts counts = cell_of(summary_of({some_update(), elsewhere}), elsewhere).counts;

  EXPECT_EQ(counts.ryw, Tally{});
  EXPECT_EQ(counts.ryw_user, (Tally{1, 1, 1}));
}

TEST(SummaryCollector, CauseOfAViolationIsWhatTheReadCarried) {
  const Counts none = counts_of_broken_read([](OperationObserved& read) { read.token = {}; });
  const Counts old = counts_of_broken_read([](OperationObserved& read) { read.token.lsn = 109; });
  const Counts enough =
      counts_of_broken_read([](OperationObserved& read) { read.token.lsn = 110; });
  const Counts degraded = counts_of_broken_read([](OperationObserved& read) {
    read.token = {};
    read.degraded = models::Degraded::read_without_token;
  });

  EXPECT_EQ(caused_by(none, Cause::no_token), 1u);
  EXPECT_EQ(caused_by(old, Cause::client_token_too_old), 1u);
  EXPECT_EQ(caused_by(enough, Cause::other), 1u);
  EXPECT_EQ(caused_by(degraded, Cause::degraded), 1u);
  EXPECT_EQ(degraded.degraded, 1u);
}

TEST(SummaryCollector, AtALevelThatTakesNoTokenThatIsTheCause) {
  models::WorldConfig eventual = small_world();
  eventual.store.consistency = models::Consistency::eventual;
  SummaryCollector collector{eventual};
  collector.operation(some_update());
  collector.operation(some_read());

  const RunSummary summary = collector.finish({});

  EXPECT_EQ(caused_by(cell_of(summary, some_read()).counts, Cause::level_takes_no_token), 1u);
}

TEST(SummaryCollector, KeepsAViolationAsItWasObserved) {
  const RunSummary summary = summary_of({some_update(), some_read()});

  ASSERT_EQ(summary.violations.size(), 2u);
  EXPECT_EQ(summary.violations[0].guarantee, Guarantee::ryw);
  EXPECT_EQ(summary.violations[1].guarantee, Guarantee::ryw_user);
  EXPECT_EQ(summary.violations[0].floor, some_update().version);
  EXPECT_EQ(summary.violations[0].age, Duration::milliseconds(40));
  EXPECT_EQ(summary.violations[0].read.session, some_read().session);
  EXPECT_EQ(summary.violations[0].read.index, 3u);
}

// Of small_world() East US writes, as soon as it is said; the read is of West Europe.
TEST(SummaryCollector, ReadsOfOthersThatTheWriteRegionAnsweredAreItsLoad) {
  models::WorldConfig world = small_world();
  world.store.write_region = "East US";
  SummaryCollector collector{world};
  OperationObserved near = some_read(), own = some_read();
  near.served_by = near.region;
  own.region = models::RegionId{0};
  for (const OperationObserved& seen : {some_read(), near, own}) collector.operation(seen);

  const RunSummary summary = collector.finish({});

  EXPECT_EQ(cell_of(summary, near).counts.to_write_region, (Tally{2, 1, 1 + 3}));
  EXPECT_EQ(cell_of(summary, own).counts.to_write_region, Tally{});
}

// Windows of the small world are 2 ms long; its warm-up ends at 56 ms.
TEST(SummaryCollector, HandsOnToTheOtherCollectors) {
  SummaryCollector collector{small_world()};
  OperationObserved warming_up = some_update();
  warming_up.measured = false;
  models::LateCost late;
  late.at = at_ms(70);
  late.measured = true;
  models::GaugesObserved gauges;
  gauges.at = at_ms(70);
  gauges.pods = 1;
  collector.operation(warming_up);
  collector.operation(some_read());
  collector.late(late);
  collector.gauges(gauges);

  const RunSummary summary = collector.finish({});

  EXPECT_EQ(summary.timeline.windows, models::windows_of(small_world()));
  EXPECT_EQ(summary.timeline.at(models::RegionId{1}, 10).operations, 1u) << "in the warm-up";
  EXPECT_EQ(summary.timeline.at(models::RegionId{1}, 35).ryw_user, (Missed{1, 1}));
  EXPECT_EQ(summary.timeline.at(models::RegionId{0}, 35).gauges.samples, 1u);
  EXPECT_EQ(summary.blast[1 * 2 + 1], (BlastRadius{1, 1, 0, 0, 1}));
  EXPECT_EQ(summary.exercised.second_device_reads, 1u);
  EXPECT_EQ(summary.exercised.late_answers, 1u);
  EXPECT_EQ(summary.exercised.pods_missing, 1u);
}

// The small world's phases begin at 56 ms.
TEST(SummaryCollector, CountsLooksInTheirPhaseAndNoneOfTheWarmUp) {
  SummaryCollector collector{small_world()};
  const auto look = [&](std::int64_t at, std::int64_t lag, std::int64_t sent) {
    models::GaugesObserved gauges;
    gauges.region = models::RegionId{1};
    gauges.at = at_ms(at);
    gauges.replication_lag = Duration::milliseconds(lag);
    gauges.not_durable = 3;
    collector.gauges(gauges);
    models::StoreObserved store;
    store.at = at_ms(at);
    store.so_far.replication_bytes = sent;
    collector.store(store);
  };
  look(54, 9, 100);
  look(58, 4, 400);
  look(60, 6, 500);

  const RunSummary summary = collector.finish({});

  const RegionLooks& region = summary.region_looks[1];
  EXPECT_EQ(region.looks.regions, 2u);
  EXPECT_EQ(region.looks.lag_ns, Duration::milliseconds(10).ns());
  EXPECT_EQ(region.lag.count(), 2u);
  EXPECT_EQ(summary.store_looks[0].store, 2u);
  EXPECT_EQ(summary.store_looks[0].between_ns, Duration::milliseconds(6).ns());
  EXPECT_EQ(summary.store_looks[0].replication_bytes, 400);
  EXPECT_EQ(summary.store_looks[0].at_risk, 6u);
}

TEST(SummaryCollector, DigestKnowsNothingOfGauges) {
  SummaryCollector with{small_world()}, without{small_world()};
  with.gauges({});
  with.store({});

  EXPECT_EQ(with.finish({}).digest, without.finish({}).digest);
}

TEST(SummaryCollector, UpdatesAreCountedForOrderAndLostUpdates) {
  OperationObserved lost = some_update();
  lost.invoked = at_ms(40);
  lost.completed = at_ms(50);
  lost.version.lsn = 109;
  lost.lost_update = true;

  const Counts counts = cell_of(summary_of({some_update(), lost}), lost).counts;

  EXPECT_EQ(counts.lost_update, (Tally{2, 1, 4}));
  EXPECT_EQ(counts.mw, (Tally{1, 1, 1}));
  EXPECT_EQ(counts.wfr, Tally{});
  EXPECT_EQ(counts.stale, Tally{});
}

// Three reads of one session and one of another: 3 * 3 + 1 * 1, whatever cells they are in.
TEST(SummaryCollector, SquaresCountASessionsOpportunitiesTogether) {
  OperationObserved update = some_update(), again = some_read(), other = some_read();
  again.phase = models::PhaseId{0};
  other.session = models::SessionId{300};
  other.user = models::UserId{300};

  const RunSummary summary = summary_of({update, some_read(), again, some_read(), other});

  Counts all;
  for (const Cell& cell : summary.cells) all.merge(cell.counts);
  EXPECT_EQ(all.stale, (Tally{4, 4, 3 * 3 + 1 * 1}));
  EXPECT_EQ(all.disallowed, (Tally{4, 0, 3 * 3 + 1 * 1}));
  EXPECT_EQ(all.ryw, (Tally{3, 3, 3 * 3}));
  EXPECT_EQ(all.operation_squares, 4u * 4 + 1 * 1);
}

// Two sessions of one user with two reads each, after a write of the first.
TEST(SummaryCollector, SquaresOfTheUserCountAllDevices) {
  OperationObserved elsewhere = some_read();
  elsewhere.session = models::SessionId{200};

  const Counts counts =
      cell_of(summary_of({some_update(), some_read(), elsewhere, some_read(), elsewhere}),
              elsewhere)
          .counts;

  EXPECT_EQ(counts.ryw_user, (Tally{4, 4, 4 * 4}));
  EXPECT_EQ(counts.ryw, (Tally{2, 2, 2 * 2}));
  EXPECT_EQ(counts.stale, (Tally{4, 4, 2 * 2 + 2 * 2}));
}

// A user that comes again later starts from nothing, in the slots that were freed.
TEST(SummaryCollector, SquaresStartAnewWhenAUserLeft) {
  SummaryCollector collector{small_world()};
  for (int visit = 0; visit < 3; ++visit) {
    collector.operation(some_read());
    collector.user_left({some_read().user, some_read().completed});
  }

  EXPECT_EQ(cell_of(collector.finish({}), some_read()).counts.stale, (Tally{3, 3, 3}));
}

TEST(SummaryCollector, UserThatLeftTakesNoMemory) {
  SummaryCollector collector{small_world()};
  for (std::uint64_t user = 0; user < 10'000; ++user) {
    OperationObserved update = some_update();
    update.user = models::UserId{user};
    update.session = models::SessionId{user};
    collector.operation(update);
    collector.user_left({update.user, update.completed});
  }

  EXPECT_EQ(collector.guarantees().alive(), 0u);
  EXPECT_LE(collector.guarantees().capacity(), 3u);
  EXPECT_LE(collector.opportunities().capacity(), 2u);
}

TEST(SummaryCollector, FinishKeepsTotalsAndDigest) {
  SummaryCollector one{small_world()}, same{small_world()}, other{small_world()};
  Tee all{{&one, &same}};
  all.commit(some_commit());
  all.operation(some_read());
  other.operation(some_read());

  models::RunTotals totals;
  totals.sessions = 5;
  const RunSummary summary = one.finish(totals);

  EXPECT_EQ(summary.totals.sessions, 5u);
  EXPECT_EQ(summary.digest, same.finish({}).digest);
  EXPECT_NE(summary.digest, other.finish({}).digest);
  EXPECT_EQ(summary.checkpoints.back(), summary.digest);
}

TEST(RunSummary, MergesInAnyOrderToTheSame) {
  const RunSummary a = summary_of({some_update(), some_read()});
  const RunSummary b = summary_of({some_read()});
  const RunSummary c = summary_of({some_update()});
  RunSummary forth, back;

  for (const RunSummary* one : {&a, &b, &c}) forth.merge(*one);
  for (const RunSummary* one : {&c, &b, &a}) back.merge(*one);

  EXPECT_EQ(forth.cells, back.cells);
  EXPECT_EQ(forth.since_write, back.since_write);
  EXPECT_EQ(forth.wrong_in_phase, back.wrong_in_phase);
  EXPECT_EQ(forth.digest, back.digest);
  EXPECT_EQ(forth.checkpoints, back.checkpoints);
  EXPECT_EQ(cell_of(forth, some_read()).counts.operations, 2u);
  EXPECT_EQ(cell_of(forth, some_read()).latency.count(), 2u);
  EXPECT_EQ(cell_of(forth, some_update()).counts.operations, 2u);
}

TEST(RunSummary, OneAloneMergesToItself) {
  const RunSummary one = summary_of({some_update(), some_read()});
  RunSummary merged;

  merged.merge(one);

  EXPECT_EQ(merged.cells, one.cells);
  EXPECT_EQ(merged.wrong_in_phase, one.wrong_in_phase);
  EXPECT_EQ(merged.digest, one.digest);
}

}  // namespace
}  // namespace seatrial::analysis
