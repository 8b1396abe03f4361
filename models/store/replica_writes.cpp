// What the primary does with a write: whether it may be done, the log's new entry, its commit.
#include <algorithm>

#include "models/store/replica_service.hpp"
#include "models/store/replication/shipping.hpp"
#include "models/store/request_units.hpp"

namespace seatrial::models {

ReplicaStatus ReplicaService::verdict_on(const WriteRequest& request,
                                         const Document& document) const {
  const bool is_there = simulation_.now() < document.newest_gone;
  const bool inserts = request.kind == OperationKind::insert;
  if (inserts && is_there) return ReplicaStatus::conflict;
  if (!inserts && !is_there) return ReplicaStatus::not_found;
  const bool must_match = request.precondition == Precondition::must_match;
  if (must_match && !is_newest(document, request.base)) {
    return ReplicaStatus::precondition_failed;
  }
  const bool must_keep = request.precondition == Precondition::paths_unchanged;
  if (must_keep && paths_.changed_since(request.document, request.meant, request.base,
                                        request.operation.session)) {
    return ReplicaStatus::precondition_failed;
  }
  return ReplicaStatus::ok;
}

// By epoch and LSN: an ordinal is given again after a loss.
bool ReplicaService::is_newest(const Document& document, const Version& version) const {
  if (document.newest_lsn != version.lsn) return false;
  const Partition& partition = partitions_[document.partition];
  return version.lsn == 0 || partition.epoch_of(document, version.lsn) == version.epoch;
}

bool ReplicaService::overwrites_unseen(const WriteRequest& request,
                                       const Document& document) const {
  const bool puts_back = request.precondition == Precondition::report_overwrite;
  if (puts_back && !is_newest(document, request.base)) return true;
  return request.seen && paths_.changed_since(request.document, request.meant, *request.seen,
                                              request.operation.session);
}

// Keeps the document until the commit.
void ReplicaService::append(const WriteRequest& request, Document& document, ReplicaAnswer answer) {
  LogEntry entry;
  entry.write = request.operation;
  entry.attempt = request.attempt;
  entry.appended = simulation_.now();
  entry.previous_lsn = document.newest_lsn;
  entry.previous_gone = document.newest_gone;
  entry.ordinal = document.newest_ordinal + 1;
  entry.document = request.document;
  const std::uint32_t index = document.partition;
  const Shipped shipping = shipped(partitions_[index].plan().shipping, request.kind, request.size,
                                   request.patch, request.payload);
  entry.bytes = static_cast<std::uint32_t>(shipping.bytes);
  entry.work_each_end = static_cast<std::uint32_t>(shipping.work_each_end.ns());
  entry.document_hash = document.hash;
  answer.replication_bytes = shipping.bytes * (regions_ - 1);
  look_at_followed();
  const std::uint64_t lsn = partitions_[index].append(entry);
  if (partitions_[index].has_outbounds()) partitions_[index].send(lsn, true, entry.appended);
  if (Trace* const trace = network_.trace_of(request.operation.session)) {
    applied_watch_.add(PartitionId{index}, lsn, *trace);
  }
  document.newest_lsn = lsn;
  document.newest_ordinal = entry.ordinal;
  const bool deletes = request.kind == OperationKind::delete_;
  document.newest_gone =
      deletes ? entry.appended : gone_after(document.name.data_class, entry.appended);

  const std::uint32_t epoch = partitions_[index].epoch();
  answer.version = Version{epoch, lsn, entry.ordinal};
  paths_.changed(request.document, request.meant, answer.version, request.operation.session);
  answer.applied = {epoch, lsn};
  answer.ru = cost_of_write(request.kind, request.size);
  limit_.charge(index, request.to.region, answer.ru, entry.appended);
  tell_appended(index, document, entry);
  tell_answered(request, SessionToken{}, answer);
  pending_[index].push_back(Pending{request, answer});
  if (partitions_[index].is_acknowledged_by_regions()) {
    await_regions(index, lsn);
  } else {
    schedule_commit(index, lsn);
  }
}

// Never: when replicas come back the commit is settled anew.
void ReplicaService::schedule_commit(std::uint32_t index, std::uint64_t lsn) {
  const Instant committed = partitions_[index].log().at(lsn).committed;
  if (committed == Instant::never()) return;
  simulation_.schedule(committed, [this, index] { commit_due(index); });
}

// A committed entry is on its way to the regions that have not waited for it; of a tiered store
// when it is durable.
void ReplicaService::leave(std::uint32_t index, const LogEntry& entry) {
  const auto others = static_cast<std::int64_t>(regions_ - 1);
  replication_bytes_ += entry.bytes * others;
  shipping_cpu_ += Duration::nanoseconds(std::int64_t{entry.work_each_end} * (1 + others));
  backup_.committed(index, entry.bytes);
  Durability* const durability = durability_[index].get();
  const Instant now = simulation_.now();
  Partition& partition = partitions_[index];
  const std::uint64_t lsn = partition.committed();
  if (durability == nullptr) {
    if (partition.has_outbounds()) partition.send(lsn, false, now);
    return;
  }
  const std::uint32_t epoch = partition.epoch_of(lsn);
  simulation_.schedule(durability->add(entry), [this, index, lsn, epoch] {
    const bool is_lost = partitions_[index].epoch_of(lsn) != epoch;
    if (is_lost) return;
    partitions_[index].is_durable_until(lsn);
    partitions_[index].send(lsn, false, simulation_.now());
    if (!is_about_to_split(index)) return;
    // Not before all of this flush has left.
    simulation_.schedule(Duration::nanoseconds(1), [this, index] { split_when_committed(index); });
  });
}

void ReplicaService::commit_due(std::uint32_t index) {
  Partition& partition = partitions_[index];
  while (partition.commit_is_due(simulation_.now())) {
    const LogEntry& entry = partition.commit_next();
    leave(index, entry);
    Pending& pending = pending_[index].front();
    CommitObserved commit;
    commit.partition = PartitionId{index};
    commit.document = documents_.at(entry.document).name;
    commit.version = pending.answer.version;
    commit.committed = entry.committed;
    commit.writer = entry.write.session;
    observer_.commit(commit);
    freshness_.committed(entry.document, commit.version, entry.write);
    pending.answer.answered = simulation_.now();
    pending.answer.fell_back = entry.fell_back;
    if (!pending.is_answered) reply(pending.request, pending.answer);
    documents_.release(entry.document);
    pending_[index].pop_front();
  }
  split_when_committed(index);
}

}  // namespace seatrial::models
