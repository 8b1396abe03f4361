// Ways of a log to another region: a limited link, a tier of memory, deltas; and modes that change.
#include <gtest/gtest.h>

#include "models/store/message_names.hpp"
#include "models/store/replication/shipping.hpp"
#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// 10 ms and 6,000 bytes a second from West to East: an entry of a patch of 100 bytes takes 100 ms.
WorldConfig narrow_world() {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(10);
  world.regions.links[0].bytes_per_second = 6000;
  return world;
}

std::uint64_t ordinal_in(StoreBench& bench, DocumentHandle document, RegionId region) {
  return bench.read(bench.request(document, region)).version.ordinal;
}

TEST(LimitedLink, SendsOneEntryAfterTheOther) {
  StoreBench bench{narrow_world()};
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < 3; ++i) bench.update(bench.request(document, west));

  for (std::uint64_t i = 1; i <= 3; ++i) {
    const Instant arrives = Instant::at(ms(100 * static_cast<std::int64_t>(i) + 10));
    bench.wait_until(arrives - Duration::nanoseconds(1));
    EXPECT_EQ(ordinal_in(bench, document, east), i - 1);
    bench.wait_until(arrives);
    EXPECT_EQ(ordinal_in(bench, document, east), i);
  }
}

TEST(LimitedLink, IsSharedByRequestsAndEntries) {
  StoreBench bench{narrow_world()};
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < 5; ++i) bench.update(bench.request(document, west));

  // 500 bytes back to East: behind five entries.
  StoreRequest request = bench.request(document, east);
  request.from_write_region = true;
  request.size = 1;
  const StoreAnswer answer = bench.read(request);
  const Instant back = bench.simulation.now();

  EXPECT_EQ(answer.served_by, west);
  EXPECT_GE(back, Instant::at(ms(500 + 83 + 10)));
}

TEST(LimitedLink, SendsWhatWaitedForARouteInItsOrder) {
  StoreBench bench{narrow_world()};
  const std::vector<RegionId> group{east};
  const NetworkFaultId fault = bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < 3; ++i) bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(1000)));
  bench.network.heal(fault, Instant::at(ms(1000)));

  bench.wait_until(Instant::at(ms(1000 + 200 + 10)));
  EXPECT_EQ(ordinal_in(bench, document, east), 2u);
  bench.wait_until(Instant::at(ms(1000 + 300 + 10)));
  EXPECT_EQ(ordinal_in(bench, document, east), 3u);
}

// Twice as much as the link takes: a write each 50 ms until then.
void write_until(StoreBench& bench, DocumentHandle document, Instant end) {
  for (Instant at = bench.simulation.now() + ms(50); at <= end; at = at + ms(50)) {
    bench.wait_until(at);
    bench.update(bench.request(document, west));
  }
}

TEST(LimitedLink, LosesWhatHadNotLeftWhenTheWriteRegionWentDown) {
  WorldConfig world = narrow_world();
  world.store.failover = {true, ms(60'000), {}};
  world.regions.links[1].bytes_per_second = 6000;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  write_until(bench, document, Instant::at(ms(20'000)));
  bench.wait_until(Instant::at(ms(20'049)));
  bench.store.take_down(west);
  bench.wait_until(Instant::at(ms(81'000)));

  // 400 were written, one each 50 ms; of 100 ms each 199 had left.
  ASSERT_EQ(bench.recorder.takeovers.size(), 1u);
  EXPECT_EQ(bench.recorder.takeovers[0].survived, 199u);
  EXPECT_EQ(bench.recorder.takeovers[0].lost, 400u - 199u);
  EXPECT_EQ(bench.recorder.takeovers[0].oldest_lost, Instant::at(ms(200 * 50)));
}

TEST(LimitedLink, SendsTheRestWhenTheWriteRegionIsBack) {
  StoreBench bench{narrow_world()};
  const DocumentHandle document = bench.open(1);
  write_until(bench, document, Instant::at(ms(1000)));  // 20; 9 have left, at 1,050 ms 10
  bench.wait_until(Instant::at(ms(1040)));
  bench.store.take_down(west);
  bench.wait_until(Instant::at(ms(1500)));  // before all would have left
  EXPECT_EQ(ordinal_in(bench, document, east), 9u);
  bench.store.bring_up(west);

  for (std::uint64_t i = 10; i <= 20; ++i) {
    const Instant arrives = Instant::at(ms(1500 + 100 * static_cast<std::int64_t>(i - 9) + 10));
    bench.wait_until(arrives - Duration::nanoseconds(1));
    EXPECT_EQ(ordinal_in(bench, document, east), i - 1);
    bench.wait_until(arrives);
    EXPECT_EQ(ordinal_in(bench, document, east), i);
  }
}

TEST(LimitedLink, SendsARegionThatIsBackWhatItLacksOneAfterTheOther) {
  StoreBench bench{narrow_world()};
  const DocumentHandle document = bench.open(1);
  write_until(bench, document, Instant::at(ms(1000)));
  bench.wait_until(Instant::at(ms(1040)));
  bench.store.take_down(east);
  write_until(bench, document, Instant::at(ms(2000)));  // 19 more, none at once
  bench.wait_until(Instant::at(ms(5000)));
  bench.store.bring_up(east);

  for (std::uint64_t i = 10; i <= 20 + 19; ++i) {
    const Instant arrives = Instant::at(ms(5000 + 100 * static_cast<std::int64_t>(i - 9) + 10));
    bench.wait_until(arrives - Duration::nanoseconds(1));
    EXPECT_EQ(ordinal_in(bench, document, east), i - 1);
    bench.wait_until(arrives);
    EXPECT_EQ(ordinal_in(bench, document, east), i);
  }
}

TEST(Shipping, IsWhatTheWriteCarriedOrTheChangeOrAllOfIt) {
  ShippingPlan plan;
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 4096).bytes, header_bytes + 4096);
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 100).bytes, header_bytes + 100);
  plan.ship = Ship::delta;
  plan.diff_per_mb = ms(1024);
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 4096).bytes, header_bytes + 100);
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 4096).work_each_end, ms(4));
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 100).work_each_end, Duration{})
      << "a patch is a delta";
  plan.ship = Ship::full;
  plan.compression = 4;
  plan.compress_per_mb = ms(1024);
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 100).bytes, header_bytes + 1024);
  EXPECT_EQ(shipped(plan, OperationKind::update, 4096, 100, 100).work_each_end, ms(4));
}

TEST(Shipping, OfAnInsertIsTheDocumentAndOfADeleteAHeader) {
  ShippingPlan plan;
  for (const Ship ship : {Ship::as_written, Ship::delta, Ship::full}) {
    plan.ship = ship;
    EXPECT_EQ(shipped(plan, OperationKind::insert, 4096, 100, 4096).bytes, header_bytes + 4096);
    EXPECT_EQ(shipped(plan, OperationKind::delete_, 4096, 100, 0).bytes, header_bytes);
  }
}

TEST(Shipping, CountsSmallWorkAndLargeWorkToTheNanosecond) {
  ShippingPlan plan;
  plan.compress_per_mb = Duration::microseconds(1);
  const Bytes half = 512 * 1024;
  EXPECT_EQ(shipped(plan, OperationKind::insert, half, 0, half).work_each_end,
            Duration::nanoseconds(500));
  plan.compress_per_mb = Duration::seconds(1);
  const Bytes largest = 2 * 1024 * 1024;
  EXPECT_EQ(shipped(plan, OperationKind::insert, largest, 0, largest).work_each_end,
            Duration::seconds(2));
}

TEST(Shipping, DelaysAnEntryByTheWorkAtBothEnds) {
  WorldConfig world = calm_world();
  world.store.replication = planned([](ReplicationPlan& plan) {
    plan.shipping.ship = Ship::full;
    plan.shipping.compress_per_mb = ms(10 * 1024);
  });
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));  // 1 KB: 10 ms at each end

  bench.wait_until(Instant::at(ms(19)));
  EXPECT_EQ(ordinal_in(bench, document, east), 0u);
  bench.wait_until(Instant::at(ms(20)));
  EXPECT_EQ(ordinal_in(bench, document, east), 1u);
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).shipping_cpu, ms(30));
}

TierPlan some_tier() {
  TierPlan tier;
  tier.flush_every = ms(1000);
  tier.flush = constant_ms(50);
  tier.hot_for = ms(10'000);
  tier.each_use_adds = ms(6'000);
  tier.hot_at_most = ms(20'000);
  tier.cold_read = constant_ms(30);
  return tier;
}

WorldConfig tiered_world() {
  WorldConfig world = calm_world();
  world.store.in_region_lag = constant_ms(5);
  world.store.replication = planned([](ReplicationPlan& plan) { plan.tier = some_tier(); });
  return world;
}

TEST(TieredStore, AcknowledgesFromMemoryAndSendsWhatIsDurable) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  bench.wait_until(Instant::at(ms(400)));

  const StoreAnswer written = bench.update(bench.request(document, west));
  EXPECT_EQ(written.answered, Instant::at(ms(400))) << "no quorum is waited for";

  bench.wait_until(Instant::at(ms(1049)));
  EXPECT_EQ(bench.store.at_risk(west, bench.simulation.now()),
            std::make_pair(std::uint64_t{1}, ms(649)));
  bench.wait_until(Instant::at(ms(1050)));
  EXPECT_EQ(bench.store.at_risk(west, bench.simulation.now()).first, 0u);
  bench.wait_until(Instant::at(ms(1056)));
  EXPECT_EQ(ordinal_in(bench, document, east), 1u);
}

TEST(TieredStore, AnswersHotDocumentsAtOnceAndColdOnesFromTheBackend) {
  StoreBench bench{tiered_world()};
  const DocumentHandle document = bench.open(1);
  const auto takes = [&](std::int64_t at) {
    bench.wait_until(Instant::at(ms(at)));
    return bench.read(bench.request(document, west)).answered - Instant::at(ms(at));
  };

  EXPECT_EQ(takes(1), ms(30)) << "nobody has used it";
  EXPECT_EQ(takes(10'000), Duration{}) << "used within hot_for";
  EXPECT_EQ(takes(10'100), Duration{});
  EXPECT_EQ(takes(10'200), Duration{});
  EXPECT_EQ(takes(30'000), Duration{}) << "three uses in a row keep it longer";
  EXPECT_EQ(takes(50'001), ms(30)) << "not longer than hot_at_most";
}

TEST(AdaptiveMode, WaitsForRegionsWhileTheyAreLateAndNoLonger) {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(10);
  world.store.replication = planned([](ReplicationPlan& plan) {
    plan.votes = {Vote::none, Vote::must, Vote::must};
    plan.adaptive = AdaptivePlan{ms(500), ms(100)};
  });
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const auto takes = [&](std::int64_t at) {
    bench.wait_until(Instant::at(ms(at)));
    return bench.update(bench.request(document, west)).answered - Instant::at(ms(at));
  };

  EXPECT_EQ(takes(100), Duration{});
  bench.wait_until(Instant::at(ms(200)));
  const std::vector<RegionId> group{south};
  const NetworkFaultId fault = bench.network.partition(group, Instant::at(ms(200)));
  EXPECT_EQ(takes(300), Duration{});
  EXPECT_EQ(takes(700), Duration{}) << "the oldest is 400 ms old";
  bench.simulation.schedule(Instant::at(ms(2000)),
                            [&] { bench.network.heal(fault, Instant::at(ms(2000))); });
  const Duration waited = takes(900);
  EXPECT_GE(waited, ms(1100)) << "it waits for South";
  EXPECT_EQ(takes(3000), Duration{});
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).mode_switches, 2u);
}

TEST(Backup, OfEachPeriodIsCompleteWhenItHasBeenSent) {
  WorldConfig world = calm_world();
  PhaseConfig phase;
  phase.length = ms(100'000);
  world.phases = {phase};
  world.store.backup = {true, ms(10'000), "East", 600};
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  for (int i = 0; i < 10; ++i) bench.update(bench.request(document, west));  // 6,000 bytes: 10 s

  bench.wait_until(Instant::at(ms(19'999)));
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).backups, 0u);
  bench.wait_until(Instant::at(ms(25'000)));
  const ReplicationObserved seen = bench.store.replication(bench.simulation.now());

  EXPECT_EQ(seen.backups, 2u) << "the second cut had nothing to send";
  EXPECT_EQ(seen.backup_bytes, 10 * (header_bytes + 100));
  EXPECT_EQ(seen.oldest_backup_age, ms(20'000));
}

TEST(Backup, FallsBehindWhereChangesAreMoreThanItsRate) {
  WorldConfig world = calm_world();
  PhaseConfig phase;
  phase.length = ms(200'000);
  world.phases = {phase};
  world.store.backup = {true, ms(10'000), "East", 600};
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  // 37 s of sending for each 10 s.
  for (int period = 0; period < 4; ++period) {
    bench.wait_until(Instant::at(ms(10'000 * period + 1000)));
    for (int i = 0; i < 37; ++i) bench.update(bench.request(document, west));
  }

  for (std::int64_t i = 0; i < 3; ++i) {
    const Instant complete = Instant::at(ms(10'000 + 37'000 * (i + 1)));
    bench.wait_until(complete - Duration::nanoseconds(1));
    const auto before = static_cast<std::uint64_t>(i);
    EXPECT_EQ(bench.store.replication(bench.simulation.now()).backups, before);
    bench.wait_until(complete);
    const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
    EXPECT_EQ(seen.backups, before + 1);
    EXPECT_EQ(seen.oldest_backup_age, ms(47'000 + 27'000 * i));
  }
}

}  // namespace
}  // namespace seatrial::models
