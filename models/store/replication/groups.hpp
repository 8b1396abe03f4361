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

// By partition: in which order they are sent what a region lacks, as /store/catch_up/first says;
// the lower comes first.
std::vector<std::int64_t> catch_up_ranks(const WorldConfig& world);

// That hold documents: of the classes that share the store's mode, and of each with one of its own.
std::uint32_t physical_partitions(const WorldConfig& world);

}  // namespace seatrial::models
