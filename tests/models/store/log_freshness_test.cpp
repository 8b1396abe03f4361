#include <gtest/gtest.h>

#include <map>

#include "store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr Duration never = Instant::never() - Instant{};

class ProbeRecorder : public Recorder {
 public:
  void freshness(const FreshnessObserved& seen) override { probes.push_back(seen); }
  std::vector<FreshnessObserved> probes;
};

// One update in West.
std::map<std::uint32_t, Duration> fresh_after(const WorldConfig& world, int updates = 1) {
  sim::Simulation simulation;
  const sim::RandomSource random{1, 0};
  Network network{world.regions, random};
  ProbeRecorder recorder;
  Store store{simulation, network, world, random, recorder};
  sim::ProcessGroup processes{simulation};
  const DocumentHandle document = store.open({DataClassId{0}, 1});
  StoreAnswer ignored;
  for (int i = 0; i < updates; ++i) {
    simulation.schedule(Instant::at(ms(5 * i)), [&, i] {
      StoreRequest request;
      request.name = {SessionId{1}, static_cast<std::uint32_t>(i)};
      request.document = document;
      request.from = Place{west, 0};
      request.deadline = simulation.now() + Duration::seconds(60);
      processes.start(StoreBench::run_into(store.update(request), &ignored, nullptr));
    });
  }
  simulation.run();
  std::map<std::uint32_t, Duration> first;
  for (const FreshnessObserved& seen : recorder.probes) {
    EXPECT_FALSE(seen.is_exact);
    if (seen.version.ordinal == 1) first[seen.region.value()] = seen.fresh_after;
  }
  return first;
}

WorldConfig probed_world() {
  WorldConfig world = calm_world();
  world.store.consistency = Consistency::eventual;
  world.store.replication_lag.entry = constant_ms(20);
  world.probes.freshness.present = true;
  world.probes.freshness.after_commit = {ms(0), ms(10), ms(20), ms(30)};
  return world;
}

TEST(LogFreshness, IsTheFirstOffsetAtWhichTheReplicaHasIt) {
  const auto seen = fresh_after(probed_world());

  EXPECT_EQ(seen.at(0), ms(0)) << "the write region";
  EXPECT_EQ(seen.at(1), ms(20));
  EXPECT_EQ(seen.at(2), ms(20));
}

TEST(LogFreshness, IsNeverWhereNoOffsetSawIt) {
  WorldConfig world = probed_world();
  world.probes.freshness.after_commit = {ms(0), ms(10), ms(19)};

  const auto seen = fresh_after(world);

  EXPECT_EQ(seen.at(0), ms(0));
  EXPECT_EQ(seen.at(1), never);
}

TEST(LogFreshness, CountsANewerVersion) {
  WorldConfig world = probed_world();
  world.probes.freshness.after_commit = {ms(0), ms(24), ms(26)};
  world.store.apply_order = ApplyOrder::independent;

  EXPECT_EQ(fresh_after(world, 2).at(1), ms(24));
}

TEST(LogFreshness, IsAtOnceUnderStrongConsistency) {
  WorldConfig world = probed_world();
  world.store.consistency = Consistency::strong;

  for (const auto& [region, after] : fresh_after(world)) EXPECT_EQ(after, ms(0)) << region;
}

}  // namespace
}  // namespace seatrial::models
