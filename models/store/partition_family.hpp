// Which partitions came of which: a physical partition that has grown too large splits in two, and
// each of its documents goes to one of them by a hash of its name. Both begin with the parent's
// log, so a session token of the parent holds for either.
//
//   partition 1 ──split──> 4, 5          a client without a token for 5 looks for one of 1
//               5 ──split──> 6, 7        ... and of 7: for one of 5, then of 1
//
// Source: the public client libraries look for a token of a range's parents where they hold none
// for the range itself (SessionContainer, ResolvedPartitionKeyRange.Parents).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/ids.hpp"
#include "sim/random/mix.hpp"

namespace seatrial::models {

class PartitionFamily {
 public:
  // Where a document of a partition is now.
  std::uint32_t home_of(const DocumentName& name, std::uint32_t partition) const {
    for (const Split& split : splits_) {  // in the order of time
      if (split.parent == partition) partition = split.first + (falls_high(name, split) ? 1 : 0);
    }
    return partition;
  }

  // The two partitions `first` and `first` + 1 take over what `parent` had.
  void split(std::uint32_t parent, std::uint32_t first) { splits_.push_back({parent, first}); }

  bool has_split(std::uint32_t partition) const {
    for (const Split& split : splits_) {
      if (split.parent == partition) return true;
    }
    return false;
  }

  std::optional<PartitionId> parent_of(PartitionId partition) const {
    for (const Split& split : splits_) {
      const bool is_child = partition.value() - split.first < 2;
      if (is_child) return PartitionId{split.parent};
    }
    return std::nullopt;
  }

 private:
  struct Split {
    std::uint32_t parent = 0;
    std::uint32_t first = 0;
  };

  static bool falls_high(const DocumentName& name, const Split& split) {
    const std::uint64_t data_class = sim::mix(name.data_class.value() + split.first);
    return (sim::mix(data_class ^ sim::mix(name.owner)) >> 63) != 0;
  }

  std::vector<Split> splits_;
};

}  // namespace seatrial::models
