// Two partitions are merged into one: see partition_family.hpp.
//
//   asked ──> writes to both wait ──> what is appended to both is committed and, of a tier,
//   durable,
//             and every replica of every region has it ──> one log, after the last LSN of either
//
// Laws: no LSN is given twice to one document, and whatever a token of either partition asks for is
// there: it is a barrier that every replica has passed, unless its entry was lost. A version keeps
// the name that it had.
// Sources: "Merge partitions in Azure Cosmos DB (preview)",
// learn.microsoft.com/azure/cosmos-db/merge: fewer physical partitions, each with more of the
// provisioned RU/s; both are in the background, and how is published by nobody. Tokens of both
// parents: SessionTokenHelper of azure-sdk-for-java. Assumed: writes wait, reads do not; a merge
// that is not there after 2 s lets the writes go on and tries again 10 s later, so it does not stop
// them while a region or link is down. Where the two have other write regions by then, or other
// replication modes, or a link has a limited bandwidth, nothing happens. Not modelled: the copying
// of data and what it costs, the client library's refreshing of its addresses.
#include <utility>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(10);
constexpr Duration longest_wait = Duration::seconds(2);
constexpr Duration try_again = Duration::seconds(10);
}  // namespace

void ReplicaService::merge(std::uint32_t one, std::uint32_t other) {
  if (one == other || one >= partitions_.size() || other >= partitions_.size()) return;
  const bool is_one_kind = &partitions_[one].plan() == &partitions_[other].plan();
  if (!is_one_kind || network_.has_limits()) return;
  Merging merging;
  merging.one = one;
  merging.other = other;
  mergings_.push_back(std::move(merging));
  begin_to_merge(mergings_.size() - 1);
}

void ReplicaService::begin_to_merge(std::size_t number) {
  Merging& merging = mergings_[number];
  merging.keeps_writes = true;
  merging.gives_up = simulation_.now() + longest_wait;
  look_at_merge(number);
}

void ReplicaService::look_at_merge(std::size_t number) {
  const std::uint32_t one = mergings_[number].one, other = mergings_[number].other;
  const bool is_void = documents_.family().is_retired(one) || documents_.family().is_retired(other);
  const bool is_of_one_region =
      partitions_[one].write_region() == partitions_[other].write_region();
  if (!is_void && is_of_one_region && is_ready_to_merge(one) && is_ready_to_merge(other)) {
    merge_now(one, other);
    return let_writes_go(number);
  }
  if (is_void) return let_writes_go(number);
  if (simulation_.now() < mergings_[number].gives_up) {
    simulation_.schedule(look_again, [this, number] { look_at_merge(number); });
    return;
  }
  let_writes_go(number);
  if (!is_of_one_region) return;  // two regions have taken over: for good, as far as is known
  simulation_.schedule(try_again, [this, number] { begin_to_merge(number); });
}

bool ReplicaService::is_ready_to_merge(std::uint32_t index) {
  return pending_[index].empty() && partitions_[index].is_complete(simulation_.now());
}

void ReplicaService::let_writes_go(std::size_t number) {
  mergings_[number].keeps_writes = false;
  const std::vector<WriteRequest> waiting = std::exchange(mergings_[number].waiting, {});
  for (const WriteRequest& request : waiting) receive(request);
}

bool ReplicaService::waits_for_merge(const WriteRequest& request) {
  const std::uint32_t index = documents_.at(request.document).partition;
  for (Merging& merging : mergings_) {
    if (!merging.keeps_writes || (merging.one != index && merging.other != index)) continue;
    merging.waiting.push_back(request);
    return true;
  }
  return false;
}

void ReplicaService::merge_now(std::uint32_t one, std::uint32_t other) {
  look_at_followed();
  for (const std::uint32_t parent : {one, other}) {
    documents_.for_each_of(parent, [&](std::uint32_t slot) {
      Document& document = documents_.at(slot);
      if (document.newest_lsn == 0) return;
      document.epoch_before_merge = partitions_[parent].epoch_of(document, document.newest_lsn);
    });
  }
  const auto into = static_cast<std::uint32_t>(partitions_.size());
  Partition merged = partitions_[one];
  merged.use(partitions_[one].copies_of_outbounds());
  merged.merge_with(partitions_[other]);
  add_partition(merged, durability_[one].get());
  const std::uint64_t last = merged.log().last();
  if (durability_[into]) durability_[into]->go_on_after(last);
  durability_[one].reset();
  durability_[other].reset();
  limit_.merge();
  documents_.merge(one, other, into);
  const std::vector<PartitionId> parents{PartitionId{one}, PartitionId{other}};
  observer_.partitions({parents, {PartitionId{into}}, simulation_.now()});
  if (witness_ == nullptr) return;
  witness_->merged({PartitionId{one}, PartitionId{other}, PartitionId{into}, last,
                    merged.first_epoch(), simulation_.now()});
}

// Of a document's own line: another partition's epochs say nothing of its tokens.
bool ReplicaService::still_holds(const Document& document, SessionToken token) const {
  std::uint32_t index = document.partition;
  while (!token.is_none() && token.epoch < partitions_[index].first_epoch()) {
    const auto parent = documents_.parent_of(document.name, PartitionId{index});
    SEATRIAL_ASSERT(parent.has_value(), "a token of an epoch that no partition of its line had");
    index = parent->value();
  }
  return token.is_none() || partitions_[index].still_holds(token);
}

}  // namespace seatrial::models
