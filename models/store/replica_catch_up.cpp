// A region or replica that came back is sent what it lacks under a budget: catch_up.hpp.
//
// Law: the budget is of a region: what its partitions lack is one queue. A partition that comes
// back while others catch up joins their queue. A replica that restarts beside others of its
// partition has a budget of its own.
#include <algorithm>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

void ReplicaService::plan_catch_ups() {
  if (!catch_up_.present) return;
  for (std::uint32_t region = 0; region < regions_; ++region) catch_up(RegionId{region});
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) tell_catch_ups(i);
}

void ReplicaService::catch_up(RegionId region) {
  const Instant now = simulation_.now();
  std::vector<std::pair<std::uint32_t, PacedLog>> logs;
  bool is_new = false;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    const RegionReplicas& replicas = partitions_[i].replicas(region);
    if (!replicas.catches_up(now) || documents_.family().is_retired(i)) continue;
    if (replicas.paced() != nullptr) {
      logs.emplace_back(i, *replicas.paced());
      continue;
    }
    const bool is_in_log = partitions_[i].oldest_lacking(region, now) >= log_begins();
    const std::optional<Bytes> snapshot = is_in_log ? std::nullopt : std::optional{snapshot_of(i)};
    logs.emplace_back(i, partitions_[i].backlog(region, snapshot, now));
    is_new = true;
  }
  if (!is_new) return;
  CatchUpQueue queue{catch_up_.bytes_per_second};
  for (auto& [partition, log] : logs) queue.add(log, rank_of(partition));
  queue.pace(now);
  for (auto& [partition, log] : logs) {
    partitions_[partition].replicas(region).catch_up_by(std::move(log), now);
    look_at_door_later(partition, region);
  }
}

// What came of others goes with what it came of.
std::int64_t ReplicaService::rank_of(std::uint32_t partition) const {
  while (const auto parent = documents_.family().came_of(partition)) partition = *parent;
  return ranks_[partition];
}

Instant ReplicaService::log_begins() const {
  return Instant::at(simulation_.now().since_start() - catch_up_.log_retained);
}

Bytes ReplicaService::snapshot_of(std::uint32_t partition) const {
  Bytes bytes = catch_up_.other_documents;
  documents_.for_each_of(partition, [&](std::uint32_t slot) {
    const Document& document = documents_.at(slot);
    if (document.is_open && simulation_.now() < document.newest_gone) {
      bytes += sizes_[document.name.data_class.value()];
    }
  });
  const double packed = static_cast<double>(bytes) / catch_up_.snapshot_compression;
  return static_cast<Bytes>(packed + 0.5);
}

std::optional<Refill> ReplicaService::refill_of(std::uint32_t partition) const {
  if (!catch_up_.present) return std::nullopt;
  Refill refill;
  refill.bytes_per_second = catch_up_.bytes_per_second;
  refill.log_begins = log_begins();
  refill.snapshot = snapshot_of(partition);
  return refill;
}

void ReplicaService::tell_catch_ups(std::uint32_t index) {
  for (std::uint32_t region = 0; region < regions_; ++region) {
    for (const CatchUpNews& news : partitions_[index].replicas(RegionId{region}).take_news()) {
      CatchUpObserved seen;
      seen.partition = PartitionId{index};
      seen.region = RegionId{region};
      seen.at = simulation_.now();
      seen.is_cut_short = news.is_cut_short;
      seen.by_snapshot = news.by_snapshot;
      seen.bytes = news.bytes;
      observer_.catch_up(seen);
    }
  }
}

ReplicationState ReplicaService::replication_state(RegionId region, Instant now) {
  ReplicationState state;
  Duration sum;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    Partition& partition = partitions_[i];
    const Duration lag = partition.replication_lag(region, now);
    const std::uint64_t lacking = partition.entries_lacking(region, now);
    if (lag > state.greatest_lag) state.greatest_lag = lag, state.lag_partition = PartitionId{i};
    if (lacking > state.most_lacking)
      state.most_lacking = lacking, state.lacking_partition = PartitionId{i};
    sum += lag;
    state.entries_lacking += lacking;
    state.catch_up_left += partition.replicas(region).catch_up_left(now);
  }
  state.mean_lag = sum / static_cast<std::int64_t>(partitions_.size());
  return state;
}

}  // namespace seatrial::models
