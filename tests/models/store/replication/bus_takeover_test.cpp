// The event bus when its producer goes down, another takes over, or the partition splits.
#include <gtest/gtest.h>

#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// A batch closes after 5 ms and is stored 2 ms later; East is 10 ms away, South 100 ms.
WorldConfig bus_world(Duration linger = ms(5)) {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(10);   // West <> East
  world.regions.links[1].one_way = constant_ms(100);  // West <> South
  world.regions.links[2].one_way = constant_ms(100);  // East <> South
  world.store.election = ms(500);
  world.store.failover.present = true;
  world.store.failover.after = ms(50);
  world.store.failover.to = {"East"};
  world.store.replication = planned([linger](ReplicationPlan& plan) {
    BusPlan bus;
    bus.partitions = 1;
    bus.linger = linger;
    bus.publish = constant_ms(2);
    bus.poll_delay = Duration{};
    plan.ways = {Way::link, Way::bus, Way::bus};
    plan.bus = bus;
  });
  return world;
}

std::uint64_t ordinal_in(StoreBench& bench, DocumentHandle document, RegionId region) {
  return bench.read(bench.request(document, region)).version.ordinal;
}

void take_down_at(StoreBench& bench, std::int64_t at) {
  bench.wait_until(Instant::at(ms(at)));
  bench.store.take_down(west);
}

TEST(BusTakeover, WhatTheProducerHadNotSentIsLostWithIt) {
  StoreBench bench{bus_world()};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  take_down_at(bench, 4);
  bench.wait_until(Instant::at(ms(1000)));
  bench.store.bring_up(west);
  bench.wait_until(Instant::at(ms(2000)));

  ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
  EXPECT_EQ(bench.recorder.takeovers[0].lost, 1u);
  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(ordinal_in(bench, document, region), 0u);
  }
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).bus_published, 0u);
}

// Stored at 7 ms, in East at 17 ms; West is down at 20 ms and given up at 70 ms.
TEST(BusTakeover, WhatIsOnTheBusStillArrivesWhenItSurvives) {
  StoreBench bench{bus_world()};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  take_down_at(bench, 20);

  bench.wait_until(Instant::at(ms(107) - Duration::nanoseconds(1)));
  ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
  EXPECT_EQ(bench.recorder.takeovers[0].lost, 0u);
  EXPECT_EQ(ordinal_in(bench, document, south), 0u);
  bench.wait_until(Instant::at(ms(107)));
  EXPECT_EQ(ordinal_in(bench, document, south), 1u);
}

// Stored at 7 ms, and East reads nothing while it is cut off.
TEST(BusTakeover, WhatIsOnTheBusChangesNothingWhenItsEntryIsLost) {
  StoreBench bench{bus_world()};
  bench.network.cut(LinkEnds{west, east, true}, Instant{});
  bench.network.cut(LinkEnds{south, east, true}, Instant{});
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  take_down_at(bench, 20);
  bench.wait_until(Instant::at(ms(2000)));

  ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
  EXPECT_EQ(bench.recorder.takeovers[0].lost, 1u);
  EXPECT_EQ(ordinal_in(bench, document, south), 0u);
  const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
  EXPECT_EQ(seen.bus_published, 0u);
  EXPECT_EQ(seen.bus_waiting, 0u);
}

TEST(BusTakeover, TheNewWriteRegionPublishes) {
  StoreBench bench{bus_world()};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  take_down_at(bench, 20);
  bench.wait_until(Instant::at(ms(10'000)));
  bench.store.bring_up(west);
  bench.wait_until(Instant::at(ms(20'000)));

  const StoreAnswer written = bench.update(bench.request(document, east));
  const Instant stored = written.answered + ms(5 + 2);
  bench.wait_until(stored + ms(10) - Duration::nanoseconds(1));
  EXPECT_EQ(ordinal_in(bench, document, west), 1u);
  bench.wait_until(stored + ms(10));
  EXPECT_EQ(ordinal_in(bench, document, west), 2u);
  bench.wait_until(stored + ms(100) - Duration::nanoseconds(1));
  EXPECT_EQ(ordinal_in(bench, document, south), 1u);
  bench.wait_until(stored + ms(100));
  EXPECT_EQ(ordinal_in(bench, document, south), 2u);

  const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
  EXPECT_EQ(seen.bus_published, 2u);
  EXPECT_EQ(seen.bus_applied, 4u);
  EXPECT_EQ(seen.bus_waiting, 0u);
}

// The batch is still open when the primary crashes; whoever is elected has the entry in its log.
TEST(BusTakeover, AnElectedPrimarySendsWhatTheOldOneHadNot) {
  int elections = 0;
  for (std::uint64_t fault = 0; fault < 20; ++fault) {
    StoreBench bench{bus_world(ms(1000))};
    const DocumentHandle document = bench.open(1);
    bench.update(bench.request(document, west));
    bench.wait_until(Instant::at(ms(100)));
    bench.store.crash_replicas(west, 1, fault, ms(60'000));
    bench.wait_until(Instant::at(ms(600)));
    const bool is_election = !bench.recorder.takeovers.empty();
    elections += is_election ? 1 : 0;
    const Instant stored = Instant::at(ms((is_election ? 600 : 0) + 1000 + 2));

    bench.wait_until(stored + ms(10) - Duration::nanoseconds(1));
    EXPECT_EQ(ordinal_in(bench, document, east), 0u);
    bench.wait_until(stored + ms(10));
    EXPECT_EQ(ordinal_in(bench, document, east), 1u);
  }
  EXPECT_GE(elections, 1);
}

// Sends and acknowledgements get lost, consumers fail, and regions go down one after the other.
TEST(BusTakeover, LeavesAllRegionsAlikeAndItsCountsAddUp) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    WorldConfig world = bus_world();
    world.store.partitions = 2;
    world.store.failover.to = {};
    world.store.in_region_lag = exponential_ms(3);
    world.store.replication = planned([](ReplicationPlan& plan) {
      BusPlan bus;
      bus.partitions = 3;
      bus.publish = exponential_ms(20);
      bus.lost = 0.2;
      bus.unacknowledged = 0.2;
      bus.redelivered = 0.2;
      bus.retry_after = ms(20);
      bus.poll_delay = ms(40);
      plan.ways = {Way::link, Way::bus, Way::bus};
      plan.bus = bus;
    });
    StoreBench bench{world, seed};
    std::vector<DocumentHandle> documents;
    for (std::uint64_t i = 0; i < 10; ++i) documents.push_back(bench.open(i));
    const RegionId faulty[] = {west, east, south, west};
    for (std::int64_t round = 0; round < 4; ++round) {
      const RegionId region = faulty[round];
      const Instant down = Instant::at(ms(1000 + round * 3000 + static_cast<std::int64_t>(seed)));
      bench.simulation.schedule(down, [&bench, region] { bench.store.take_down(region); });
      bench.simulation.schedule(down + ms(1500),
                                [&bench, region] { bench.store.bring_up(region); });
    }
    std::uint64_t acknowledged = 0;
    for (std::int64_t at = 0; at < 13'000; at += 11) {
      bench.wait_until(std::max(Instant::at(ms(at)), bench.simulation.now()));
      StoreRequest request = bench.request(documents[static_cast<std::size_t>(at % 10)], south);
      request.deadline = bench.simulation.now() + ms(1100);
      acknowledged += bench.update(request).outcome == Outcome::ok ? 1 : 0;
    }
    bench.wait_until(bench.simulation.now() + ms(30'000));

    EXPECT_GT(acknowledged, 50u);
    EXPECT_GE(bench.recorder.takeovers.size(), 4u);
    for (const DocumentHandle document : documents) {
      const std::uint64_t ordinal = ordinal_in(bench, document, west);
      EXPECT_EQ(ordinal_in(bench, document, east), ordinal) << "seed " << seed;
      EXPECT_EQ(ordinal_in(bench, document, south), ordinal) << "seed " << seed;
    }
    std::uint64_t lost = 0;
    for (const TakeoverObserved& seen : bench.recorder.takeovers) lost += seen.lost;
    const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
    EXPECT_EQ(seen.bus_published, bench.recorder.commits.size() - lost) << "seed " << seed;
    EXPECT_EQ(seen.bus_waiting, 0u) << "seed " << seed;
    EXPECT_EQ(seen.bus_applied, 2 * seen.bus_published) << "seed " << seed;
  }
}

TEST(BusSplit, GivesBothPartsWhatIsUnderWayAndCountsItOnce) {
  StoreBench bench{bus_world()};
  std::vector<DocumentHandle> documents;
  for (std::uint64_t i = 0; i < 20; ++i) documents.push_back(bench.open(i));
  std::vector<StoreAnswer> written;
  for (const DocumentHandle document : documents) {
    written.push_back(bench.update(bench.request(document, west)));
  }

  bench.store.split(PartitionId{0});
  ASSERT_EQ(bench.store.partitions(), 3u);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    EXPECT_EQ(ordinal_in(bench, documents[i], east), 0u);
    if (i < 10) bench.update(bench.request(documents[i], west));
  }
  bench.wait_until(Instant::at(ms(17)));
  for (std::size_t i = 0; i < documents.size(); ++i) {
    StoreRequest request = bench.request(documents[i], east);
    request.token = written[i].token;
    const StoreAnswer read = bench.read(request);
    EXPECT_EQ(read.version.ordinal, i < 10 ? 2u : 1u);
    EXPECT_EQ(read.answered, Instant::at(ms(17)));
  }
  bench.wait_until(Instant::at(ms(107)));

  const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
  EXPECT_EQ(seen.bus_published, 30u);
  EXPECT_EQ(seen.bus_applied, 60u);
  EXPECT_EQ(seen.bus_waiting, 0u);
}

}  // namespace
}  // namespace seatrial::models
