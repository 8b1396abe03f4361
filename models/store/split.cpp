// A partition splits: see partition_family.hpp.
//
//   asked ──> no replica is crashed ──> writes wait ──> what is appended is committed
//         ──> two logs, two halves of the documents
//
// Law: nothing is lost and no LSN is given twice to one document: both children go on after the
// parent's last LSN.
// Of a tier, what is appended has to be durable first, too; what is on an event bus comes to both.
// Assumed: writes to the partition wait for the moment that this takes; reads do not.
// A takeover that loses entries of before a split counts them where their document is.
// Not modelled: the copying of data and what it costs, the client library's refreshing of its
// addresses; splits in a world where a link has a limited bandwidth, where nothing happens.
#include <utility>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

void ReplicaService::split(std::uint32_t index) {
  if (index >= partitions_.size() || documents_.family().is_retired(index)) return;
  if (network_.has_limits()) return;  // entries on a narrow link belong to one partition
  if (splitting_.size() <= index) splitting_.resize(index + 1);
  splitting_[index].is_asked = true;
  split_when_committed(index);
}

bool ReplicaService::is_about_to_split(std::uint32_t index) const {
  if (splitting_.size() <= index || !splitting_[index].is_asked) [[likely]] {
    return false;
  }
  return !documents_.family().is_retired(index);
}

// Of the partition's replicas; they restart by themselves.
bool ReplicaService::some_are_crashed(std::uint32_t index) {
  for (std::uint32_t i = 0; i != regions_; ++i) {
    if (crashed(index, RegionId{i}).any()) return true;
  }
  return false;
}

// The primary of a partition that is about to split or to be merged keeps writes until it has.
bool ReplicaService::waits_for_family(const WriteRequest& request) {
  const std::uint32_t index = documents_.at(request.document).partition;
  if (!is_about_to_split(index) || some_are_crashed(index)) return waits_for_merge(request);
  splitting_[index].waiting.push_back(request);
  return true;
}

void ReplicaService::split_when_committed(std::uint32_t index) {
  if (!is_about_to_split(index)) return;
  const bool has_to_wait = some_are_crashed(index);
  if (!has_to_wait && (!pending_[index].empty() || !partitions_[index].is_durable())) return;
  if (!has_to_wait) split_now(index);
  const std::vector<WriteRequest> waiting = std::exchange(splitting_[index].waiting, {});
  for (const WriteRequest& request : waiting) receive(request);
}

// The first child goes on with the ways of the parent; the second, and the parent, which nobody
// writes to any more, get copies.
void ReplicaService::split_now(std::uint32_t index) {
  look_at_followed();
  const auto first = static_cast<std::uint32_t>(partitions_.size());
  for (int child = 0; child != 2; ++child) {
    const Partition copy = partitions_[index];
    add_partition(copy, durability_[index].get());
    partitions_.back().count_from_here();
    partitions_[index].use(copy.copies_of_outbounds());
  }
  durability_[index].reset();
  partitions_[index].end_reports();
  limit_.split();
  documents_.split(index, first);
  const std::vector<PartitionId> children{PartitionId{first}, PartitionId{first + 1}};
  observer_.partitions({{PartitionId{index}}, children, simulation_.now()});
  if (witness_ != nullptr) {
    witness_->split(
        {PartitionId{index}, PartitionId{first}, PartitionId{first + 1}, simulation_.now()});
  }
  await_late_regions(first);
  await_late_regions(first + 1);
}

void ReplicaService::add_partition(const Partition& partition, const Durability* durability) {
  partitions_.push_back(partition);
  pending_.emplace_back();
  watched_.push_back(false);
  durability_.push_back(durability ? std::make_unique<Durability>(*durability) : nullptr);
  backup_.add_partition();
  doors_.resize(doors_.size() + regions_);
  crashed_.resize(crashed_.size() + regions_);
}

}  // namespace seatrial::models
