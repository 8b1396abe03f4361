// What is told of how things stand, and that telling it changes nothing.
#include <gtest/gtest.h>

#include <algorithm>

#include "models/windows.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

class GaugesList : public Observer {
 public:
  void operation(const OperationObserved&) override {}
  void gauges(const GaugesObserved& seen) override { told.push_back(seen); }
  void store(const StoreObserved& seen) override { of_store.push_back(seen); }

  std::vector<GaugesObserved> of(std::uint32_t region) const {
    std::vector<GaugesObserved> found;
    for (const GaugesObserved& seen : told)
      if (seen.region == RegionId{region}) found.push_back(seen);
    return found;
  }

  std::vector<GaugesObserved> told;
  std::vector<StoreObserved> of_store;
};

WorldConfig two_regions() {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0.5}, {"East", 0.5}};
  config.regions.links = {link_of("West <> East", milliseconds(40))};
  config.store.write_region = "West";
  config.workload.sessions_per_second = 50;
  config.pods.count = 3;
  return config;
}

std::vector<GaugesObserved> gauges_of(const WorldConfig& config, std::uint32_t region) {
  GaugesList list;
  run_world(config, {}, list);
  return list.of(region);
}

Duration greatest_lag(const std::vector<GaugesObserved>& told) {
  Duration greatest;
  for (const GaugesObserved& seen : told) greatest = std::max(greatest, seen.replication_lag);
  return greatest;
}

TEST(Gauges, AreToldFourTimesAWindowWhileThePhasesLast) {
  const WorldConfig config = two_regions();
  const Windows windows = windows_of(config);

  const auto told = gauges_of(config, 1);

  ASSERT_EQ(told.size(), std::size_t{windows.count} * 4);
  EXPECT_EQ(told[0].at, Instant::at(windows.length / 8));
  EXPECT_EQ(told[1].at - told[0].at, windows.length / 4);
  EXPECT_LT(told.back().at, windows.start_of(windows.count));
}

TEST(Gauges, LagIsTheAgeOfWhatAReplicaLacks) {
  WorldConfig config = two_regions();
  config.store.replication_lag.entry = constant(milliseconds(500));

  const Duration near = greatest_lag(gauges_of(config, 0));
  const Duration far = greatest_lag(gauges_of(config, 1));

  EXPECT_EQ(near, Duration{}) << "no lag inside of the write region was asked for";
  // 40 ms on the way, and the lag; looked at some milliseconds before both are over.
  EXPECT_GT(far, Duration::milliseconds(450));
  EXPECT_LE(far, Duration::milliseconds(540));
}

TEST(Gauges, ShowWhatAFaultTakesAway) {
  WorldConfig config = two_regions();
  carry(config, {"broker"});
  config.broker.client.breaker = {true, 5, Duration::seconds(1)};
  FaultConfig kill;
  kill.kind = FaultKind::kill_pods;
  kill.region = "East";
  kill.kill = 2;
  kill.start_within = {};
  FaultConfig lost;
  lost.kind = FaultKind::broker;
  lost.region = "East";
  lost.state = BrokerState::refused;
  lost.start_within = {};
  PhaseConfig outage = phase_of("outage", Duration::seconds(10));
  outage.faults = {kill, lost};
  config.phases.push_back(outage);

  const auto west = gauges_of(config, 0);
  const auto east = gauges_of(config, 1);

  const auto ends = [](const auto& told, auto of) {
    const auto [least, most] = std::minmax_element(
        told.begin(), told.end(), [&](const auto& a, const auto& b) { return of(a) < of(b); });
    return std::pair{of(*least), of(*most)};
  };
  const auto ready = [](const GaugesObserved& seen) { return seen.pods_ready; };
  const auto open = [](const GaugesObserved& seen) { return seen.breakers_open; };
  EXPECT_EQ(ends(east, ready), (std::pair{1U, 3U}));
  EXPECT_EQ(ends(west, ready), (std::pair{3U, 3U}));
  EXPECT_GT(ends(east, open).second, 0U);
  EXPECT_EQ(ends(west, open), (std::pair{0U, 0U}));
  EXPECT_EQ(east.front().broker, BrokerHealth::up);
  EXPECT_EQ(east.back().broker, BrokerHealth::refused);
  EXPECT_EQ(west.back().broker, BrokerHealth::up);
}

TEST(Gauges, KnowOfNoBrokerWhereThePolicyHasNone) {
  for (const GaugesObserved& seen : gauges_of(two_regions(), 0))
    ASSERT_EQ(seen.broker, BrokerHealth::none);
}

TEST(Gauges, TellHowFarARegionThatIsDownFallsBehindAndThatItCatchesUp) {
  WorldConfig config = two_regions();
  FaultConfig fault;
  fault.kind = FaultKind::store;
  fault.region = "East";
  fault.start_within = {};
  config.phases = {phase_of("normal", Duration::seconds(10)),
                   phase_of("lost", Duration::seconds(10)),
                   phase_of("back", Duration::seconds(10))};
  config.phases[1].faults = {fault};

  const auto told = gauges_of(config, 1);

  std::uint64_t before = 0, during = 0;
  for (const GaugesObserved& seen : told) {
    EXPECT_LE(seen.mean_replication_lag, seen.replication_lag);
    if (seen.at < at_milliseconds(10'000)) before = std::max(before, seen.entries_lacking);
    if (seen.at < at_milliseconds(20'000)) during = std::max(during, seen.entries_lacking);
  }
  EXPECT_LE(before, 10u);
  EXPECT_GE(during, 400u);
  EXPECT_LE(told.back().entries_lacking, 10u);
}

TEST(Gauges, TellWhatWaitsForALinkThatIsTooNarrow) {
  WorldConfig config = two_regions();
  config.regions.links[0].bytes_per_second = 20'000;

  const auto east = gauges_of(config, 1);

  const auto most = std::max_element(
      east.begin(), east.end(),
      [](const auto& one, const auto& other) { return one.bytes_waiting < other.bytes_waiting; });
  EXPECT_GT(most->bytes_waiting, 20'000) << "more than the link sends in a second";
  EXPECT_EQ(most->waiting_from, RegionId{0});
}

TEST(Gauges, NameThePartitionThatIsFarthestBehind) {
  WorldConfig config = two_regions();
  config.store.partitions = 4;
  config.store.replication_lag.entry = constant(milliseconds(500));

  std::uint32_t named = 0;
  for (const GaugesObserved& seen : gauges_of(config, 1)) {
    EXPECT_LT(seen.lag_partition.value(), 4u);
    EXPECT_LE(seen.most_entries_lacking, seen.entries_lacking);
    EXPECT_GE(seen.most_entries_lacking * 4, seen.entries_lacking);
    named |= 1u << seen.lag_partition.value();
  }
  EXPECT_EQ(named, 0b1111u) << "each is the farthest behind at some look";
}

TEST(StoreGauges, TellTheBusiestSecondOfAPartitionAgainstItsLimit) {
  WorldConfig config = two_regions();
  config.store.partitions = 2;
  config.store.request_units_per_second = 40;
  GaugesList list;
  run_world(config, {}, list);

  RequestUnits most;
  for (const StoreObserved& seen : list.of_store) {
    EXPECT_EQ(seen.limit, RequestUnits{20'000});
    most = std::max(most, seen.busiest.used);
  }
  EXPECT_GE(most, RequestUnits{20'000}) << "what is full has charged its part";
  EXPECT_LT(most, RequestUnits{80'000}) << "and at most the last requests of a second more";
}

TEST(StoreGauges, TellBytesOfEntriesAsTheRunGoesOn) {
  GaugesList list;
  run_world(two_regions(), {}, list);

  Bytes before = 0;
  for (const StoreObserved& seen : list.of_store) {
    EXPECT_GE(seen.so_far.replication_bytes, before);
    before = seen.so_far.replication_bytes;
    EXPECT_FALSE(seen.backup_age.has_value()) << "there are no backups";
  }
  EXPECT_GT(before, 0);
}

}  // namespace
}  // namespace seatrial::models
