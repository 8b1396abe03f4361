// What checks ask of a world's configuration.
#pragma once

#include <algorithm>

#include "models/store/replication/groups.hpp"
#include "models/world.hpp"

namespace seatrial::swarm {

inline models::RegionId write_region_of(const models::WorldConfig& world) {
  std::uint32_t region = 0;
  while (world.regions.users[region].region != world.store.write_region) ++region;
  return models::RegionId{region};
}

inline bool some_fault_is(const models::WorldConfig& world, models::FaultKind kind) {
  return std::any_of(world.phases.begin(), world.phases.end(), [&](const auto& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(),
                       [&](const auto& fault) { return fault.kind == kind; });
  });
}

// Of logs: the plan of the store, and of each data class with a mode of its own.
inline std::vector<models::ReplicationPlan> plans_of(const models::WorldConfig& world) {
  if (world.regions.users.empty()) return {};
  return models::replication_groups(world, write_region_of(world)).plans;
}

}  // namespace seatrial::swarm
