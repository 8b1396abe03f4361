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

inline std::uint64_t hash_of(const DocumentName& name) {
  const std::uint64_t data_class = sim::mix(name.data_class.value() + 0x9E3779B97F4A7C15);
  return sim::mix(data_class ^ sim::mix(name.owner));
}

// What a log entry keeps of its document's name: enough to say where the document is.
inline std::uint32_t short_hash_of(const DocumentName& name) {
  return static_cast<std::uint32_t>(hash_of(name) >> 32);
}

class PartitionFamily {
 public:
  // Where a document is now that was once in `partition`; by its short hash.
  std::uint32_t home_of(std::uint32_t document, std::uint32_t partition) const {
    for (const Event& event : events_) partition = after(event, document, partition);
    return partition;
  }

  // Whether an entry in the log of `partition` is of a document that is there: it began as a copy
  // of what split, and has the entries of the others, too. A merged log begins anew.
  bool holds(std::uint32_t partition, std::uint32_t document) const {
    std::uint32_t split_off = partition;
    for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
      if (event->splits && (split_off == event->into || split_off == event->into + 1)) {
        split_off = event->one;
      }
    }
    return home_of(document, split_off) == partition;
  }

  // What the document was in before it came to `partition`; it began in `first`.
  std::optional<PartitionId> parent_of(std::uint32_t document, std::uint32_t first,
                                       PartitionId partition) const {
    std::uint32_t at = first;
    for (const Event& event : events_) {
      const std::uint32_t next = after(event, document, at);
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

  static std::uint32_t after(const Event& event, std::uint32_t document, std::uint32_t partition) {
    if (event.one != partition && event.other != partition) return partition;
    return event.into + (event.splits && falls_high(document, event) ? 1 : 0);
  }

  static bool falls_high(std::uint32_t document, const Event& split) {
    return (sim::mix(std::uint64_t{split.into} << 32 | document) >> 63) != 0;
  }

  std::vector<Event> events_;
};

}  // namespace seatrial::models
