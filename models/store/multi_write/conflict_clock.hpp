// The clocks by which conflicts are decided: one in each region, read in whole units.
//
// Source: _ts is the server's epoch time in whole seconds (multi-region-writes.md). Clocks are
// synchronised; by how much they differ is assumed: nothing, unless the scenario says so.
#pragma once

#include <vector>

#include "models/network/network.hpp"
#include "models/store/multi_write/write_regions.hpp"

namespace seatrial::models {

class ConflictClock {
 public:
  ConflictClock(const ConflictClockConfig& config, const WriteRegions& write_regions,
                const Network& network);

  // What the region's clock says.
  std::int64_t at(OriginId origin, Instant now) const {
    return (now.since_start() + ahead_[origin.value()]) / resolution_;
  }
  // A write that comes this much later than another has the later clock, wherever both are written.
  Duration blur() const { return resolution_ + greatest_ahead_; }

 private:
  Duration resolution_;
  std::vector<Duration> ahead_;  // by origin
  Duration greatest_ahead_;
};

}  // namespace seatrial::models
