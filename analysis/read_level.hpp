// At which consistency level a data class is read under a policy.
#pragma once

#include <vector>

#include "models/world_config.hpp"

namespace seatrial::analysis {

inline models::Consistency level_of_reads(const models::WorldConfig& world,
                                          models::DataClassId data_class) {
  return level_of(world.data.at(data_class.value()).consistency, world.store.consistency);
}

// By data class: whether a token means anything to its reads.
inline std::vector<bool> classes_that_heed_tokens(const models::WorldConfig& world) {
  std::vector<bool> all;
  for (const models::DataClassConfig& data : world.data)
    all.push_back(heeds_token(level_of(data.consistency, world.store.consistency)));
  return all;
}

}  // namespace seatrial::analysis
