// What a read asks for at each consistency level, and what a write needs.
#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig account_at(Consistency level) {
  WorldConfig world = calm_world();
  world.store.consistency = level;
  return world;
}

TEST(ReadLevel, DecidesHowManyReplicasAreAskedAndPaid) {
  const auto attempts = [](Consistency account, ReadLevel level) {
    StoreBench bench{account_at(account)};
    StoreRequest request = bench.request(bench.open(1), east);
    request.level = level;
    const StoreAnswer read = bench.read(request);
    EXPECT_EQ(read.ru.thousandths, 1000 * read.attempts);
    return int{read.attempts};
  };

  EXPECT_EQ(attempts(Consistency::strong, ReadLevel::account), 2);
  EXPECT_EQ(attempts(Consistency::bounded_staleness, ReadLevel::account), 2);
  EXPECT_EQ(attempts(Consistency::session, ReadLevel::account), 1);
  EXPECT_EQ(attempts(Consistency::consistent_prefix, ReadLevel::account), 1);
  EXPECT_EQ(attempts(Consistency::eventual, ReadLevel::account), 1);
  EXPECT_EQ(attempts(Consistency::strong, ReadLevel::eventual), 1);
  EXPECT_EQ(attempts(Consistency::session, ReadLevel::local_quorum), 2);
}

TEST(ReadLevel, BelowSessionHeedsNoToken) {
  for (const ReadLevel level : {ReadLevel::eventual, ReadLevel::consistent_prefix}) {
    StoreBench bench{account_at(Consistency::session)};
    StoreRequest request = bench.request(bench.open(1), east);
    request.level = level;
    request.token = SessionToken{1, 99};

    EXPECT_EQ(bench.read(request).outcome, Outcome::ok);
  }
}

// Three of four replicas acknowledge; the fourth is late.
struct LastReplica {
  int reads = 0;
  int stale = 0;
};

LastReplica read_after_each_write(ReadLevel level, RegionId reader) {
  WorldConfig world = account_at(Consistency::session);
  world.store.in_region_lag = exponential_ms(5);
  world.store.read_from = ReadFrom::any_replica;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  LastReplica seen;
  for (int i = 0; i < 400; ++i) {
    bench.update(bench.request(document, west));
    StoreRequest request = bench.request(document, reader);
    request.level = level;
    const StoreAnswer read = bench.read(request);
    ++seen.reads;
    if (read.truth.versions_behind > 0) ++seen.stale;
    EXPECT_TRUE(read.truth.allowed);
  }
  return seen;
}

TEST(LocalQuorum, ReadsEveryAcknowledgedWriteInTheWriteRegionWithoutAToken) {
  EXPECT_EQ(read_after_each_write(ReadLevel::local_quorum, west).stale, 0);
  EXPECT_GT(read_after_each_write(ReadLevel::account, west).stale, 60) << "about a quarter";
}

TEST(LocalQuorum, PromisesNothingInAReadRegion) {
  EXPECT_GT(read_after_each_write(ReadLevel::local_quorum, east).stale, 100);
}

// Entries apply as they arrive; East has the second without the first.
TEST(ConsistentPrefix, NeverReturnsWhatComesAfterAGap) {
  const auto newest_read = [](ReadLevel level) {
    WorldConfig world = account_at(Consistency::session);
    world.store.apply_order = ApplyOrder::independent;
    world.store.replication_lag.entry = exponential_ms(50);
    StoreBench bench{world};
    const DocumentHandle document = bench.open(1);
    std::uint64_t gaps = 0;
    for (int i = 0; i < 300; ++i) {
      bench.update(bench.request(document, west));
      bench.wait_until(bench.simulation.now() + ms(10));
      StoreRequest request = bench.request(document, east);
      request.level = level;
      const StoreAnswer read = bench.read(request);
      if (read.version.lsn > read.token.lsn) ++gaps;
    }
    return gaps;
  };

  EXPECT_EQ(newest_read(ReadLevel::consistent_prefix), 0u);
  EXPECT_GT(newest_read(ReadLevel::eventual), 100u);
}

// Writes every 5 ms for a second, then reads in South, which is `lag` behind.
struct Bounded {
  int throttled = 0;
  Duration slowest;
  StoreAnswer last;
};

Bounded write_for_a_second(std::int64_t versions, Duration time, Duration lag) {
  WorldConfig world = account_at(Consistency::bounded_staleness);
  world.store.staleness_bound = {versions, time, LeastBound::none};
  world.store.replication_lag.link = sim::Distribution::constant(static_cast<double>(lag.ns()));
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  Bounded seen;
  for (int i = 0; i < 200; ++i) {
    const Instant asked = bench.simulation.now();
    seen.last = bench.update(bench.request(document, west));
    seen.throttled += seen.last.throttled;
    seen.slowest = std::max(seen.slowest, seen.last.answered - asked);
    bench.wait_until(bench.simulation.now() + ms(5));
  }
  return seen;
}

TEST(BoundedStaleness, LetsWritesThroughWhileEveryRegionIsWithinTheBound) {
  const Bounded calm = write_for_a_second(100, Duration::seconds(5), ms(200));

  EXPECT_EQ(calm.throttled, 0);
  EXPECT_EQ(calm.last.version.ordinal, 200u);
}

TEST(BoundedStaleness, TurnsWritesAwayWhenARegionLacksTooManyVersions) {
  const Bounded full = write_for_a_second(10, Duration::seconds(5), ms(200));

  EXPECT_GT(full.throttled, 20);
  EXPECT_LE(full.slowest, ms(300)) << "the lag, rounded up to the next try";
  EXPECT_EQ(full.last.outcome, Outcome::ok);
  EXPECT_EQ(full.last.version.ordinal, 200u);
}

TEST(BoundedStaleness, TurnsWritesAwayWhenWhatARegionLacksIsTooOld) {
  EXPECT_GT(write_for_a_second(100, ms(50), ms(200)).throttled, 20);
}

TEST(BoundedStaleness, GivesUpAWriteWhenTheRegionStaysBehind) {
  WorldConfig world = account_at(Consistency::bounded_staleness);
  world.store.staleness_bound = {3, Duration::seconds(5), LeastBound::none};
  StoreBench bench{world};
  const std::vector<RegionId> group{south};
  bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < 3; ++i) bench.update(bench.request(document, west));

  const StoreAnswer write = bench.update(bench.request(document, west));

  EXPECT_EQ(write.outcome, Outcome::throttled);
  EXPECT_EQ(write.throttled, 10) << "nine retries";
  EXPECT_EQ(write.ru.thousandths, 0);
  EXPECT_EQ(bench.recorder.commits.size(), 3u);
}

sim::Process write_often(StoreBench* bench, DocumentHandle document) {
  for (int i = 0; i < 300; ++i) {
    const StoreRequest request = bench->request(document, west);
    co_await bench->store.update(request);
    co_await bench->simulation.delay(ms(4));
  }
}

struct Tally {
  int reads = 0;
  int stale = 0;
  int disallowed = 0;
  std::uint64_t most_behind = 0;
};

sim::Process read_often(StoreBench* bench, DocumentHandle document, Tally* tally) {
  for (int i = 0; i < 600; ++i) {
    const StoreRequest request = bench->request(document, i % 2 == 0 ? east : south);
    const StoreAnswer read = co_await bench->store.read(request);
    ++tally->reads;
    if (read.truth.versions_behind > 0) ++tally->stale;
    if (!read.truth.allowed) ++tally->disallowed;
    tally->most_behind = std::max(tally->most_behind, read.truth.versions_behind);
    co_await bench->simulation.delay(ms(2));
  }
}

TEST(BoundedStaleness, ReadsAreStaleButNeverBeyondTheBound) {
  WorldConfig world = account_at(Consistency::bounded_staleness);
  world.store.staleness_bound = {8, Duration::seconds(5), LeastBound::none};
  for (LinkConfig& link : world.regions.links) link.one_way = exponential_ms(10);
  world.regions.same_zone_round_trip = exponential_ms(2);
  world.regions.cross_zone_round_trip = exponential_ms(2);
  world.store.in_region_lag = exponential_ms(10);
  world.store.replication_lag.entry = exponential_ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  Tally tally;
  bench.processes.start(write_often(&bench, document));
  bench.processes.start(read_often(&bench, document, &tally));

  bench.simulation.run();

  EXPECT_EQ(tally.reads, 600);
  EXPECT_GT(tally.stale, 200);
  EXPECT_EQ(tally.disallowed, 0);
  EXPECT_LE(tally.most_behind, 8u);
  EXPECT_GT(tally.most_behind, 2u);
}

}  // namespace
}  // namespace seatrial::models
