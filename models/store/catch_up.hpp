// How a region or a replica that comes back is sent what it lacks, where /store/catch_up gives it a
// budget: one entry after the other, bytes_per_second in all.
//
//   up ──> log of the class that is `first` ──> snapshot of a partition ──> log of another ...
//    │     one after the other: the budget                          B bytes take B / budget
//    └──> entries that are committed from now on: beside the budget, as ever; in log order they
//         are applied after what was missing
//
// The budget is there so that what is missing does not hold up what is new; so what is new does
// not draw on it. What is missing from longer ago than the log goes back comes as a snapshot of the
// partition, as it is when the catch-up begins: that is everything which is missing, and the log
// since then is what is new. In the queue partitions of a `first` class go before others, and what
// was committed earlier goes before what came later: entries apply in log order, so any other order
// would make them wait at the replica.
//
// Laws: what leaves when is settled when a catch-up begins, from what the log holds then; a fault
// that ends it keeps what has left, and what is still missing is planned anew when the way is free:
// an entry or a snapshot that was under way begins again. There is no event for an entry.
// Assumed: all numbers, and that the source reads as fast as it sends. Raft sends a snapshot to who
// lacks more than the log holds (Ongaro and Ousterhout 2014, section 7), MongoDB copies everything
// anew (initial sync) when the oplog does not go back far enough.
// Not modelled: what a queue of entries that waited for a route takes after a cut; documents of
// users who have left, in snapshots; the bandwidth of a limited link that a catch-up takes from
// others; that of two partitions which came of a split while a region was away each is sent the
// parent's log.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/store/partition_log.hpp"

namespace seatrial::models {

// What of one partition's log is sent, and when each part of it has left: a part is an entry, or
// all of them as one snapshot.
class PacedLog {
 public:
  PacedLog(std::uint64_t first, bool by_snapshot) : first_{first}, by_snapshot_{by_snapshot} {}

  // Entries in the order of the log; of a snapshot `bytes` are those of the first alone.
  void add(Instant committed, Bytes bytes);

  bool is_empty() const { return entries_ == 0; }
  bool is_snapshot() const { return by_snapshot_; }
  // When an entry has left the source; nothing: it is none of them.
  std::optional<Instant> leaves(std::uint64_t lsn) const {
    if (lsn < first_ || lsn >= first_ + entries_) return std::nullopt;
    return by_snapshot_ ? parts_.front().leaves : parts_[lsn - first_].leaves;
  }
  Instant ends() const { return parts_.empty() ? Instant{} : parts_.back().leaves; }
  Bytes bytes() const { return parts_.empty() ? 0 : parts_.back().bytes_so_far; }
  // In parts that have not left.
  Bytes unsent(Instant now) const;

 private:
  friend class CatchUpQueue;
  struct Part {
    Instant committed;
    Bytes bytes_so_far = 0;  // with those of the parts before
    Instant leaves = Instant::never();
  };
  Bytes bytes_of(std::size_t part) const {
    return parts_[part].bytes_so_far - (part == 0 ? 0 : parts_[part - 1].bytes_so_far);
  }
  std::size_t sent(Instant now) const;  // parts

  std::uint64_t first_;
  std::uint64_t entries_ = 0;
  bool by_snapshot_;
  std::vector<Part> parts_;  // leave in this order
};

// Of a replica or region, for whoever tells the observer.
struct CatchUpNews {
  bool is_cut_short = false;
  bool by_snapshot = false;
  Bytes bytes = 0;  // cut short: that have not left
};

// The logs that share one budget. Of lower rank: sent before.
class CatchUpQueue {
 public:
  explicit CatchUpQueue(Bytes bytes_per_second) : bytes_per_second_{bytes_per_second} {}

  void add(PacedLog& log, std::int64_t rank) { logs_.push_back({&log, rank}); }
  // What has left by now, and the part that is under way, stays as it is.
  void pace(Instant now);

 private:
  struct Queued {
    PacedLog* log = nullptr;
    std::int64_t rank = 0;
  };
  struct Waiting {
    const Queued* of = nullptr;
    std::size_t part = 0;
  };
  void pace(std::vector<Waiting> waiting, Instant start) const;

  Bytes bytes_per_second_;
  std::vector<Queued> logs_;  // by partition
};

// How a replica that restarts beside others is sent what it lacks.
struct Refill {
  Bytes bytes_per_second = 0;
  Instant log_begins;  // what was committed before it the log holds no more
  Bytes snapshot = 0;  // of the partition
};

}  // namespace seatrial::models
