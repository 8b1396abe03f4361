#include "models/store/multi_write/write_regions.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {
std::vector<RegionId> by_distance(RegionId from, const Network& network) {
  std::vector<RegionId> regions;
  for (std::uint32_t i = 0; i < network.regions(); ++i) regions.push_back(RegionId{i});
  const auto distance = [&](RegionId to) {
    return network.base_one_way(from, to) + network.base_one_way(to, from);
  };
  std::stable_sort(regions.begin(), regions.end(), [&](RegionId a, RegionId b) {
    if (a == from || b == from) return a == from && b != from;
    return distance(a) < distance(b);
  });
  return regions;
}
}  // namespace

WriteRegions::WriteRegions(const StoreConfig& config, const Network& network)
    : origins_(network.regions()) {
  const auto add = [&](RegionId region) {
    origins_[region.value()] = OriginId{static_cast<std::uint32_t>(regions_.size())};
    regions_.push_back(region);
  };
  const std::optional<RegionId> hub = network.region_named(config.write_region);
  SEATRIAL_ASSERT(hub.has_value(), "the write region is not a region of the scenario");
  add(*hub);
  for (std::uint32_t i = 0; i < network.regions(); ++i) {
    const RegionId region{i};
    const bool takes_writes =
        std::any_of(config.write_regions.begin(), config.write_regions.end(),
                    [&](const std::string& name) { return network.region_named(name) == region; });
    if (takes_writes && region != *hub) add(region);
  }
  for (std::uint32_t i = 0; i < network.regions(); ++i) {
    to_read_.push_back(by_distance(RegionId{i}, network));
    std::vector<RegionId>& to_write = to_write_.emplace_back(to_read_.back());
    std::erase_if(to_write, [&](RegionId region) { return !origin_of(region); });
  }
}

}  // namespace seatrial::models
