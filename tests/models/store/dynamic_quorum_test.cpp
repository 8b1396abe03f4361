// The dynamic quorum of strong consistency: who is left out, when, and how it comes back.
#include "models/store/dynamic_quorum.hpp"

#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig strong_world() {
  WorldConfig world = calm_world();
  world.store.consistency = Consistency::strong;
  world.store.drop_region_after = ms(500);
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(10);
  return world;
}

std::size_t droppable(std::uint32_t regions) {
  DynamicQuorum quorum{regions, west, ms(1000)};
  const DynamicQuorum::Known silent{Instant{}, 0};
  for (std::uint32_t i = 0; i < regions; ++i) {
    quorum.look(RegionId{i}, silent, 5, 0, ms(10), Instant::at(ms(1000)));
  }
  return static_cast<std::size_t>(std::popcount(quorum.excused()));
}

TEST(DynamicQuorum, DropsRegionsOnlyWhileAMajorityIsLeft) {
  EXPECT_EQ(droppable(1), 0u);
  EXPECT_EQ(droppable(2), 0u);
  EXPECT_EQ(droppable(3), 1u);
  EXPECT_EQ(droppable(4), 1u);
  EXPECT_EQ(droppable(5), 2u);
}

TEST(DynamicQuorum, WaitsForARegionAgainBeforeItServes) {
  DynamicQuorum quorum{3, west, ms(1000)};
  quorum.look(east, {Instant{}, 0}, 5, 0, ms(10), Instant::at(ms(1000)));
  ASSERT_EQ(quorum.excused(), set_of(east));

  quorum.look(east, {Instant::at(ms(1500)), 6}, 8, 0, ms(10), Instant::at(ms(1600)));
  EXPECT_EQ(quorum.excused(), 0u);
  EXPECT_FALSE(quorum.serves(east, Instant::at(ms(1700)))) << "it lacks 7 and 8";

  quorum.look(east, {Instant::never(), 8}, 9, 0, ms(10), Instant::at(ms(1700)));
  EXPECT_FALSE(quorum.serves(east, Instant::at(ms(1709)))) << "it has not been told";
  EXPECT_TRUE(quorum.serves(east, Instant::at(ms(1710))));
}

TEST(StrongWrite, GoesOnWithoutARegionThatIsSilentForTooLong) {
  StoreBench bench{strong_world()};
  const std::vector<RegionId> group{south};
  const NetworkFaultId fault = bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));
  const DocumentHandle document = bench.open(1);

  const StoreAnswer first = bench.update(bench.request(document, west));
  const StoreAnswer second = bench.update(bench.request(document, west));

  ASSERT_EQ(first.outcome, Outcome::ok);
  EXPECT_EQ(bench.recorder.commits[0].committed, Instant::at(ms(1 + 500)));
  EXPECT_LE(second.answered - first.answered, ms(20 + 10)) << "nobody waits for South any more";

  StoreRequest in_south = bench.request(document, south);
  in_south.deadline = Instant::at(ms(6000));
  StoreAnswer read;
  bench.processes.start(StoreBench::run_into(bench.store.read(in_south), &read, nullptr));
  bench.wait_until(Instant::at(ms(2000)));
  bench.network.heal(fault, Instant::at(ms(2000)));
  bench.wait_until(Instant::at(ms(5000)));
  const StoreAnswer healed = bench.read(bench.request(document, south));
  bench.wait_until(Instant::at(ms(6500)));

  EXPECT_GE(read.answered, Instant::at(ms(2000))) << "South is cut off and may not answer itself";
  EXPECT_EQ(read.version.ordinal, 2u);
  EXPECT_EQ(healed.version.ordinal, 2u);
}

TEST(StrongRead, InARegionThatIsLeftOutGoesToTheWriteRegion) {
  WorldConfig world = strong_world();
  world.store.replication_lag.entry = constant_ms(600);
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);

  StoreAnswer written;
  bench.processes.start(
      StoreBench::run_into(bench.store.update(bench.request(document, west)), &written, nullptr));
  bench.wait_until(Instant::at(ms(550)));
  const StoreAnswer left_out = bench.read(bench.request(document, east));
  const StoreAnswer member = bench.read(bench.request(document, south));
  bench.wait_until(Instant::at(ms(2000)));
  const StoreAnswer back = bench.read(bench.request(document, east));

  ASSERT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(bench.recorder.commits[0].committed, Instant::at(ms(10 + 600 + 10)))
      << "only one of two may be left out";
  EXPECT_NE(left_out.served_by, east);
  EXPECT_EQ(member.served_by, south);
  EXPECT_EQ(back.version.ordinal, 1u);
}

}  // namespace
}  // namespace seatrial::models
