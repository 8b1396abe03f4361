// Regions that do not answer a client of several write regions.
#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig two_write_regions() {
  WorldConfig world = calm_world();
  for (LinkConfig& link : world.regions.links) link.one_way = constant_ms(50);
  world.store.write_regions = {"East", "West"};
  return world;
}

class Silence : public testing::Test {
 protected:
  StoreAnswer write() { return bench.update(bench.request(document, west)); }

  StoreBench bench{two_write_regions()};
  DocumentHandle document = bench.open(1);
};

TEST_F(Silence, OfAllRegionsSendsAClientToTheOneThatWasSilentLongestAgo) {
  for (const RegionId region : {west, east}) bench.store.take_down(region);
  EXPECT_EQ(write().outcome, Outcome::timed_out);
  EXPECT_EQ(write().outcome, Outcome::timed_out);
  EXPECT_EQ(write().outcome, Outcome::timed_out);  // West again

  bench.store.bring_up(east);
  const StoreAnswer written = write();

  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(written.served_by, east);
}

TEST_F(Silence, OfAllRegionsIsATimeoutAndNoTokenThatNobodyHas) {
  bench.config.store.on_token_unsatisfied = OnTokenUnsatisfied::read_without_token;
  StoreBench silent{bench.config};
  const DocumentHandle there = silent.open(1);
  for (const RegionId region : {west, east, south}) silent.store.take_down(region);

  const StoreAnswer read = silent.read(silent.request(there, west));

  EXPECT_EQ(read.outcome, Outcome::timed_out);
  EXPECT_EQ(read.attempts, 3);
}

}  // namespace
}  // namespace seatrial::models
