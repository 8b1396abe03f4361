// What a fault of the store has cost: acknowledged writes that are lost, and how long nothing could
// be written or read.
//
//   writes lost   versions that had been committed and that a takeover cut off
//   rpo           from the commit of the oldest of them to the fault
//   rto_writes    from the fault to the first good answer to a write that was invoked after it, of
//                 the partition that waited longest; what was under way at the fault and commits
//                 later does not say that writes are back
//   rto_reads     from the fault to the first good answer to a read of the region's users that was
//                 invoked after it, of the partition that waited longest
//   catch_up      under /store/catch_up: how often what a replica or region lacked of a partition
//                 came from the log, and how often as a snapshot; and what has been sent, or was
//                 to be at the end
//   rto_lag       from the end of the fault until the region lags no more than any region did in
//                 the phases before it
//
// Of a planned switchover the fault is the time in which no writes are taken: rto_lag begins when
// it ends.
//
// A partition that splits or is merged meanwhile hands on what is still missed to those that go on;
// what was back before counts where it came back, and theirs is no recovery of that fault.
//
// Law: seen from outside, by answers: where they are rare, the gap between them is in
// it, and a partition that nobody asks for anything is left out. What is not over by the end of the
// last phase counts up to there, as `open`. Integers, which add up in any order.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "models/ids.hpp"

namespace seatrial::analysis {

// How long something took, over `count` faults.
struct Spell {
  std::uint64_t count = 0;
  std::uint64_t open = 0;  // of these: not over by the end
  std::int64_t sum_ns = 0;
  void add(models::Duration duration, bool is_open = false) {
    merge({1, is_open ? 1u : 0u, duration.ns()});
  }
  void merge(const Spell& other) {
    count += other.count;
    open += other.open;
    sum_ns += other.sum_ns;
  }
  bool operator==(const Spell&) const = default;
};

struct CatchUps {
  std::uint64_t by_log = 0;
  std::uint64_t by_snapshot = 0;
  std::int64_t log_bytes = 0;
  std::int64_t snapshot_bytes = 0;
  void merge(const CatchUps& other) {
    by_log += other.by_log;
    by_snapshot += other.by_snapshot;
    log_bytes += other.log_bytes;
    snapshot_bytes += other.snapshot_bytes;
  }
  bool operator==(const CatchUps&) const = default;
};

struct RecoveryCounts {
  std::uint64_t faults = 0;
  std::uint64_t writes_lost = 0;
  Spell rpo, rto_writes, rto_reads, rto_lag;
  CatchUps catch_up = {};
  void merge(const RecoveryCounts& other) {
    faults += other.faults;
    writes_lost += other.writes_lost;
    rpo.merge(other.rpo);
    rto_writes.merge(other.rto_writes);
    rto_reads.merge(other.rto_reads);
    rto_lag.merge(other.rto_lag);
    catch_up.merge(other.catch_up);
  }
  bool operator==(const RecoveryCounts&) const = default;
};

// Of one fault of the scenario, over the runs, and of each of its partitions.
struct FaultRecovery {
  std::uint32_t number = 0;  // of the fault in the scenario
  models::PhaseId phase;
  models::RegionId region;
  std::uint64_t unmoved = 0;  // of a switchover: runs in which no partition's writes moved
  RecoveryCounts whole;
  std::vector<RecoveryCounts> partitions;  // of each: no rto_lag
  void merge(const FaultRecovery& other) {
    unmoved += other.unmoved;
    whole.merge(other.whole);
    if (partitions.size() < other.partitions.size()) partitions.resize(other.partitions.size());
    for (std::size_t i = 0; i < other.partitions.size(); ++i) {
      partitions[i].merge(other.partitions[i]);
    }
  }
  bool operator==(const FaultRecovery&) const = default;
};

// Of several runs: those of one fault together, in the scenario's order.
inline void merge(std::vector<FaultRecovery>& sum, const std::vector<FaultRecovery>& others) {
  for (const FaultRecovery& other : others) {
    const auto at = std::find_if(sum.begin(), sum.end(), [&](const FaultRecovery& fault) {
      return fault.number >= other.number;
    });
    if (at != sum.end() && at->number == other.number) {
      at->merge(other);
    } else {
      sum.insert(at, other);
    }
  }
}

}  // namespace seatrial::analysis
