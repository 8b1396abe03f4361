// A network of named regions for the tests of this folder.
#pragma once

#include <string>
#include <vector>

#include "models/network/network.hpp"

namespace seatrial::models {

inline constexpr RegionId first{0};
inline constexpr RegionId second{1};
inline constexpr RegionId third{2};

inline Instant at_ms(std::int64_t ms) { return Instant::at(Duration::milliseconds(ms)); }

inline MessageName message(std::uint64_t entity, std::uint32_t operation = 0) {
  return {entity, operation, 0, 0};
}

inline RegionsConfig regions_of(const std::vector<std::string>& names,
                                std::string matrix = "azure-2026-07") {
  RegionsConfig regions;
  regions.matrix = std::move(matrix);
  for (const std::string& name : names) regions.users.push_back({name, 1.0});
  return regions;
}

inline LinkConfig stated_link(std::string name, sim::Distribution one_way) {
  LinkConfig link;
  link.name = std::move(name);
  link.has_one_way = true;
  link.one_way = one_way;
  return link;
}

inline Network network_of(const RegionsConfig& regions, std::uint64_t seed = 7) {
  return Network{regions, sim::RandomSource{seed, 0}};
}

}  // namespace seatrial::models
