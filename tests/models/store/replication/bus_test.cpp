// The event bus: batches, polls, duplicates, order, and that nothing is lost or counted twice.
#include <gtest/gtest.h>

#include <cmath>

#include "models/store/message_names.hpp"
#include "models/store/replication/bus_feed.hpp"
#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

BusPlan plain_bus() {
  BusPlan bus;
  bus.partitions = 1;
  bus.linger = ms(5);
  bus.publish = constant_ms(2);
  bus.poll_delay = Duration{};
  return bus;
}

// Both other regions get the log over the bus; links take 10 ms.
WorldConfig bus_world(const BusPlan& bus) {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(10);
  world.store.replication = planned([bus](ReplicationPlan& plan) {
    plan.ways = {Way::link, Way::bus, Way::bus};
    plan.bus = bus;
  });
  return world;
}

std::uint64_t ordinal_in(StoreBench& bench, DocumentHandle document, RegionId region) {
  return bench.read(bench.request(document, region)).version.ordinal;
}

TEST(EventBus, SendsABatchWhenItHasLingered) {
  StoreBench bench{bus_world(plain_bus())};
  const DocumentHandle document = bench.open(1);

  bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(5 + 2 + 10) - Duration::nanoseconds(1)));
  EXPECT_EQ(ordinal_in(bench, document, east), 0u);
  bench.wait_until(Instant::at(ms(5 + 2 + 10)));
  EXPECT_EQ(ordinal_in(bench, document, east), 1u);
}

TEST(EventBus, SendsABatchAtOnceWhenItIsFull) {
  BusPlan bus = plain_bus();
  bus.batch = 2 * (header_bytes + 100);
  StoreBench bench{bus_world(bus)};
  const DocumentHandle document = bench.open(1);

  bench.update(bench.request(document, west));
  bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(2 + 10)));

  EXPECT_EQ(ordinal_in(bench, document, east), 2u);
}

TEST(EventBus, IsPolledAgainAfterTheDelayOfAnEmptyRead) {
  BusPlan bus = plain_bus();
  bus.poll_delay = ms(1000);
  StoreBench bench{bus_world(bus)};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));

  std::int64_t arrived = 0;
  while (ordinal_in(bench, document, east) == 0) bench.wait_until(Instant::at(ms(++arrived)));

  EXPECT_GE(arrived, 5 + 2 + 10);
  EXPECT_LE(arrived, 1000 + 5 + 2 + 10);
}

TEST(EventBus, LetsEventsOfOtherPartitionsOvertakeAndKeepsTheOrderOfEach) {
  BusPlan bus = plain_bus();
  bus.partitions = 4;
  bus.publish = exponential_ms(50);
  bus.linger = Duration{};
  StoreBench bench{bus_world(bus)};
  std::vector<DocumentHandle> documents;
  for (std::uint64_t i = 0; i < 40; ++i) documents.push_back(bench.open(i));
  for (int round = 0; round < 2; ++round) {
    for (const DocumentHandle document : documents) bench.update(bench.request(document, west));
  }

  int overtaken = 0, gaps = 0;
  std::vector<std::uint64_t> seen(documents.size(), 0);
  for (std::int64_t at = 1; at < 2000; at += 10) {
    bench.wait_until(Instant::at(ms(at)));
    for (std::size_t i = 0; i < documents.size(); ++i) {
      const std::uint64_t ordinal = ordinal_in(bench, documents[i], east);
      EXPECT_GE(ordinal, seen[i]) << "a document goes back";
      seen[i] = ordinal;
      if (i > 0 && ordinal > seen[i - 1]) ++overtaken;
      if (ordinal > 2) ++gaps;
    }
  }

  EXPECT_GT(overtaken, 0);
  EXPECT_EQ(gaps, 0);
  EXPECT_EQ(seen, std::vector<std::uint64_t>(documents.size(), 2));
}

TEST(EventBus, LosesNothingAndAppliesEveryEventOnce) {
  BusPlan bus = plain_bus();
  bus.lost = 0.2;
  bus.unacknowledged = 0.3;
  bus.redelivered = 0.25;
  bus.retry_after = ms(20);
  StoreBench bench{bus_world(bus)};
  constexpr int writes = 2000;
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < writes; ++i) {
    bench.wait_until(Instant::at(ms(10 * (i + 1))));
    bench.update(bench.request(document, west));
  }
  const ReplicationObserved before = bench.store.replication(bench.simulation.now());
  bench.wait_until(bench.simulation.now() + ms(60'000));
  const ReplicationObserved after = bench.store.replication(bench.simulation.now());

  EXPECT_EQ(before.bus_published, static_cast<std::uint64_t>(writes));
  EXPECT_EQ(before.bus_published * 2, before.bus_applied + before.bus_waiting);
  EXPECT_GT(before.bus_waiting, 0u);
  EXPECT_EQ(after.bus_applied, static_cast<std::uint64_t>(writes) * 2);
  EXPECT_EQ(after.bus_waiting, 0u);
  EXPECT_EQ(after.bus_delivered, after.bus_applied + after.bus_duplicates);
  // Of a batch 1 / (1 - u) copies are stored, u of those that arrive being unacknowledged, and a
  // consumer reads r / (1 - r) more.
  const double expected = 0.3 / 0.7 * 1 + 0.25 / 0.75;
  const double share =
      static_cast<double>(after.bus_duplicates) / static_cast<double>(after.bus_applied);
  EXPECT_NEAR(share, expected, 0.1);
}

TEST(EventBus, HoldsEventsOfANewVersionUntilConsumersAreUpgraded) {
  BusPlan bus = plain_bus();
  bus.upgrade_phase = "upgrade";
  WorldConfig world = bus_world(bus);
  PhaseConfig before, upgrade, after;
  before.name = "before";
  before.length = ms(1000);
  upgrade.name = "upgrade";
  upgrade.length = ms(3000);
  after.name = "after";
  after.length = ms(1000);
  world.phases = {before, upgrade, after};
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);

  bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(1500)));
  bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(3900)));
  EXPECT_EQ(ordinal_in(bench, document, east), 1u) << "the old version is understood";
  bench.wait_until(Instant::at(ms(4000 + 10)));
  EXPECT_EQ(ordinal_in(bench, document, east), 2u);
}

// The n-th write of the test, committed then.
LogEntry entry_at(std::uint32_t n, Instant committed) {
  LogEntry entry;
  entry.write = OperationName{SessionId{7}, n};
  entry.committed = committed;
  entry.bytes = 600;
  return entry;
}

// A bus as the plan says, without a store around it.
struct LoneBus {
  explicit LoneBus(WorldConfig world, BusPlan bus)
      : random{1, 0},
        network{world.regions, random},
        lag{world.store, network, random, west, plan_of(std::move(bus))},
        feed{network, lag, random, 0} {
    feed.add_consumer(east);
  }
  static ReplicationPlan plan_of(BusPlan bus) {
    ReplicationPlan plan;
    plan.bus = std::move(bus);
    return plan;
  }
  Duration delay_of(std::uint64_t lsn, const LogEntry& entry) {
    feed.publish(lsn, entry, entry.committed);
    return *feed.at_door(lsn, east, entry.committed + ms(600'000)) - entry.committed;
  }

  sim::RandomSource random;
  Network network;
  ReplicaLag lag;
  BusFeed feed;
};

// A poll that finds nothing takes a round trip and then the delay: a write waits for U(0, both).
TEST(EventBus, PollsOnceForEachDelayAndRoundTrip) {
  BusPlan bus = plain_bus();
  bus.poll_delay = ms(200);
  WorldConfig world = bus_world(bus);
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(100);
  LoneBus lone{world, bus};
  const sim::StreamKey moments = lone.random.key(sim::Purpose{"test/moments"});

  constexpr int writes = 4000;
  double sum = 0, squares = 0;
  Instant at;
  for (int i = 1; i <= writes; ++i) {
    const auto lsn = static_cast<std::uint64_t>(i);
    sim::Stream moment{moments, lsn};
    const double beyond = moment.uniform() * 400e6;
    at = at + ms(2000) + Duration::nanoseconds(static_cast<std::int64_t>(beyond));
    const Duration delay = lone.delay_of(lsn, entry_at(static_cast<std::uint32_t>(i), at));
    const double waited = static_cast<double>((delay - ms(5 + 2 + 100)).ns()) / 1e6;
    EXPECT_GE(waited, 0);
    EXPECT_LE(waited, 400);
    sum += waited;
    squares += waited * waited;
  }
  const double mean = sum / writes;
  const double deviation = std::sqrt(squares / writes - mean * mean);
  const double expected = 400 / std::sqrt(12.0);
  EXPECT_NEAR(mean, 200, 4 * expected / std::sqrt(writes));
  EXPECT_NEAR(deviation, expected, 4 * expected / std::sqrt(2.0 * writes));
}

TEST(EventBus, DelaysAnEventByTheWorkAtBothEndsAndWhatFollowsInItsQueue) {
  LoneBus lone{bus_world(plain_bus()), plain_bus()};
  LogEntry heavy = entry_at(1, Instant::at(ms(1000)));
  heavy.work_each_end = 100'000'000;

  EXPECT_EQ(lone.delay_of(1, heavy), ms(5 + 2 + 10 + 200));
  EXPECT_EQ(lone.delay_of(2, entry_at(2, Instant::at(ms(1050)))), ms(200 - 50 + 5 + 2 + 10));
  EXPECT_EQ(lone.delay_of(3, entry_at(3, Instant::at(ms(1300)))), ms(5 + 2 + 10));
}

TEST(EventBus, DelaysByTheWorkWhateverHasBeenForgotten) {
  LoneBus lone{bus_world(plain_bus()), plain_bus()};
  LogEntry heavy = entry_at(1, Instant::at(ms(1000)));
  heavy.work_each_end = 100'000'000;

  EXPECT_EQ(lone.delay_of(1, heavy), ms(5 + 2 + 10 + 200));
  lone.feed.forget(1, east);
  EXPECT_EQ(lone.delay_of(2, entry_at(2, Instant::at(ms(1050)))), ms(200 - 50 + 5 + 2 + 10));
}

TEST(EventBus, DelaysByTheLagOfTheLinkAndKeepsTheOrder) {
  BusPlan bus = plain_bus();
  WorldConfig world = bus_world(bus);
  world.store.replication_lag.link = constant_ms(300);
  EXPECT_EQ((LoneBus{world, bus}.delay_of(1, entry_at(1, Instant::at(ms(1000))))),
            ms(5 + 2 + 10 + 300));

  world.store.replication_lag.link = exponential_ms(300);
  world.store.replication_lag.varies_every = ms(50);
  LoneBus lone{world, bus};
  Instant before;
  int varies = 0;
  for (std::uint32_t i = 1; i <= 1000; ++i) {
    const LogEntry entry = entry_at(i, Instant::at(ms(std::int64_t{i} * 20)));
    const Instant arrived = entry.committed + lone.delay_of(i, entry);
    EXPECT_GE(arrived, before);
    if (arrived - before > ms(100)) ++varies;
    before = arrived;
  }
  EXPECT_GT(varies, 0);
}

}  // namespace
}  // namespace seatrial::models
