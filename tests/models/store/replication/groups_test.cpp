#include "models/store/replication/groups.hpp"

#include <gtest/gtest.h>

#include "models/strategies/registry.hpp"
#include "models/world.hpp"

namespace seatrial::models {
namespace {

std::shared_ptr<StrategyKind> asynchronous() { return replication_axis().kinds.front()->clone(); }

WorldConfig world_with(std::size_t shared, std::size_t own) {
  WorldConfig world;
  world.store.partitions = 3;
  world.regions.users.push_back({"West", 1.0});
  world.data.resize(shared + own);
  for (std::size_t i = 0; i != own; ++i) world.data[shared + i].replication = asynchronous();
  return world;
}

TEST(ReplicationGroups, AreAsManyPartitionsAsAreCounted) {
  for (const auto& [shared, own] : {std::pair{0, 0}, {2, 0}, {1, 1}, {0, 2}}) {
    const WorldConfig world =
        world_with(static_cast<std::size_t>(shared), static_cast<std::size_t>(own));
    const ReplicationGroups groups = replication_groups(world, RegionId{0});
    EXPECT_EQ(groups.plans.size() * 3, physical_partitions(world)) << shared << ", " << own;
    EXPECT_EQ(catch_up_ranks(world).size(), physical_partitions(world)) << shared << ", " << own;
  }
}

}  // namespace
}  // namespace seatrial::models
