// Single replicas crash and restart.
//
//   secondary of the write region   writes go on while a write quorum is up, else they wait
//   primary of the write region     down ── election ──> the longest of the others is the primary,
//                                   in a new epoch; what only it had was never acknowledged
//   replica of a read region        its clients ask the next; it catches up (catch_up.hpp)
//
// Laws: which replicas crash is drawn by the fault and the partition. An election needs so many
// replicas that one of them has whatever is committed, so it loses nothing that was acknowledged.
// A replica that restarts answers what it has applied, from its first instant on.
// With the primary of a tier goes its memory, at once: what was acknowledged and not durable is
// lost, in a new epoch, and the others of the region drop it. Whoever is elected has what the
// backend has; so has the old primary, when it restarts before an election.
// Assumed: the host of a crashed replica refuses at once (410); writers whose connection broke with
// the primary hear nothing and time out; `election` (MongoDB: at most 12 s at the median with
// default settings; Azure Cosmos DB names no figure).
#include "models/store/replica_service.hpp"

namespace seatrial::models {

void ReplicaService::crash_replicas(RegionId region, std::int64_t count, std::uint64_t fault,
                                    Duration restart_after) {
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    crash(i, region, count, sim::Stream{victim_key_, fault, i}, restart_after);
  }
}

void ReplicaService::crash(std::uint32_t index, RegionId region, std::int64_t count,
                           sim::Stream draws, Duration restart_after) {
  Partition& partition = partitions_[index];
  const RegionReplicas& replicas = partition.replicas(region);
  std::vector<std::size_t> up;
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (replicas.is_up(i)) up.push_back(replicas.name_of(i));
  }
  RegionReplicas::Some victims;
  for (std::int64_t i = 0; i < count && !up.empty(); ++i) {
    const std::size_t chosen = draws.below(up.size());
    victims.set(up[chosen]);
    up.erase(up.begin() + static_cast<std::ptrdiff_t>(chosen));
  }
  crashed(index, region) |= victims;
  const bool has_primary = partition.write_region() == region && replicas.is_up(0);
  if (has_primary && replicas.numbers_of(victims)[0]) lose_memory(index);
  partition.crash(region, replicas.numbers_of(victims), simulation_.now());
  tell_catch_ups(index);
  simulation_.schedule(restart_after,
                       [this, index, region, victims] { restart(index, region, victims); });
  if (partition.write_region() != region) return;
  if (!replicas.is_up(0)) abandon_writers(index);
  commit_anew(index);
  if (!partition.needs_election()) return;
  const std::uint32_t epoch = partition.epoch();
  simulation_.schedule(election_, [this, index, epoch] { elect(index, epoch); });
}

void ReplicaService::restart(std::uint32_t index, RegionId region, RegionReplicas::Some names) {
  crashed(index, region) &= ~names;
  if (outages_[region.value()].lasting != 0) return split_when_committed(index);
  Partition& partition = partitions_[index];
  const RegionReplicas::Some numbers = partition.replicas(region).numbers_of(names);
  const std::optional<Refill> refill = refill_of(index);
  partition.restart(region, numbers, simulation_.now(), refill ? &*refill : nullptr);
  plan_catch_ups();
  if (partition.write_region() == region) commit_anew(index);
  look_at_door(index, region);
  look_for_successors();
  split_when_committed(index);
}

// Unless the primary is back, or another region has taken over.
void ReplicaService::elect(std::uint32_t index, std::uint32_t epoch) {
  Partition& partition = partitions_[index];
  if (partition.epoch() != epoch || !partition.needs_election()) return;
  if (partition.plan().tier) partition.load_from_backend(simulation_.now());
  take_over(index, partition.write_region());
  // It may have split then, and the partitions be elsewhere.
  if (partitions_[index].is_acknowledged_by_regions()) commit_anew(index);
}

}  // namespace seatrial::models
