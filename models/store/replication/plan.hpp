// What a replication mode has decided, as plain data: a partition is built from it and asks no
// kind again.
//
//   commit   the write quorum of the write region has the entry, and of the other regions those
//            that must, and `needed` of those that count; or `at_most` has passed
//   leaves   for regions that are waited for at the append, for all others at the commit
//
// Law: a partition has one plan, and so a data class with a mode of its own has partitions of its
// own.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/ids.hpp"

namespace seatrial::models {

// What a region's acknowledgement is to a commit.
enum class Vote : std::uint8_t {
  none,    // nothing: it gets the entry afterwards
  counts,  // one of those of which some number is needed
  must     // no commit without it
};

struct ReplicationPlan {
  std::vector<Vote> votes;  // by region; of the write region itself: none
  // Of the regions that count; more than there are: all of them.
  std::uint32_t needed = 0;
  // The longest wait for other regions; nothing: without end.
  std::optional<Duration> at_most;
  // Strong consistency: a region that must acknowledge is left out after this long; nothing: never.
  std::optional<Duration> drop_after;

  Vote vote_of(RegionId region) const { return votes[region.value()]; }
  bool waits() const;
};

inline bool ReplicationPlan::waits() const {
  for (const Vote vote : votes) {
    if (vote == Vote::must || (vote == Vote::counts && needed > 0)) return true;
  }
  return false;
}

}  // namespace seatrial::models
