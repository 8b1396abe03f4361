// Which data classes share partitions: all that are replicated as the store says; a class with a
// mode of its own is a container with as many partitions of its own, as two modes in one log would
// wait for each other.
#pragma once

#include <vector>

#include "models/store/replication/plan.hpp"
#include "models/world_config.hpp"

namespace seatrial::models {

struct ReplicationGroups {
  std::vector<ReplicationPlan> plans;         // the first: of the store
  std::vector<std::uint32_t> group_of_class;  // an index of plans
};

// Of logs whose primary is in `source`.
ReplicationGroups replication_groups(const WorldConfig& world, RegionId source);

// Of the store and of the data classes with a mode of their own.
std::uint32_t physical_partitions(const WorldConfig& world);

}  // namespace seatrial::models
