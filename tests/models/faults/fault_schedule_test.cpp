#include "models/faults/fault_schedule.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/models/pods/pod_bench.hpp"

namespace seatrial::models {
namespace {

FaultConfig fault_of(FaultKind kind, Duration start_within = {}) {
  FaultConfig fault;
  fault.kind = kind;
  fault.region = "West";
  fault.regions = {"West"};
  fault.link = "West > East";
  fault.start_within = start_within;
  return fault;
}

FaultConfig broker_is(BrokerState state) {
  FaultConfig fault = fault_of(FaultKind::broker);
  fault.state = state;
  return fault;
}

FaultConfig kill_of(std::int64_t pods, Duration start_within = {}) {
  FaultConfig fault = fault_of(FaultKind::kill_pods, start_within);
  fault.kill = pods;
  return fault;
}

// Phases of ten seconds, each with its faults, four pods in West.
class FaultBench {
 public:
  explicit FaultBench(std::vector<std::vector<FaultConfig>> faults, std::uint32_t replication = 0)
      : FaultBench{with_phases(std::move(faults)), sim::RandomSource{5, replication}} {}

  void run_until(std::int64_t ms) { bench.simulation.run_until(at_milliseconds(ms)); }
  std::set<PodId> ready() const {
    std::set<PodId> pods;
    for (const auto& pod : bench.pods) {
      if (pod->is_ready()) pods.insert(pod->id());
    }
    return pods;
  }
  BrokerState broker() const { return bench.broker.state(); }

  PodBench bench;
  Timeline timeline;
  FaultSchedule schedule;

 private:
  FaultBench(WorldConfig config, sim::RandomSource random)
      : bench{std::move(config)}, timeline{bench.config}, schedule{targets(), timeline, random} {
    schedule.start();
  }
  static WorldConfig with_phases(std::vector<std::vector<FaultConfig>> faults) {
    WorldConfig config = quiet_world();
    config.pods.count = 4;
    config.phases.clear();
    for (auto& of_phase : faults) {
      config.phases.push_back(phase_of("phase", Duration::seconds(10)));
      config.phases.back().faults = std::move(of_phase);
    }
    return config;
  }
  FaultTargets targets() {
    std::vector<Pod*> pods;
    for (const auto& pod : bench.pods) pods.push_back(pod.get());
    // One broker, in West, for both regions.
    const std::vector<Broker*> brokers{&bench.broker, &bench.broker};
    return {bench.simulation, bench.network, bench.store, bench.config,
            bench.seen,       brokers,       {pods, {}}};
  }
};

TEST(FaultSchedule, KillsAsManyPodsAsItIsAskedToAndTheyComeBack) {
  FaultBench world{{{kill_of(3)}}};

  world.run_until(4'999);
  const std::size_t during = world.ready().size();
  world.run_until(5'000);

  EXPECT_EQ(during, 1u);
  EXPECT_EQ(world.ready().size(), 4u);
}

TEST(FaultSchedule, KillsOnlyPodsThatAreAlive) {
  FaultBench world{{{kill_of(3), kill_of(3)}}};

  world.run_until(1);

  EXPECT_TRUE(world.ready().empty());
}

TEST(FaultSchedule, DrawsVictimsAnewInEveryReplication) {
  std::set<std::set<PodId>> survivors;
  for (std::uint32_t replication = 0; replication != 20; ++replication) {
    FaultBench world{{{kill_of(3)}}, replication};
    world.run_until(1);
    survivors.insert(world.ready());
  }

  EXPECT_EQ(survivors.size(), 4u);
}

TEST(FaultSchedule, ARegionThatIsDownHasNoPodAndNoBrokerUntilThePhasesEnd) {
  FaultBench world{{{}, {fault_of(FaultKind::region), kill_of(2)}, {}}};

  world.run_until(19'999);
  const std::size_t during = world.ready().size();
  const BrokerState broker = world.broker();
  world.run_until(20'000);
  EXPECT_EQ(world.broker(), BrokerState::up);
  world.run_until(24'999);
  const std::size_t before_restart = world.ready().size();
  world.run_until(25'000);

  EXPECT_EQ(during, 0u);
  EXPECT_EQ(broker, BrokerState::unreachable);
  EXPECT_EQ(before_restart, 0u);
  EXPECT_EQ(world.ready().size(), 4u);
}

TEST(FaultSchedule, NoPodRestartsInARegionThatIsDown) {
  FaultBench world{{{kill_of(3), fault_of(FaultKind::region)}}};

  world.run_until(9'999);

  EXPECT_TRUE(world.ready().empty());
}

TEST(FaultSchedule, AStoreThatIsDownLeavesThePodsAloneAndTheObserverIsTold) {
  FaultBench world{{{fault_of(FaultKind::store)}, {}}};

  world.run_until(15'000);

  EXPECT_EQ(world.ready().size(), 4u);
  EXPECT_EQ(world.broker(), BrokerState::up);
  const std::vector<FaultObserved>& told = world.bench.seen.faults;
  ASSERT_EQ(told.size(), 2u);
  EXPECT_TRUE(told[0].begins);
  EXPECT_EQ(told[0].at, Instant{});
  EXPECT_FALSE(told[1].begins);
  EXPECT_EQ(told[1].at, at_milliseconds(10'000));
}

TEST(FaultSchedule, StartsWithinItsWindowElsewhereInEveryReplication) {
  std::set<std::int64_t> starts;
  for (std::uint32_t replication = 0; replication != 10; ++replication) {
    FaultBench world{{{kill_of(4, Duration::seconds(2))}}, replication};
    std::int64_t ms = 0;
    while (world.ready().size() == 4 && ms <= 2'000) world.run_until(++ms);
    starts.insert(ms);
  }

  EXPECT_LE(*starts.rbegin(), 2'000);
  EXPECT_GE(starts.size(), 8u);
}

TEST(FaultSchedule, TakesABrokersFaultBackAtThePhasesEnd) {
  FaultBench world{{{}, {broker_is(BrokerState::unreachable)}, {}}};

  world.run_until(9'999);
  EXPECT_EQ(world.broker(), BrokerState::up);
  world.run_until(19'999);
  EXPECT_EQ(world.broker(), BrokerState::unreachable);
  world.run_until(20'000);
  EXPECT_EQ(world.broker(), BrokerState::up);
}

TEST(FaultSchedule, LetsAFaultBeginWhenAnotherEnds) {
  FaultBench world{{{broker_is(BrokerState::refused)}, {broker_is(BrokerState::unreachable)}}};

  world.run_until(9'999);
  EXPECT_EQ(world.broker(), BrokerState::refused);
  world.run_until(10'000);
  EXPECT_EQ(world.broker(), BrokerState::unreachable);
  world.run_until(20'000);
  EXPECT_EQ(world.broker(), BrokerState::up);
}

TEST(FaultSchedule, SparesABrokerThatStandsElsewhere) {
  FaultConfig fault = broker_is(BrokerState::unreachable);
  fault.region = "East";
  FaultBench world{{{fault}}};

  world.run_until(1);

  EXPECT_EQ(world.broker(), BrokerState::up);
}

TEST(FaultSchedule, CutsAndHealsTheNetwork) {
  FaultBench world{{{fault_of(FaultKind::cut_link)}, {fault_of(FaultKind::partition)}, {}}};
  const RegionId west{0};
  const RegionId east{1};
  const Network& network = world.bench.network;

  world.run_until(1);
  EXPECT_FALSE(network.reachable(west, east));
  EXPECT_TRUE(network.reachable(east, west));
  world.run_until(10'001);
  EXPECT_FALSE(network.reachable(east, west));
  world.run_until(20'001);
  EXPECT_TRUE(network.reachable(west, east));
  EXPECT_TRUE(network.reachable(east, west));
}

}  // namespace
}  // namespace seatrial::models
