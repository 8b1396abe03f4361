// A tier of memory loses its primary: what was acknowledged and not durable is gone, exactly.
#include <gtest/gtest.h>

#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// Flushes begin at each second and take 50 ms.
WorldConfig tiered_world() {
  WorldConfig world = calm_world();
  world.store.in_region_lag = constant_ms(5);
  world.store.election = ms(500);
  world.store.replication = planned([](ReplicationPlan& plan) {
    TierPlan tier;
    tier.flush_every = ms(1000);
    tier.flush = constant_ms(50);
    tier.hot_for = ms(60'000);
    tier.cold_read = constant_ms(30);
    plan.tier = tier;
  });
  return world;
}

StoreAnswer update_at(StoreBench& bench, DocumentHandle document, std::int64_t at) {
  bench.wait_until(Instant::at(ms(at)));
  return bench.update(bench.request(document, west));
}

StoreAnswer read_in(StoreBench& bench, DocumentHandle document, RegionId region,
                    SessionToken token = {}) {
  StoreRequest request = bench.request(document, region);
  request.token = token;
  return bench.read(request);
}

std::uint64_t lost_in(const StoreBench& bench) {
  std::uint64_t lost = 0;
  for (const TakeoverObserved& seen : bench.recorder.takeovers) lost += seen.lost;
  return lost;
}

constexpr std::int64_t all = 4;

TEST(TierMemory, GoesWithThePrimaryAndLeavesWhatIsDurable) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer durable = update_at(bench, document, 400);
  const StoreAnswer lost = update_at(bench, document, 1100);
  bench.wait_until(Instant::at(ms(1500)));

  bench.store.crash_replicas(west, all, 1, ms(300));
  EXPECT_EQ(bench.store.at_risk(west, bench.simulation.now()).first, 0u);
  bench.wait_until(Instant::at(ms(1900)));

  ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
  const TakeoverObserved& seen = bench.recorder.takeovers.front();
  EXPECT_EQ(seen.at, Instant::at(ms(1500)));
  EXPECT_EQ(seen.epoch, 2u);
  EXPECT_EQ(seen.from, west);
  EXPECT_EQ(seen.to, west);
  EXPECT_EQ(seen.survived, 1u);
  EXPECT_EQ(seen.lost, 1u);
  EXPECT_EQ(seen.oldest_lost, Instant::at(ms(1100)));
  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(read_in(bench, document, region, durable.token).version, durable.version);
    EXPECT_NE(read_in(bench, document, region, lost.token).outcome, Outcome::ok);
  }
  const StoreAnswer next = bench.update(bench.request(document, west));
  EXPECT_EQ(next.version, (Version{2, 2, 2}));
  EXPECT_NE(read_in(bench, document, west, lost.token).outcome, Outcome::ok) << "its LSN is given";
}

TEST(TierMemory, IsNotSavedByAFlushThatIsUnderWay) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  update_at(bench, document, 400);
  bench.wait_until(Instant::at(ms(1049)));

  bench.store.crash_replicas(west, all, 1, ms(300));
  bench.wait_until(Instant::at(ms(3000)));

  EXPECT_EQ(lost_in(bench), 1u);
  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(read_in(bench, document, region).version, Version{});
  }
}

TEST(TierMemory, ThatIsEmptyLosesNothingAndBeginsNoEpoch) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  update_at(bench, document, 400);
  bench.wait_until(Instant::at(ms(1050)));

  bench.store.crash_replicas(west, all, 1, ms(300));
  bench.wait_until(Instant::at(ms(3000)));

  EXPECT_TRUE(bench.recorder.takeovers.empty());
  EXPECT_EQ(read_in(bench, document, east).version, (Version{1, 1, 1}));
}

TEST(TierMemory, GoesWithTheHeatOfItsDocuments) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  update_at(bench, document, 400);
  bench.wait_until(Instant::at(ms(1500)));
  const Instant hot = bench.simulation.now();
  EXPECT_EQ(read_in(bench, document, west).answered - hot, Duration{});

  bench.store.crash_replicas(west, all, 1, ms(300));
  bench.wait_until(Instant::at(ms(2000)));

  EXPECT_EQ(read_in(bench, document, west).answered - Instant::at(ms(2000)), ms(30));
}

// Secondaries are 10 s behind; the backend is not.
TEST(TierMemory, IsReplacedByAnElectedPrimaryWithWhatTheBackendHas) {
  int elections = 0;
  for (std::uint64_t fault = 0; fault < 20; ++fault) {
    WorldConfig world = tiered_world();
    world.store.in_region_lag = constant_ms(10'000);
    StoreBench bench{world};
    const DocumentHandle document = bench.open(1);
    const StoreAnswer durable = update_at(bench, document, 400);
    update_at(bench, document, 1100);
    bench.wait_until(Instant::at(ms(1500)));

    bench.store.crash_replicas(west, 1, fault, ms(5000));
    bench.wait_until(Instant::at(ms(2100)));
    if (bench.recorder.takeovers.empty()) continue;  // a secondary
    ++elections;

    ASSERT_EQ(bench.recorder.takeovers.size(), 2u);
    EXPECT_EQ(bench.recorder.takeovers[0].lost, 1u);
    EXPECT_EQ(bench.recorder.takeovers[1].at, Instant::at(ms(2000)));
    EXPECT_EQ(bench.recorder.takeovers[1].lost, 0u);
    EXPECT_EQ(bench.recorder.takeovers[1].survived, 1u);
    EXPECT_EQ(read_in(bench, document, west, durable.token).version, durable.version);
    EXPECT_EQ(bench.update(bench.request(document, west)).version, (Version{3, 2, 2}));
  }
  EXPECT_GE(elections, 1);
}

TEST(TierMemory, OfAPrimaryThatIsBackBeforeAnElectionIsGoneAllTheSame) {
  int primaries = 0;
  for (std::uint64_t fault = 0; fault < 20; ++fault) {
    StoreBench bench{tiered_world()};
    const DocumentHandle document = bench.open(1);
    update_at(bench, document, 400);
    update_at(bench, document, 1100);
    bench.wait_until(Instant::at(ms(1500)));
    bench.store.crash_replicas(west, 1, fault, ms(100));
    bench.wait_until(Instant::at(ms(3500)));

    if (bench.recorder.takeovers.empty()) continue;
    ++primaries;
    ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
    EXPECT_EQ(bench.recorder.takeovers[0].lost, 1u);
    for (const RegionId region : {west, east, south}) {
      EXPECT_EQ(read_in(bench, document, region).version, (Version{1, 1, 1}));
    }
  }
  EXPECT_GE(primaries, 1);
}

// 200 ms to East and South. Durable at 1,050 and 2,050.
WorldConfig tiered_failover() {
  WorldConfig world = tiered_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(200);
  world.store.failover.present = true;
  world.store.failover.after = ms(2000);
  world.store.failover.to = {"East"};
  return world;
}

TEST(TierMemory, ATakeoverByAnotherRegionLosesWhatHadNotComeToIt) {
  for (const std::int64_t down : {1049, 1060, 1300}) {
    WorldConfig world = tiered_failover();
    world.store.replication_lag.link = constant_ms(100);  // kept back in West
    StoreBench bench{world};
    const DocumentHandle document = bench.open(1);
    update_at(bench, document, 400);
    bench.wait_until(Instant::at(ms(down)));
    bench.store.take_down(west);
    bench.wait_until(Instant::at(ms(down + 2500)));

    EXPECT_EQ(lost_in(bench), down == 1300 ? 0u : 1u) << down;
    EXPECT_EQ(bench.recorder.takeovers.back().to, east);
    for (const RegionId region : {east, south}) {
      EXPECT_EQ(read_in(bench, document, region).version.ordinal, down == 1300 ? 1u : 0u) << down;
    }
  }
}

TEST(TierMemory, OfTheNewWriteRegionIsFlushedBeforeOthersGetIt) {
  StoreBench bench{tiered_failover()};
  const DocumentHandle document = bench.open(1);
  update_at(bench, document, 400);
  bench.wait_until(Instant::at(ms(1300)));
  bench.store.take_down(west);
  bench.wait_until(Instant::at(ms(5000)));
  bench.store.bring_up(west);
  bench.wait_until(Instant::at(ms(10'400)));

  const StoreAnswer written = bench.update(bench.request(document, east));
  EXPECT_EQ(written.version, (Version{2, 2, 2}));
  const Instant answered = written.answered;
  EXPECT_EQ(bench.store.at_risk(east, answered).first, 1u);
  EXPECT_EQ(bench.store.at_risk(west, answered).first, 0u);
  const Instant flushed = Instant::at(ms(1000)) + ms(answered.ns() / 1'000'000'000 * 1000) + ms(50);
  for (const RegionId region : {south, west}) {
    bench.wait_until(flushed + ms(199));
    EXPECT_EQ(read_in(bench, document, region).version.ordinal, 1u);
  }
  bench.wait_until(flushed + ms(206));
  for (const RegionId region : {south, west}) {
    EXPECT_EQ(read_in(bench, document, region).version.ordinal, 2u);
  }
}

// What an outsider who knows the flushes expects of the commits.
TEST(TierMemory, LosesExactlyTheAcknowledgedWritesThatWereNotDurable) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    WorldConfig world = tiered_world();
    world.store.partitions = 3;
    StoreBench bench{world, seed};
    std::vector<DocumentHandle> documents;
    for (std::uint64_t i = 0; i < 12; ++i) documents.push_back(bench.open(i));
    const auto crash = static_cast<std::int64_t>(3000 + seed * 97);
    for (std::int64_t at = 1; at < crash; at += 7) {
      update_at(bench, documents[static_cast<std::size_t>(at) % documents.size()], at);
    }
    bench.wait_until(Instant::at(ms(crash)));
    bench.store.crash_replicas(west, all, 1, ms(10));
    std::uint64_t not_durable = 0;
    for (const CommitObserved& commit : bench.recorder.commits) {
      const std::int64_t flush = commit.committed.ns() / 1'000'000'000 + 1;
      if (ms(flush * 1000 + 50) > commit.committed.since_start() &&
          Instant::at(ms(flush * 1000 + 50)) > Instant::at(ms(crash))) {
        ++not_durable;
      }
    }
    std::vector<std::uint64_t> survived(documents.size(), 0);
    for (const CommitObserved& commit : bench.recorder.commits) {
      const std::int64_t flush = commit.committed.ns() / 1'000'000'000 + 1;
      if (flush * 1000 + 50 <= crash) ++survived[commit.document.owner];
    }

    EXPECT_EQ(lost_in(bench), not_durable) << "seed " << seed;
    bench.wait_until(Instant::at(ms(crash + 5000)));
    for (std::size_t i = 0; i < documents.size(); ++i) {
      for (const RegionId region : {west, east, south}) {
        EXPECT_EQ(read_in(bench, documents[i], region).version.ordinal, survived[i]);
      }
    }
  }
}

TEST(TierMemory, IsFlushedBeforeItsPartitionSplits) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  update_at(bench, document, 400);

  bench.store.split(PartitionId{0});
  EXPECT_EQ(bench.store.partitions(), 1u);
  bench.wait_until(Instant::at(ms(500)));
  const StoreAnswer waited = bench.update(bench.request(document, west));
  EXPECT_EQ(waited.answered, Instant::at(ms(1050) + Duration::nanoseconds(1)))
      << "just after the flush";
  EXPECT_EQ(bench.store.partitions(), 3u);
  EXPECT_EQ(bench.store.at_risk(west, waited.answered).first, 1u);
  bench.wait_until(Instant::at(ms(1500)));
  bench.store.crash_replicas(west, all, 1, ms(10));
  bench.wait_until(Instant::at(ms(3000)));

  EXPECT_EQ(lost_in(bench), 1u) << "in the partition that has it, alone";
  EXPECT_EQ(read_in(bench, document, east).version, (Version{1, 1, 1}));
}

}  // namespace
}  // namespace seatrial::models
