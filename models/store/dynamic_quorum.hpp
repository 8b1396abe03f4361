// Which regions the commits of a strong partition wait for. A region that has not acknowledged an
// entry for too long is dropped while a majority of all regions is left, and comes back when it
// has caught up:
//
//   member ── an entry unacknowledged for drop_after ──> dropped ── its oldest is younger than
//     ^                                                     half of that ──> joining
//     └── has acknowledged all that was committed without it, and been told ──┘
//
// Laws:
//  1. Of 3 or 4 regions 1 can be dropped, of 5 or 6 two; the write region never.
//  2. A region that is not a member serves no strong reads. It needs no message to know: members
//     live on a lease that the primary renews with every message, and stops renewing when an entry
//     has been unacknowledged for half of drop_after; what is left is the length of the lease.
//  3. While a region joins, commits wait for it again.
// Source: consistency-levels.md of the Azure Cosmos DB documentation (which regions can be dropped,
// and that they serve no reads). Assumed: drop_after, the lease, the way back.
#pragma once

#include <optional>
#include <vector>

#include "models/store/replication/commit_rule.hpp"

namespace seatrial::models {

class DynamicQuorum {
 public:
  // `drop_after`: nothing: no region is ever dropped.
  DynamicQuorum(std::uint32_t regions, RegionId write_region, std::optional<Duration> drop_after);

  // What the primary knows of a region: when the oldest entry was appended that it has not
  // acknowledged (never: none), and the LSN before that.
  struct Known {
    Instant oldest_lacking = Instant::never();
    std::uint64_t acknowledged = 0;
  };
  // `notice`: how long a message to the region takes; `down`: regions that are left out anyway.
  void look(RegionId region, Known known, std::uint64_t committed, RegionSet down, Duration notice,
            Instant now);
  // Another region takes the writes.
  void lead(RegionId region);

  RegionSet excused() const { return excused_; }
  bool serves(RegionId region, Instant now) const {
    return regions_.empty() || regions_[region.value()].serves_from <= now;
  }
  std::optional<Duration> drop_after() const { return drop_after_; }
  // For the observer: how often a region was dropped.
  std::uint64_t drops() const { return drops_; }

 private:
  enum class State : std::uint8_t { member, dropped, joining };
  struct Region {
    State state = State::member;
    std::uint64_t joins_at = 0;  // LSN
    Instant serves_from;
  };

  bool may_drop_one_more(RegionSet down) const;

  std::optional<Duration> drop_after_;
  RegionId write_region_;
  RegionSet excused_ = 0;
  std::uint64_t drops_ = 0;
  std::vector<Region> regions_;  // none where no region can be dropped
};

}  // namespace seatrial::models
