#include "models/store/multi_write/conflict_clock.hpp"

#include <algorithm>

namespace seatrial::models {

ConflictClock::ConflictClock(const ConflictClockConfig& config, const WriteRegions& write_regions,
                             const Network& network)
    : resolution_{config.resolution}, ahead_(write_regions.count()) {
  SEATRIAL_ASSERT(resolution_ > Duration{}, "a clock moves on");
  for (const ClockAheadConfig& stated : config.ahead) {
    const std::optional<RegionId> region = network.region_named(stated.region);
    const auto origin = region ? write_regions.origin_of(*region) : std::nullopt;
    if (!origin) continue;
    ahead_[origin->value()] = stated.by;
    greatest_ahead_ = std::max(greatest_ahead_, stated.by);
  }
}

}  // namespace seatrial::models
