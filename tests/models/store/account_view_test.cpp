#include "models/store/account_view.hpp"

#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

Instant at(std::int64_t seconds) { return Instant::at(Duration::seconds(seconds)); }

// East is 30 ms from West, South 80.
class Account : public testing::Test {
 protected:
  static WorldConfig world() {
    WorldConfig world = calm_world();
    world.regions.links[0].one_way = constant_ms(30);
    world.regions.links[1].one_way = constant_ms(80);
    world.regions.links[2].one_way = constant_ms(60);
    return world;
  }

  StoreBench bench{world()};
  AccountView account{bench.network, west};
};

TEST_F(Account, ASilentRegionIsLeftForTheNearestOtherAndAskedAgainWhenItsTimeIsOver) {
  account.did_not_answer(west, at(10));

  EXPECT_EQ(account.nearest(west, at(10)), east);
  EXPECT_EQ(account.nearest(west, at(309)), east);
  EXPECT_EQ(account.nearest(west, at(310)), west);
}

TEST_F(Account, WhenAllWereSilentWhoAsksOnComesToEachOfThem) {
  account.did_not_answer(west, at(10));
  account.did_not_answer(east, at(16));
  account.did_not_answer(south, at(22));
  EXPECT_EQ(account.nearest(west, at(22)), west);

  account.did_not_answer(west, at(28));
  EXPECT_EQ(account.nearest(west, at(28)), east);

  account.did_not_answer(east, at(34));
  EXPECT_EQ(account.nearest(west, at(34)), south);
}

TEST_F(Account, OfRegionsThatWereSilentAtOnceTheNearestIsAsked) {
  for (const RegionId region : {south, east, west}) account.did_not_answer(region, at(10));

  EXPECT_EQ(account.nearest(west, at(10)), west);
  account.did_not_answer(west, at(16));
  EXPECT_EQ(account.nearest(west, at(16)), east);
}

}  // namespace
}  // namespace seatrial::models
