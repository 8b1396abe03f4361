// Which partitions came of which. A physical partition that has grown too large splits in two, and
// each of its documents goes to one of them by a hash of its name; two that have become too small
// are merged into one. What a document was in before is its line:
//
//   1 ──split──> 4, 5        a document in 7 that was in 5 before: a client without a token for 7
//   4, 5 ──merge──> 6        looks for one of 6, of 5, of 1
//   6 ──split──> 7, 8
//
// Source: the public client libraries look for tokens of a range's parents where they hold none for
// the range itself (SessionContainer, ResolvedPartitionKeyRange.Parents), and merge those of both
// parents of a merged one (SessionTokenHelper). Here the parent that had the document is asked:
// everything of both is applied, so the other's token asks for nothing more.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "models/ids.hpp"
#include "sim/random/mix.hpp"

namespace seatrial::models {

class PartitionFamily {
 public:
  // Where a document is now that was once in `partition`.
  std::uint32_t home_of(const DocumentName& name, std::uint32_t partition) const {
    for (const Event& event : events_) partition = after(event, name, partition);
    return partition;
  }

  // What the document was in before it came to `partition`; it began in `first`.
  std::optional<PartitionId> parent_of(const DocumentName& name, std::uint32_t first,
                                       PartitionId partition) const {
    std::uint32_t at = first;
    for (const Event& event : events_) {
      const std::uint32_t next = after(event, name, at);
      if (next != at && next == partition.value()) return PartitionId{at};
      at = next;
    }
    return std::nullopt;
  }

  // One of those whose place it took; they have one replication mode.
  std::optional<std::uint32_t> came_of(std::uint32_t partition) const {
    for (const Event& event : events_) {
      if (partition == event.into || (event.splits && partition == event.into + 1)) {
        return event.one;
      }
    }
    return std::nullopt;
  }

  // The two partitions `into` and `into` + 1 take over what `parent` had.
  void split(std::uint32_t parent, std::uint32_t into) {
    events_.push_back({parent, parent, into, true});
  }
  // `into` takes over what both had.
  void merge(std::uint32_t one, std::uint32_t other, std::uint32_t into) {
    events_.push_back({one, other, into, false});
  }

  bool never_changed() const { return events_.empty(); }
  // Whether others have taken over what it had.
  bool is_retired(std::uint32_t partition) const {
    for (const Event& event : events_) {
      if (event.one == partition || event.other == partition) return true;
    }
    return false;
  }

 private:
  struct Event {  // in the order of time
    std::uint32_t one = 0;
    std::uint32_t other = 0;
    std::uint32_t into = 0;
    bool splits = false;
  };

  static std::uint32_t after(const Event& event, const DocumentName& name,
                             std::uint32_t partition) {
    if (event.one != partition && event.other != partition) return partition;
    return event.into + (event.splits && falls_high(name, event) ? 1 : 0);
  }

  static bool falls_high(const DocumentName& name, const Event& split) {
    const std::uint64_t data_class = sim::mix(name.data_class.value() + split.into);
    return (sim::mix(data_class ^ sim::mix(name.owner)) >> 63) != 0;
  }

  std::vector<Event> events_;
};

}  // namespace seatrial::models
