// A planned switchover of the writes to another region.
#include <gtest/gtest.h>

#include <map>

#include "models/strategies/registry.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr Instant asked_at = Instant::at(Duration::seconds(5));

WorldConfig planned_world() {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(30);  // West <> East
  world.regions.links[1].one_way = constant_ms(80);  // West <> South
  world.regions.links[2].one_way = constant_ms(60);  // East <> South
  world.store.partitions = 3;
  world.store.replication_lag.link = constant_ms(120);
  return world;
}

sim::Process write_every(StoreBench* bench, DocumentHandle document, Instant end,
                         std::vector<StoreAnswer>* answers) {
  while (bench->simulation.now() < end) {
    StoreRequest request = bench->request(document, west);
    request.deadline = bench->simulation.now() + ms(5'000);
    const StoreAnswer answer = co_await bench->store.update(request);
    answers->push_back(answer);
    co_await bench->simulation.delay(ms(35));
  }
}

// Twenty documents are written all the time; after 5 s East is to take over.
class PlannedStore {
 public:
  explicit PlannedStore(const WorldConfig& world, Duration at_most = Duration::seconds(2))
      : bench{world} {
    for (std::uint64_t i = 0; i < 20; ++i) {
      documents.push_back(bench.open(i));
      bench.processes.start(
          write_every(&bench, documents[i], Instant::at(Duration::seconds(12)), &written));
    }
    bench.simulation.schedule(asked_at, [this, at_most] {
      bench.store.switch_over(east, at_most, [this] { ended.push_back(bench.simulation.now()); });
    });
  }

  // No acknowledged version is missing, and none is numbered twice.
  void expect_nothing_lost() {
    std::map<std::uint64_t, std::uint64_t> newest;
    for (const CommitObserved& commit : bench.recorder.commits) {
      EXPECT_EQ(commit.version.ordinal, ++newest[commit.document.owner]);
    }
    for (const TakeoverObserved& seen : bench.recorder.takeovers) EXPECT_EQ(seen.lost, 0u);
    for (std::uint64_t i = 0; i < 20; ++i) {
      for (const RegionId region : {west, east, south}) {
        StoreRequest request = bench.request(documents[i], region);
        request.client = 7;
        EXPECT_EQ(bench.read(request).version.ordinal, newest[i]) << i;
      }
    }
  }
  std::uint64_t commits_between(Instant from, Instant to) const {
    std::uint64_t count = 0;
    for (const CommitObserved& commit : bench.recorder.commits) {
      count += commit.committed > from && commit.committed <= to;
    }
    return count;
  }

  StoreBench bench;
  std::vector<DocumentHandle> documents;
  std::vector<StoreAnswer> written;
  std::vector<Instant> ended;
};

// Wire and lag are 150 ms; the last writes were made 30 ms before.
TEST(Switchover, TakesOneReplicationLagAndLosesNothing) {
  PlannedStore store{planned_world()};
  store.bench.wait_until(Instant::at(Duration::seconds(14)));

  ASSERT_EQ(store.ended.size(), 1u);
  EXPECT_EQ(store.ended[0] - asked_at, ms(150 - 30));
  ASSERT_EQ(store.bench.recorder.takeovers.size(), 3u);
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    EXPECT_EQ(seen.at, store.ended[0]) << "all partitions at one instant";
    EXPECT_EQ(seen.from, west);
    EXPECT_EQ(seen.to, east);
    EXPECT_EQ(seen.epoch, 2u);
  }
  EXPECT_EQ(store.commits_between(asked_at, store.ended[0]), 0u) << "nobody takes writes";
  store.expect_nothing_lost();
}

TEST(Switchover, ClientsLearnByRefusalsAndRepeatTheirWrites) {
  PlannedStore store{planned_world()};
  store.bench.wait_until(Instant::at(Duration::seconds(14)));

  std::uint64_t refused = 0;
  for (const StoreAnswer& answer : store.written) {
    EXPECT_EQ(answer.outcome, Outcome::ok);
    if (answer.attempts > 1) ++refused;
  }
  // Those of the 150 ms: West, who writes?, West, who writes?, East.
  EXPECT_NEAR(static_cast<double>(refused), 20, 4);
  const Duration silence = ms(1'000 + 150 + 4 * 80);
  EXPECT_GT(store.commits_between(store.ended[0], asked_at + silence), 10u);
  EXPECT_EQ(store.written.back().served_by, east);
}

// A writer that was refused by one partition has to learn who writes to the one that it became.
TEST(Switchover, BesideAMergeLeavesNoWriteAskingTheOldRegion) {
  PlannedStore store{planned_world()};
  store.bench.simulation.schedule(
      asked_at, [&store] { store.bench.store.merge(PartitionId{0}, PartitionId{1}); });
  store.bench.wait_until(Instant::at(Duration::seconds(14)));

  EXPECT_EQ(store.bench.store.partitions(), 4u);
  for (const StoreAnswer& answer : store.written) EXPECT_EQ(answer.outcome, Outcome::ok);
}

TEST(Switchover, LosesNothingWhateverModeReplicates) {
  for (const auto& kind : replication_axis().kinds) {
    const std::string_view name = kind->name();
    if (name == "quorum") continue;
    WorldConfig world = planned_world();
    world.store.replication = kind->clone();
    world.store.in_region_lag = exponential_ms(3);
    PlannedStore store{world, Duration::seconds(6)};
    store.bench.wait_until(Instant::at(Duration::seconds(40)));  // a bus is polled

    EXPECT_EQ(store.bench.recorder.takeovers.size(), 3u) << name;
    store.expect_nothing_lost();
  }
}

TEST(Switchover, OfAStrongStoreLosesNothing) {
  WorldConfig world = planned_world();
  world.store.consistency = Consistency::strong;
  PlannedStore store{world};
  store.bench.wait_until(Instant::at(Duration::seconds(20)));

  EXPECT_EQ(store.bench.recorder.takeovers.size(), 3u);
  EXPECT_EQ(store.written.back().served_by, east);
  store.expect_nothing_lost();
}

TEST(Switchover, IsGivenUpWhenTheOtherRegionIsDownAndWritesGoOnWhereTheyWere) {
  PlannedStore store{planned_world(), ms(2'000)};
  store.bench.simulation.schedule(asked_at - ms(100), [&] { store.bench.store.take_down(east); });
  store.bench.wait_until(Instant::at(Duration::seconds(11)));

  ASSERT_EQ(store.ended.size(), 1u);
  EXPECT_EQ(store.ended[0], asked_at + ms(2'000));
  EXPECT_TRUE(store.bench.recorder.takeovers.empty());
  EXPECT_EQ(store.commits_between(asked_at, store.ended[0]), 0u);
  EXPECT_GT(store.commits_between(store.ended[0], store.ended[0] + ms(1'100)), 20u);
  EXPECT_EQ(store.written.back().served_by, west);
}

// It is cut off for one of the two seconds: what it lacks leaves when the way is free.
TEST(Switchover, WaitsForARegionThatIsCutOffForAWhile) {
  PlannedStore store{planned_world(), ms(2'000)};
  const std::vector<RegionId> group{east};
  const Instant healed = asked_at + ms(1'000);
  store.bench.simulation.schedule(asked_at - ms(500), [&] {
    const NetworkFaultId fault = store.bench.network.partition(group, asked_at - ms(500));
    store.bench.simulation.schedule(healed,
                                    [&, fault] { store.bench.network.heal(fault, healed); });
  });
  store.bench.wait_until(Instant::at(Duration::seconds(14)));

  ASSERT_EQ(store.ended.size(), 1u);
  EXPECT_GE(store.ended[0], healed);
  EXPECT_LE(store.ended[0], healed + ms(151));
  EXPECT_EQ(store.bench.recorder.takeovers.size(), 3u);
  store.expect_nothing_lost();
}

TEST(Switchover, IsOverWhenTheWriteRegionGoesDown) {
  PlannedStore store{planned_world(), ms(2'000)};
  store.bench.simulation.schedule(asked_at + ms(50), [&] { store.bench.store.take_down(west); });
  store.bench.simulation.schedule(asked_at + ms(900), [&] { store.bench.store.bring_up(west); });
  store.bench.wait_until(asked_at + ms(3'000));

  ASSERT_EQ(store.ended.size(), 1u);
  EXPECT_EQ(store.ended[0], asked_at + ms(50));
  EXPECT_TRUE(store.bench.recorder.takeovers.empty());
}

TEST(Switchover, GoesThereAndBack) {
  PlannedStore store{planned_world()};
  store.bench.simulation.schedule(asked_at + ms(3'000),
                                  [&] { store.bench.store.switch_over(west, ms(2'000), [] {}); });
  store.bench.wait_until(Instant::at(Duration::seconds(15)));

  EXPECT_EQ(store.bench.recorder.takeovers.size(), 6u);
  EXPECT_EQ(store.bench.store.write_region(), west);
  EXPECT_EQ(store.written.back().served_by, west);
  store.expect_nothing_lost();
}

}  // namespace
}  // namespace seatrial::models
