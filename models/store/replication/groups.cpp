#include "models/store/replication/groups.hpp"

#include <algorithm>

#include "models/store/replication/log_kind.hpp"
#include "models/strategies/registry.hpp"

namespace seatrial::models {

namespace {

// Strong consistency has a rule of its own: a commit waits for every region, but drops slow ones.
ReplicationPlan plan_of_store(const WorldConfig& world, RegionId source) {
  const std::shared_ptr<StrategyKind>& stated = world.store.replication;
  const StrategyKind& kind = stated ? *stated : *replication_axis().kinds.front();
  ReplicationPlan plan = dynamic_cast<const LogReplicationKind&>(kind).plan(world, source);
  if (world.store.consistency != Consistency::strong) return plan;
  for (std::uint32_t i = 0; i < plan.votes.size(); ++i) {
    if (RegionId{i} != source) plan.votes[i] = Vote::must;
  }
  plan.drop_after = world.store.drop_region_after;
  return plan;
}

const LogReplicationKind* own_of(const DataClassConfig& data) {
  return dynamic_cast<const LogReplicationKind*>(data.replication.get());
}

// The shared partitions come first; where every class has its own there are none.
bool has_shared(const WorldConfig& world) {
  return world.data.empty() || !std::all_of(world.data.begin(), world.data.end(), own_of);
}

}  // namespace

ReplicationGroups replication_groups(const WorldConfig& world, RegionId source) {
  ReplicationGroups groups;
  if (has_shared(world)) groups.plans.push_back(plan_of_store(world, source));
  for (const DataClassConfig& data : world.data) {
    const LogReplicationKind* const own = own_of(data);
    groups.group_of_class.push_back(
        own == nullptr ? 0 : static_cast<std::uint32_t>(groups.plans.size()));
    if (own != nullptr) groups.plans.push_back(own->plan(world, source));
  }
  return groups;
}

std::vector<std::int64_t> catch_up_ranks(const WorldConfig& world) {
  const std::vector<std::string>& first = world.store.catch_up.first;
  const auto in_group = static_cast<std::size_t>(world.store.partitions);
  std::vector<std::int64_t> ranks;
  if (has_shared(world)) ranks.resize(in_group, static_cast<std::int64_t>(first.size()));
  for (const DataClassConfig& data : world.data) {
    if (own_of(data) == nullptr) continue;
    const auto rank = std::find(first.begin(), first.end(), data.name) - first.begin();
    ranks.insert(ranks.end(), in_group, rank);
  }
  return ranks;
}

std::uint32_t physical_partitions(const WorldConfig& world) {
  const auto of_their_own = std::count_if(world.data.begin(), world.data.end(), own_of);
  return static_cast<std::uint32_t>(world.store.partitions *
                                    ((has_shared(world) ? 1 : 0) + of_their_own));
}

}  // namespace seatrial::models
