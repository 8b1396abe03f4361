// Which regions take writes, and in which order a client turns to regions: its own first, then by
// distance, as the client library sorts the regions of an account for CosmosClientOptions
// .ApplicationRegion.
//
// Law: the hub (/store/write_region) is the first write region; the others follow in the order of
// /regions/users.
#pragma once

#include <optional>
#include <vector>

#include "models/network/network.hpp"
#include "models/store/multi_write/stamp.hpp"
#include "models/store/store_config.hpp"

namespace seatrial::models {

class WriteRegions {
 public:
  WriteRegions(const StoreConfig& config, const Network& network);

  std::size_t count() const { return regions_.size(); }
  RegionId region_of(OriginId origin) const { return regions_[origin.value()]; }
  RegionId hub() const { return regions_.front(); }
  // Nothing: the region takes no writes.
  std::optional<OriginId> origin_of(RegionId region) const { return origins_[region.value()]; }

  // All regions, and those that take writes, in the order in which a client in `from` asks them.
  const std::vector<RegionId>& to_read(RegionId from) const { return to_read_[from.value()]; }
  const std::vector<RegionId>& to_write(RegionId from) const { return to_write_[from.value()]; }

 private:
  std::vector<RegionId> regions_;                 // by origin
  std::vector<std::optional<OriginId>> origins_;  // by region
  std::vector<std::vector<RegionId>> to_read_;    // by region
  std::vector<std::vector<RegionId>> to_write_;   // by region
};

}  // namespace seatrial::models
