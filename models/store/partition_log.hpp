// The log of one partition: every write to it, in the order in which the primary of the write
// region appended them. LSNs count from 1. Entries of one document are a chain through the log.
//
//   lsn        1      2      3      4      5
//   document   A      B      A      A      B
//   ordinal    1      1      2      3      2      A at cut 3 is ordinal 2: walk back from 4 to 3
//   previous   0      0      1      3      2
//
// Laws: an entry's previous version has the ordinal below, so a walk may end at an LSN that has
// been trimmed without looking at it. What every replica has applied may be trimmed. What a new
// epoch has cut off is gone, and its LSNs are given again.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

struct LogEntry {
  OperationName write;  // names the draws of the entry, and its writer
  Instant appended;
  Instant committed = Instant::never();      // may lie in the future; never: not known yet
  std::uint64_t previous_lsn = 0;            // of the document; 0: none
  Instant previous_gone = Instant::never();  // from when on that version is no document any more
  std::uint64_t ordinal = 0;                 // of the document
  std::uint32_t document = 0;                // slot; says nothing once the entry is committed
  std::uint16_t attempt = 0;                 // of the write
  bool waits = false;                        // for acknowledgements of other regions
  bool fell_back = false;                    // they were too late: it commits without them
  std::uint32_t bytes = 0;                   // on the way to each other region
  std::uint32_t work_each_end = 0;           // ns, to pack and unpack it
  std::uint32_t document_hash = 0;           // of its name
  std::uint64_t acknowledged = 0;            // regions whose quorum has it and has said so
};

class PartitionLog {
 public:
  std::uint64_t first() const { return first_; }
  std::uint64_t last() const { return first_ + entries_.size() - 1; }
  std::size_t size() const { return entries_.size(); }

  const LogEntry& at(std::uint64_t lsn) const {
    SEATRIAL_ASSERT(lsn >= first_ && lsn <= last(), "a log entry that is trimmed, or not written");
    return entries_[lsn - first_];
  }
  LogEntry& at(std::uint64_t lsn) { return const_cast<LogEntry&>(std::as_const(*this).at(lsn)); }

  std::uint64_t append(const LogEntry& entry) {
    entries_.push_back(entry);
    return last();
  }

  void truncate_after(std::uint64_t survived) {
    while (last() > survived) entries_.pop_back();
  }

  // Of partitions that were merged: nothing before the next LSN is in this log.
  void go_on_after(std::uint64_t lsn) {
    entries_.clear();
    first_ = lsn + 1;
  }

  void trim_to(std::uint64_t applied_everywhere) {
    while (!entries_.empty() && first_ <= applied_everywhere) {
      entries_.pop_front();
      ++first_;
    }
  }

 private:
  std::deque<LogEntry> entries_;
  std::uint64_t first_ = 1;
};

}  // namespace seatrial::models
