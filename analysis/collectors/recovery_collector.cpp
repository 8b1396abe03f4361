#include "analysis/collectors/recovery_collector.hpp"

#include <algorithm>

namespace seatrial::analysis {

using models::Duration;
using models::Instant;

namespace {

// A spell up to `over`; never: to the end, and it is open.
void add_spell(Spell& spell, Instant began, Instant over, Instant end) {
  const bool is_open = over == Instant::never();
  spell.add((is_open ? std::max(end, began) : over) - began, is_open);
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

void RecoveryCollector::Answers::note(bool is_good, Instant completed) {
  if (count_elsewhere) return;
  some_failed |= !is_good;
  if (is_good) first_good = std::min(first_good, completed);
}

bool RecoveryCollector::Answers::are_missed() const {
  return some_failed && !are_back() && !count_elsewhere;
}

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
  for (Fault& going_on : faults_) {
    const bool moves = seen.from != seen.to && going_on.ended == Instant::never();
    going_on.has_moved_writes |= moves;
  }
  Fault* const fault = last_of(seen.from);
  if (fault == nullptr || seen.lost == 0) return;
  OfPartition& partition = fault->at(seen.partition);
  if (partition.lost == 0 || seen.oldest_lost < partition.oldest_lost) {
    partition.oldest_lost = seen.oldest_lost;
  }
  partition.lost += seen.lost;
}

void RecoveryCollector::partitions(const models::PartitionsObserved& seen) {
  for (Fault& fault : faults_) {
    hand_over(fault, seen, &OfPartition::writes);
    hand_over(fault, seen, &OfPartition::reads);
  }
}

// What is missed before is missed of those that go on; what is back counts where it came back.
void RecoveryCollector::hand_over(Fault& fault, const models::PartitionsObserved& seen,
                                  Answers OfPartition::*answers) {
  Answers heir;
  for (const models::PartitionId before : seen.before) {
    Answers& of_parent = fault.at(before).*answers;
    heir.some_failed |= of_parent.are_missed();
    heir.count_elsewhere |= of_parent.are_back() || of_parent.count_elsewhere;
    of_parent.count_elsewhere = true;
  }
  if (heir.some_failed) heir.count_elsewhere = false;
  for (const models::PartitionId after : seen.after) fault.at(after).*answers = heir;
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
      partition.writes.note(good, seen.completed);
    } else if (seen.region == fault.begin.region) {
      partition.reads.note(good, seen.completed);
    }
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

void RecoveryCollector::add(Spell& spell, const Fault& fault, const Answers& answers, Instant end) {
  if (answers.are_back() || answers.are_missed()) {
    add_spell(spell, fault.begin.at, answers.first_good, end);
  }
}

FaultRecovery RecoveryCollector::recovery_of(const Fault& fault, Instant end) const {
  FaultRecovery recovery;
  const Instant began = fault.begin.at;
  recovery.number = fault.begin.number;
  const auto next = std::upper_bound(phases_.begin(), phases_.end(), began);
  recovery.phase = models::PhaseId{static_cast<std::uint32_t>(next - phases_.begin() - 1)};
  recovery.region = fault.begin.region;
  recovery.unmoved = fault.begin.is_switchover && !fault.has_moved_writes ? 1 : 0;
  RecoveryCounts& whole = recovery.whole;
  whole.faults = 1;
  for (const OfPartition& partition : fault.partitions) {
    RecoveryCounts counts;
    counts.faults = 1;
    counts.writes_lost = partition.lost;
    counts.rpo.add(partition.lost == 0 ? Duration{} : began - partition.oldest_lost);
    add(counts.rto_writes, fault, partition.writes, end);
    add(counts.rto_reads, fault, partition.reads, end);
    counts.catch_up = partition.catch_up;
    whole.writes_lost += partition.lost;
    whole.catch_up.merge(partition.catch_up);
    recovery.partitions.push_back(counts);
  }
  add_longest(whole.rpo, recovery.partitions, &RecoveryCounts::rpo);
  add_longest(whole.rto_writes, recovery.partitions, &RecoveryCounts::rto_writes);
  add_longest(whole.rto_reads, recovery.partitions, &RecoveryCounts::rto_reads);
  if (fault.ended < end) add_spell(whole.rto_lag, fault.ended, fault.lag_normal, end);
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
