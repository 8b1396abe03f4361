#include "analysis/collectors/recovery_collector.hpp"

#include <algorithm>

namespace seatrial::analysis {

using models::Duration;
using models::Instant;

namespace {

// A spell from the fault to `first`, or to the end when something was waited for in vain.
void add(Spell& spell, Instant began, Instant first, bool in_vain, Instant end) {
  if (first != Instant::never()) {
    spell.add(first - began);
  } else if (in_vain) {
    spell.add(std::max(end, began) - began, true);
  }
}

// What a fault's whole is of its partitions: the longest.
void add_longest(Spell& whole, const std::vector<RecoveryCounts>& partitions,
                 Spell RecoveryCounts::*spell) {
  bool any = false, open = false;
  Duration longest;
  for (const RecoveryCounts& partition : partitions) {
    any |= (partition.*spell).count > 0;
    open |= (partition.*spell).open > 0;
    longest = std::max(longest, Duration::nanoseconds((partition.*spell).sum_ns));
  }
  if (any) whole.add(longest, open);
}

}  // namespace

RecoveryCollector::OfPartition& RecoveryCollector::Fault::at(models::PartitionId partition) {
  if (partition.value() >= partitions.size()) partitions.resize(partition.value() + 1);
  return partitions[partition.value()];
}

void RecoveryCollector::fault(const models::FaultObserved& seen) {
  if (seen.begins) {
    Fault fault;
    fault.begin = seen;
    fault.normal_lag = greatest_lag_;
    faults_.push_back(std::move(fault));
    return;
  }
  for (Fault& fault : faults_) {
    if (fault.begin.number == seen.number) fault.ended = seen.at;
  }
}

RecoveryCollector::Fault* RecoveryCollector::last_of(models::RegionId region) {
  const auto fault = std::find_if(faults_.rbegin(), faults_.rend(),
                                  [&](const Fault& one) { return one.begin.region == region; });
  return fault == faults_.rend() ? nullptr : &*fault;
}

// Is the matter of the last fault of that region.
void RecoveryCollector::takeover(const models::TakeoverObserved& seen) {
  Fault* const fault = last_of(seen.from);
  if (fault == nullptr || seen.lost == 0) return;
  OfPartition& partition = fault->at(seen.partition);
  if (partition.lost == 0 || seen.oldest_lost < partition.oldest_lost) {
    partition.oldest_lost = seen.oldest_lost;
  }
  partition.lost += seen.lost;
}

void RecoveryCollector::catch_up(const models::CatchUpObserved& seen) {
  Fault* const fault = last_of(seen.region);
  if (fault == nullptr) return;
  CatchUps& sum = fault->at(seen.partition).catch_up;
  (seen.by_snapshot ? sum.snapshot_bytes : sum.log_bytes) +=
      seen.is_cut_short ? -seen.bytes : seen.bytes;
  if (!seen.is_cut_short) ++(seen.by_snapshot ? sum.by_snapshot : sum.by_log);
}

void RecoveryCollector::note_operation(const models::OperationObserved& seen) {
  const bool good = models::is_served(seen.outcome);
  for (Fault& fault : faults_) {
    if (seen.invoked < fault.begin.at) continue;
    OfPartition& partition = fault.at(seen.partition);
    if (models::is_write(seen.kind)) {
      partition.writes_failed |= !good;
      if (good) partition.first_write = std::min(partition.first_write, seen.completed);
      continue;
    }
    if (seen.region != fault.begin.region) continue;
    partition.reads_failed |= !good;
    if (good) partition.first_read = std::min(partition.first_read, seen.completed);
  }
}

void RecoveryCollector::gauges(const models::GaugesObserved& seen) {
  if (seen.at < phases_.front()) return;
  const bool calm = std::all_of(faults_.begin(), faults_.end(), [](const Fault& fault) {
    return fault.lag_normal != Instant::never();
  });
  if (calm) greatest_lag_ = std::max(greatest_lag_, seen.replication_lag);
  for (Fault& fault : faults_) {
    if (fault.begin.region != seen.region || seen.at < fault.ended) continue;
    if (fault.ended == Instant::never() || fault.lag_normal != Instant::never()) continue;
    if (seen.replication_lag <= fault.normal_lag) fault.lag_normal = seen.at;
  }
}

FaultRecovery RecoveryCollector::recovery_of(const Fault& fault, Instant end) const {
  FaultRecovery recovery;
  const Instant began = fault.begin.at;
  recovery.number = fault.begin.number;
  const auto next = std::upper_bound(phases_.begin(), phases_.end(), began);
  recovery.phase = models::PhaseId{static_cast<std::uint32_t>(next - phases_.begin() - 1)};
  recovery.region = fault.begin.region;
  RecoveryCounts& whole = recovery.whole;
  whole.faults = 1;
  for (const OfPartition& partition : fault.partitions) {
    RecoveryCounts counts;
    counts.faults = 1;
    counts.writes_lost = partition.lost;
    counts.rpo.add(partition.lost == 0 ? Duration{} : began - partition.oldest_lost);
    add(counts.rto_writes, began, partition.first_write, partition.writes_failed, end);
    add(counts.rto_reads, began, partition.first_read, partition.reads_failed, end);
    counts.catch_up = partition.catch_up;
    whole.writes_lost += partition.lost;
    whole.catch_up.merge(partition.catch_up);
    recovery.partitions.push_back(counts);
  }
  add_longest(whole.rpo, recovery.partitions, &RecoveryCounts::rpo);
  add_longest(whole.rto_writes, recovery.partitions, &RecoveryCounts::rto_writes);
  add_longest(whole.rto_reads, recovery.partitions, &RecoveryCounts::rto_reads);
  if (fault.ended < end) add(whole.rto_lag, fault.ended, fault.lag_normal, true, end);
  return recovery;
}

std::vector<FaultRecovery> RecoveryCollector::finish(Instant end) const {
  std::vector<FaultRecovery> all;
  for (const Fault& fault : faults_) {
    const std::vector<FaultRecovery> one{recovery_of(fault, end)};
    merge(all, one);
  }
  return all;
}

}  // namespace seatrial::analysis
