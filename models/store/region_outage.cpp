// A region of the store goes down, another takes over the writes, and the first comes back.
//
//   write region   down ────── failover.after ──────> given up      up: a read region, catches up
//   another region                                    epoch + 1, its longest log is the log
//
// Laws: a region takes over with what it has: later entries are lost, acknowledged or not, and
// nothing else is. The one that comes back drops what is lost and never takes the writes back by
// itself. Where commits wait for other regions they wait no longer for one that was given up, and
// it takes over nothing, until it has caught up. Under strong consistency only a region takes over
// that commits have waited for: nothing acknowledged is lost. Source: no automatic return of the
// write region, and loss of what was not replicated: "Reliability in Azure Cosmos DB for NoSQL".
// How long it takes until a region is given up is published by nobody, but for one partial outage
// (up to an hour or more): `failover.after` is the scenario's. Assumed: who takes over is decided
// by somebody who knows what every region has, within that time; regions that have more than the
// new write region drop it at the same instant; a region that comes back hears who writes before it
// answers. Not modelled: two write regions at one time (a region that is cut off and does not know
// that it was given up), conflict feeds of what is lost.
#include <algorithm>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(100);
}

void ReplicaService::take_down(RegionId region) {
  Outage& outage = outages_[region.value()];
  if (outage.lasting++ != 0) return;
  const std::uint32_t number = ++outage.number;
  if (switchover_.is_under_way && switchover_.to != region && writes_in(region)) end_switchover();
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    const bool has_primary = partitions_[i].write_region() == region;
    if (has_primary && partitions_[i].replicas(region).is_up(0)) lose_memory(i);
    partitions_[i].take_down(region, simulation_.now());
    if (partitions_[i].write_region() == region) abandon_writers(i);
  }
  plan_catch_ups();
  if (!failover_.present) return;
  simulation_.schedule(failover_.after, [this, region, number] { give_up_on(region, number); });
}

void ReplicaService::bring_up(RegionId region) {
  Outage& outage = outages_[region.value()];
  if (--outage.lasting != 0) return;
  outage.is_given_up = false;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    const auto others = partitions_[i].replicas(region).numbers_of(~crashed(i, region));
    partitions_[i].bring_up(region, others, simulation_.now());
    if (partitions_[i].write_region() == region) commit_anew(i);
  }
  plan_catch_ups();
  admit_when_caught_up(region, outage.number);
}

// The connections of those who wait for a commit are gone.
void ReplicaService::abandon_writers(std::uint32_t index) {
  for (Pending& pending : pending_[index]) pending.request.reply_to = {};
}

void ReplicaService::commit_anew(std::uint32_t index) {
  const Partition& partition = partitions_[index];
  const std::uint64_t first = partition.committed() + 1;
  for (std::uint64_t lsn = first; lsn <= partition.log().last(); ++lsn) {
    if (partition.is_acknowledged_by_regions()) {
      await_regions(index, lsn);
    } else {
      schedule_commit(index, lsn);
    }
  }
}

// When it is still down.
void ReplicaService::give_up_on(RegionId region, std::uint32_t number) {
  Outage& outage = outages_[region.value()];
  if (outage.lasting == 0 || outage.number != number) return;
  outage.is_given_up = true;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    if (is_bounded_ || partitions_[i].is_acknowledged_by_regions()) {
      partitions_[i].leave_out(region);
    }
    const bool is_retired = documents_.family().is_retired(i);
    if (partitions_[i].write_region() == region && !is_retired) take_over(i);
    if (partitions_[i].is_acknowledged_by_regions()) commit_anew(i);
  }
}

// Of a region that was given up when no other could take over: as soon as one can.
void ReplicaService::look_for_successors() {
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    const RegionId region = partitions_[i].write_region();
    if (!outages_[region.value()].is_given_up || documents_.family().is_retired(i)) continue;
    take_over(i);
    const bool has_succeeded = partitions_[i].write_region() != region;
    if (has_succeeded && partitions_[i].is_acknowledged_by_regions()) commit_anew(i);
  }
}

// By priority, or with the longest log; of equal ones the first of the scenario.
std::optional<RegionId> ReplicaService::successor(Partition& partition) const {
  const Instant now = simulation_.now();
  // What a quorum of every region has: not with a region whose replicas that have it are crashed.
  // Strong: all that is committed. A region that commits have not waited for may lack some of it.
  const std::uint64_t durable =
      is_strong_ ? partition.committed() : partition.state(now).commit_index;
  const auto can = [&](RegionId region) {
    return outages_[region.value()].lasting == 0 && partition.is_member(region) &&
           partition.longest(region, now) >= durable;
  };
  for (const RegionId region : failover_order_) {
    if (can(region)) return region;
  }
  if (!failover_order_.empty()) return std::nullopt;
  std::optional<RegionId> best;
  for (std::uint32_t i = 0; i < regions_; ++i) {
    const RegionId region{i};
    if (!can(region)) continue;
    if (!best || partition.longest(region, now) > partition.longest(*best, now)) best = region;
  }
  return best;
}

void ReplicaService::take_over(std::uint32_t index) {
  const std::optional<RegionId> to = successor(partitions_[index]);
  if (to) take_over(index, *to);
}

// Of the same region: another replica is its primary.
void ReplicaService::take_over(std::uint32_t index, RegionId to) {
  Partition& partition = partitions_[index];
  const Instant now = simulation_.now();
  const TakeoverObserved seen = take_back(index, partition.longest(to, now), to);
  partition.take_over(to, now);
  if (durability_[index]) durability_[index]->go_on_after(partition.committed());
  observer_.takeover(seen);
  plan_catch_ups();
  if (!partition.is_acknowledged_by_regions()) commit_anew(index);
  split_when_committed(index);
}

// Of a log that was another's before a split, what is its own.
void ReplicaService::count_lost(std::uint32_t index, TakeoverObserved& seen) const {
  const Partition& partition = partitions_[index];
  for (std::uint64_t lsn = seen.survived + 1; lsn <= partition.committed(); ++lsn) {
    const LogEntry& entry = partition.log().at(lsn);
    if (!documents_.family().holds(index, entry.document_hash)) continue;
    if (seen.lost++ == 0) seen.oldest_lost = entry.committed;
  }
}

TakeoverObserved ReplicaService::take_back(std::uint32_t index, std::uint64_t survived,
                                           RegionId to) {
  const Partition& partition = partitions_[index];
  const Instant now = simulation_.now();
  look_at_followed();
  TakeoverObserved seen;
  seen.partition = PartitionId{index};
  seen.epoch = partition.epoch() + 1;
  seen.from = partition.write_region();
  seen.to = to;
  seen.at = now;
  seen.survived = survived;
  count_lost(index, seen);
  documents_.for_each_of(index, [&](std::uint32_t slot) {
    partition.step_back(documents_.at(slot), survived);
    paths_.cut_after(slot, documents_.at(slot).newest_ordinal);
  });
  const std::uint64_t last = std::max(partition.committed(), survived);
  for (std::uint64_t lsn = partition.log().last(); lsn > last; --lsn) {
    documents_.release(partition.log().at(lsn).document);
    pending_[index].pop_back();
  }
  applied_watch_.forget_after(PartitionId{index}, survived);
  return seen;
}

// The backend has what is durable, another region perhaps more; the log goes on after that in a new
// epoch. What others of the region had of the memory they drop. Where nothing is lost, no epoch
// begins.
void ReplicaService::lose_memory(std::uint32_t index) {
  if (!durability_[index]) return;
  Partition& partition = partitions_[index];
  const Instant now = simulation_.now();
  documents_.for_each_of(index,
                         [&](std::uint32_t slot) { documents_.at(slot).hot_until = Instant{}; });
  std::uint64_t safe = durability_[index]->durable(now);
  for (std::uint32_t i = 0; i < regions_; ++i) {
    const RegionId region{i};
    if (region != partition.write_region()) safe = std::max(safe, partition.longest(region, now));
  }
  if (safe == partition.log().last()) return;
  const TakeoverObserved seen = take_back(index, safe, partition.write_region());
  partition.lose_memory(safe, now);
  durability_[index]->go_on_after(std::min(safe, partition.committed()));
  observer_.takeover(seen);
}

// A region that was given up and is back.
void ReplicaService::admit_when_caught_up(RegionId region, std::uint32_t number) {
  const Outage& outage = outages_[region.value()];
  if (outage.lasting != 0 || outage.number != number) return;
  bool is_complete = true;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    Partition& partition = partitions_[i];
    if (partition.is_member(region)) continue;
    const bool is_awaited_now = partition.admit(region, simulation_.now());
    if (is_awaited_now && partition.is_acknowledged_by_regions()) commit_anew(i);
    is_complete = is_complete && partition.is_member(region);
  }
  look_for_successors();
  if (is_complete) return;
  simulation_.schedule(look_again,
                       [this, region, number] { admit_when_caught_up(region, number); });
}

}  // namespace seatrial::models
