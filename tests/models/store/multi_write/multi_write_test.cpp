// Several write regions, as a client meets them: West (the hub) and East take writes, South only
// reads; 50 ms between any two.
#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig two_write_regions() {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(50);
  world.store.write_regions = {"East", "West"};
  return world;
}

class TwoWriteRegions : public testing::Test {
 protected:
  StoreAnswer write_in(RegionId region, UpdateBy by = UpdateBy::patch, SessionToken token = {}) {
    StoreRequest request = bench.request(document, region);
    request.update = by;
    request.token = token;
    return bench.update(request);
  }
  StoreAnswer read_in(RegionId region, SessionToken token = {}) {
    StoreRequest request = bench.request(document, region);
    request.token = token;
    return bench.read(request);
  }
  // Both are under way at once.
  std::array<StoreAnswer, 2> write_in_both(UpdateBy by) {
    std::array<StoreAnswer, 2> answers;
    for (std::uint32_t i = 0; i < 2; ++i) {
      StoreRequest request = bench.request(document, RegionId{i});
      request.update = by;
      sim::Task<StoreAnswer> task = bench.store.update(request);
      bench.processes.start(StoreBench::run_into(std::move(task), &answers[i], nullptr));
    }
    bench.simulation.run_until(bench.simulation.now() + ms(40));
    return answers;
  }

  StoreBench bench{two_write_regions()};
  DocumentHandle document = bench.open(1);
};

TEST_F(TwoWriteRegions, CommitInTheirOwnAndTellTheOthersLater) {
  const StoreAnswer written = write_in(east);
  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(written.served_by, east);
  EXPECT_EQ(bench.simulation.now(), Instant{});
  EXPECT_EQ(written.cross_region_calls, 0);
  EXPECT_EQ(written.cross_region_bytes, 2 * (500 + 100));

  bench.wait_until(Instant::at(ms(49)));
  const StoreAnswer early = read_in(west);
  bench.wait_until(Instant::at(ms(51)));
  const StoreAnswer late = read_in(west);

  EXPECT_EQ(early.version.ordinal, 0u);
  EXPECT_EQ(early.truth.versions_behind, 1u);
  EXPECT_EQ(early.truth.behind, ms(49));
  EXPECT_TRUE(early.truth.allowed);
  EXPECT_EQ(late.version, written.version);
  EXPECT_EQ(late.truth.versions_behind, 0u);
}

TEST_F(TwoWriteRegions, AreWrittenToFromTheNearestWhereAPodsOwnRegionTakesNoWrites) {
  bench.config.regions.links[2].one_way = constant_ms(10);  // East <> South
  StoreBench near{bench.config};
  const DocumentHandle there = near.open(1);

  const StoreAnswer written = near.update(near.request(there, south));

  EXPECT_EQ(written.served_by, east);
  EXPECT_EQ(written.cross_region_calls, 1);
  EXPECT_EQ(near.simulation.now(), Instant::at(ms(20)));
}

TEST_F(TwoWriteRegions, AReadWaitsForATokenOfTheOtherRegion) {
  const StoreAnswer written = write_in(east);

  const StoreAnswer read = read_in(west, written.token);

  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(read.served_by, west);
  EXPECT_EQ(read.covered, written.version.lsn);
  EXPECT_EQ(bench.simulation.now(), Instant::at(ms(155)));  // the SDK's fifth attempt
}

TEST_F(TwoWriteRegions, AWriteWaitsForATokenOfTheOtherRegionToo) {
  const StoreAnswer there = write_in(east);

  const StoreAnswer here = write_in(west, UpdateBy::patch, there.token);

  EXPECT_EQ(bench.simulation.now(), Instant::at(ms(155)));
  EXPECT_GT(here.version, there.version);
  EXPECT_FALSE(here.is_in_conflict);
  EXPECT_TRUE(there.token <= here.token);
}

TEST_F(TwoWriteRegions, ATokenThatNobodyHasIsSoughtInEachRegionOnce) {
  SessionToken ahead{1, 7};
  ahead.further[0] = 7;

  const StoreAnswer read = read_in(west, ahead);
  const Instant then = bench.simulation.now();
  const StoreAnswer written = write_in(west, UpdateBy::patch, ahead);

  EXPECT_EQ(read.outcome, Outcome::token_unsatisfied);
  EXPECT_GE(then, Instant::at(Duration::seconds(15)));  // three regions
  EXPECT_LT(then, Instant::at(Duration::seconds(18)));
  EXPECT_EQ(written.outcome, Outcome::token_unsatisfied);
  EXPECT_GE(bench.simulation.now() - then, Duration::seconds(10));  // two write regions
  EXPECT_LT(bench.simulation.now() - then, Duration::seconds(12));
  EXPECT_TRUE(bench.recorder.commits.empty());
}

TEST_F(TwoWriteRegions, AtEventualNobodyWaitsForATokenThatIsNotHere) {
  bench.config.store.consistency = Consistency::eventual;
  StoreBench eventual{bench.config};
  const DocumentHandle there = eventual.open(1);
  StoreRequest request = eventual.request(there, west);
  request.token = SessionToken{1, 99};

  EXPECT_EQ(eventual.read(request).outcome, Outcome::ok);
  EXPECT_EQ(eventual.simulation.now(), Instant{});
}

TEST_F(TwoWriteRegions, OfTwoConcurrentReplacementsOneIsLostAndBothWereAcknowledged) {
  const std::array<StoreAnswer, 2> answers = write_in_both(UpdateBy::replace);
  bench.wait_until(Instant::at(ms(200)));

  EXPECT_EQ(answers[0].outcome, Outcome::ok);
  EXPECT_EQ(answers[1].outcome, Outcome::ok);
  EXPECT_FALSE(answers[0].lost_update || answers[1].lost_update);
  EXPECT_NE(answers[0].is_in_conflict, answers[1].is_in_conflict);
  ASSERT_EQ(bench.recorder.conflicts.size(), 1u);
  const ConflictObserved& conflict = bench.recorder.conflicts[0];
  EXPECT_EQ(conflict.won_in, west);  // in one second of the clock the hub wins
  EXPECT_EQ(conflict.winner, answers[0].version);
  EXPECT_EQ(conflict.lost_in, east);
  EXPECT_EQ(conflict.lost, answers[1].version);
  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(read_in(region).version, answers[0].version);
  }
}

TEST_F(TwoWriteRegions, WhatHasSeenTheOtherIsNoConflictAndWins) {
  const StoreAnswer first = write_in(west, UpdateBy::replace);
  bench.wait_until(Instant::at(ms(60)));
  const StoreAnswer second = write_in(east, UpdateBy::replace);
  bench.wait_until(Instant::at(ms(200)));

  EXPECT_EQ(second.based_on, first.version);
  EXPECT_TRUE(bench.recorder.conflicts.empty());
  EXPECT_EQ(read_in(west).version, second.version);
}

TEST_F(TwoWriteRegions, AnETagProtectsInsideOfItsRegionOnly) {
  const std::array<StoreAnswer, 2> across = write_in_both(UpdateBy::replace_if_match);
  EXPECT_EQ(across[0].outcome, Outcome::ok);
  EXPECT_EQ(across[1].outcome, Outcome::ok);
  EXPECT_EQ(bench.recorder.conflicts.size(), 1u);

  bench.config.store.write_service = constant_ms(10);
  StoreBench inside{bench.config};
  const DocumentHandle there = inside.open(1);
  std::array<StoreAnswer, 2> answers;
  for (StoreAnswer& answer : answers) {
    StoreRequest request = inside.request(there, east);
    request.update = UpdateBy::replace_if_match;
    sim::Task<StoreAnswer> task = inside.store.update(request);
    inside.processes.start(StoreBench::run_into(std::move(task), &answer, nullptr));
  }
  inside.simulation.run();
  EXPECT_EQ(answers[1].based_on, answers[0].version);
  EXPECT_EQ(answers[1].attempts, 4);
  EXPECT_TRUE(inside.recorder.conflicts.empty());
}

// What replication brings in between changes the ETag as a local write does.
TEST_F(TwoWriteRegions, AnETagFailsOverWhatHasArrivedFromElsewhere) {
  bench.config.store.write_service = constant_ms(30);
  StoreBench slow{bench.config};
  const DocumentHandle there = slow.open(1);
  const auto start = [&](RegionId region, StoreAnswer* into) {
    StoreRequest request = slow.request(there, region);
    request.update = UpdateBy::replace_if_match;
    sim::Task<StoreAnswer> task = slow.store.update(request);
    slow.processes.start(StoreBench::run_into(std::move(task), into, nullptr));
  };
  StoreAnswer first;
  StoreAnswer second;

  start(west, &first);
  slow.wait_until(Instant::at(ms(60)));
  start(east, &second);  // reads at 60 ms, writes at 90 ms; West's arrives at 80 ms
  slow.simulation.run();

  EXPECT_EQ(second.outcome, Outcome::ok);
  EXPECT_EQ(second.attempts, 4);
  EXPECT_EQ(second.based_on, first.version);
  EXPECT_TRUE(slow.recorder.conflicts.empty());
}

TEST_F(TwoWriteRegions, ARegionThatIsCutOffGoesOnWritingAndHealsToOneWinner) {
  const std::vector<RegionId> group{east};
  const NetworkFaultId cut = bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));

  StoreAnswer last;
  for (int i = 0; i < 5; ++i) {
    for (const RegionId region : {east, west}) {
      const Instant before = bench.simulation.now();
      last = write_in(region, UpdateBy::replace);
      EXPECT_EQ(last.outcome, Outcome::ok);
      EXPECT_EQ(bench.simulation.now(), before);
    }
    bench.wait_until(bench.simulation.now() + Duration::seconds(2));
  }
  EXPECT_NE(read_in(east).version, read_in(west).version);
  EXPECT_GT(read_in(east).truth.versions_behind, 0u);
  bench.network.heal(cut, bench.simulation.now());
  bench.wait_until(bench.simulation.now() + ms(60));

  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(read_in(region).version, last.version);
    EXPECT_EQ(read_in(region).truth.versions_behind, 0u);
  }
  EXPECT_EQ(bench.recorder.conflicts.size(), 9u);  // all but the last of ten
}

// The link keeps each entry for 30 ms: what the region had not sent waits until it is back.
class RegionDown : public TwoWriteRegions {
 protected:
  static WorldConfig with_lag() {
    WorldConfig world = two_write_regions();
    world.store.replication_lag.link = constant_ms(30);
    return world;
  }
  RegionDown() : lagging{with_lag()}, there{lagging.open(1)} {}
  StoreRequest replace_from(RegionId region) {
    StoreRequest request = lagging.request(there, region);
    request.update = UpdateBy::replace;
    return request;
  }

  StoreBench lagging;
  DocumentHandle there;
};

TEST_F(RegionDown, IsLeftForTheNextAndItsWritesAreThereWhenItComesBack) {
  const StoreAnswer before = lagging.update(replace_from(east));
  lagging.store.take_down(east);
  lagging.wait_until(Instant::at(ms(1)));

  EXPECT_EQ(lagging.update(lagging.request(there, east)).outcome, Outcome::timed_out);
  const Instant then = lagging.simulation.now();
  EXPECT_EQ(then, Instant::at(ms(6001)));
  const StoreAnswer elsewhere = lagging.update(replace_from(east));
  EXPECT_EQ(elsewhere.served_by, west);
  EXPECT_EQ(elsewhere.based_on.ordinal, 0u);
  EXPECT_EQ(lagging.simulation.now(), then + ms(200));  // reads in the West, then writes there
  lagging.store.bring_up(east);
  lagging.wait_until(lagging.simulation.now() + ms(300));

  ASSERT_EQ(lagging.recorder.conflicts.size(), 1u);
  EXPECT_EQ(lagging.recorder.conflicts[0].lost, before.version);
  for (const RegionId region : {west, east, south}) {
    StoreRequest request = lagging.request(there, region);
    request.client = 1;  // that avoids nobody
    const StoreAnswer read = lagging.read(request);
    EXPECT_EQ(read.version, elsewhere.version);
    EXPECT_EQ(read.truth.versions_behind, 0u);
  }
}

// What was appended and not committed is committed when the region is back; nobody waits for it.
TEST_F(RegionDown, CommitsWhatItHadAppendedWhenItComesBack) {
  lagging.config.store.in_region_lag = constant_ms(5);
  StoreBench slow{lagging.config};
  const DocumentHandle document_there = slow.open(1);
  StoreAnswer answer;
  sim::Task<StoreAnswer> task = slow.store.update(slow.request(document_there, east));
  slow.processes.start(StoreBench::run_into(std::move(task), &answer, nullptr));
  slow.wait_until(Instant::at(ms(2)));
  slow.store.take_down(east);
  slow.wait_until(Instant::at(ms(7000)));
  EXPECT_EQ(answer.outcome, Outcome::timed_out);
  EXPECT_TRUE(slow.recorder.commits.empty());

  slow.store.bring_up(east);
  slow.wait_until(Instant::at(ms(8000)));

  EXPECT_EQ(slow.recorder.commits.size(), 1u);
  EXPECT_EQ(slow.read(slow.request(document_there, west)).version.ordinal, 1u);
}

TEST_F(TwoWriteRegions, AClockThatIsAheadWinsOverLaterWrites) {
  bench.config.store.conflict_clock.resolution = ms(1);
  bench.config.store.conflict_clock.ahead = {{"East", ms(30)}};
  StoreBench skewed{bench.config};
  const DocumentHandle there = skewed.open(1);
  StoreRequest first = skewed.request(there, east);
  first.update = UpdateBy::replace;
  const StoreAnswer in_east = skewed.update(first);
  skewed.wait_until(Instant::at(ms(20)));
  StoreRequest second = skewed.request(there, west);
  second.update = UpdateBy::replace;
  const StoreAnswer in_west = skewed.update(second);
  skewed.wait_until(Instant::at(ms(100)));

  EXPECT_TRUE(in_west.is_in_conflict);
  EXPECT_EQ(skewed.read(skewed.request(there, west)).version, in_east.version);
}

StoreRequest patch_of(StoreBench& bench, DocumentHandle document, RegionId from,
                      std::uint64_t paths) {
  StoreRequest request = bench.request(document, from);
  request.paths = paths;
  return request;
}

TEST_F(TwoWriteRegions, PatchesMeetOnACommonPathOnly) {
  const StoreAnswer title = bench.update(patch_of(bench, document, west, 0b001));
  const StoreAnswer body = bench.update(patch_of(bench, document, east, 0b110));
  EXPECT_TRUE(bench.recorder.conflicts.empty());

  const StoreAnswer other_body = bench.update(patch_of(bench, document, west, 0b010));

  EXPECT_FALSE(title.is_in_conflict || body.is_in_conflict);
  EXPECT_TRUE(other_body.is_in_conflict);
  ASSERT_EQ(bench.recorder.conflicts.size(), 1u);
  EXPECT_EQ(bench.recorder.conflicts[0].lost, body.version);  // in one second the hub wins
}

// A reader that holds one of two patches has a newer version, and misses the other all the same.
TEST_F(TwoWriteRegions, AReaderMissesAPatchOfAPathThatNothingNewerChanges) {
  bench.update(patch_of(bench, document, west, 0b001));
  const StoreAnswer second = bench.update(patch_of(bench, document, east, 0b010));

  const StoreAnswer read = read_in(east);

  EXPECT_EQ(read.version, second.version);
  EXPECT_EQ(read.truth.versions_behind, 1u);
}

StoreRequest request_of(StoreBench& bench, DocumentHandle document, RegionId from,
                        OperationKind kind) {
  StoreRequest request = bench.request(document, from);
  request.kind = kind;
  request.update = UpdateBy::replace;
  return request;
}

TEST_F(TwoWriteRegions, ADeleteWinsOverALaterUpdateThatHasNotSeenIt) {
  const StoreAnswer deleted =
      bench.update(request_of(bench, document, east, OperationKind::delete_));
  bench.wait_until(Instant::at(ms(30)));
  const StoreAnswer updated =
      bench.update(request_of(bench, document, west, OperationKind::update));
  bench.wait_until(Instant::at(ms(200)));

  EXPECT_EQ(updated.outcome, Outcome::ok);
  ASSERT_EQ(bench.recorder.conflicts.size(), 1u);
  EXPECT_EQ(bench.recorder.conflicts[0].winner, deleted.version);
  for (const RegionId region : {west, east, south}) EXPECT_FALSE(read_in(region).found);
  EXPECT_EQ(bench.update(request_of(bench, document, west, OperationKind::update)).outcome,
            Outcome::not_found);
}

TEST_F(TwoWriteRegions, AnInsertAfterADeleteIsThereAgainAndAnotherIsRefused) {
  bench.update(request_of(bench, document, east, OperationKind::delete_));
  bench.wait_until(Instant::at(ms(60)));

  const StoreAnswer inserted =
      bench.update(request_of(bench, document, west, OperationKind::insert));
  const StoreAnswer again = bench.update(request_of(bench, document, west, OperationKind::insert));

  EXPECT_EQ(inserted.outcome, Outcome::ok);
  EXPECT_EQ(again.outcome, Outcome::conflict);
  EXPECT_TRUE(read_in(west).found);
  EXPECT_FALSE(read_in(east).found);
  EXPECT_TRUE(bench.recorder.conflicts.empty());
}

TEST(WriteRegions, OneAloneIsTheUsualStore) {
  WorldConfig world = calm_world();
  world.store.write_regions = {"West"};
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);

  EXPECT_EQ(bench.update(bench.request(document, east)).served_by, west);
  EXPECT_EQ(bench.recorder.commits[0].version.lsn, 1u);
}

}  // namespace
}  // namespace seatrial::models
