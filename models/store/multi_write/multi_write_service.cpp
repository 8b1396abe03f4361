#include "models/store/multi_write/multi_write_service.hpp"

#include <algorithm>

#include "models/store/request_units.hpp"

namespace seatrial::models {

namespace {

Version version_of(const VersionLink& link) {
  return link.lsn == 0 ? Version{} : Version{PartitionSet::epoch, link.stamp, link.ordinal};
}

MessageTraced traced(const ReplicaRequest& request, Instant sent,
                     std::optional<Duration> travelling) {
  MessageTraced message;
  message.operation = request.operation;
  message.kind = request.kind;
  message.region = request.to.region;
  message.number = request.to.replica;
  message.sent = sent;
  if (travelling) message.arrives = sent + *travelling;
  return message;
}

// A token that makes sure of no version of the document is below every version all the same.
Stamp covered_by(const SessionToken& token, const PartitionSet& set, DocumentHeads heads) {
  return token.is_none() ? 0 : std::max<Stamp>(set.covered_by(token, heads), 1);
}

Said said_by(ReplicaStatus status) {
  if (status == ReplicaStatus::behind) return Said::not_yet;
  if (status == ReplicaStatus::throttled) return Said::throttled;
  return status == ReplicaStatus::ok ? Said::ok : Said::conflict;
}

}  // namespace

MultiWriteService::MultiWriteService(const StoreSurroundings& around)
    : simulation_{around.simulation},
      network_{around.network},
      observer_{around.observer},
      witness_{around.observer.witness()},
      zones_{static_cast<std::uint32_t>(around.config.regions.zones)},
      read_service_{around.config.store.read_service},
      write_service_{around.config.store.write_service},
      read_key_{around.random.key(sim::Purpose{"store/read service"})},
      write_key_{around.random.key(sim::Purpose{"store/write service"})},
      write_regions_{around.config.store, around.network},
      clock_{around.config.store.conflict_clock, write_regions_, around.network},
      limit_{around.config.store, static_cast<std::uint32_t>(around.config.store.partitions),
             around.network.regions()},
      documents_{static_cast<std::uint32_t>(around.config.store.partitions)},
      lag_{around.config.store, around.network, around.random, write_regions_.hub()},
      outages_(around.network.regions()) {
  const auto partitions = static_cast<std::size_t>(around.config.store.partitions);
  sets_.reserve(partitions);
  for (std::size_t i = 0; i < partitions; ++i) {
    sets_.emplace_back(lag_, around.config.store, write_regions_, clock_, network_.regions());
  }
  pending_.resize(partitions * write_regions_.count());
  for (const DataClassConfig& data : around.config.data) {
    ttl_.push_back(data.ttl);
    is_absent_.push_back(data.at_start == AtStart::absent);
  }
}

DocumentHandle MultiWriteService::open(DocumentName name) {
  const DocumentHandle handle = documents_.open(name);
  const std::uint32_t slot = Documents::slot_of(handle);
  if (heads_.size() < (slot + 1) * write_regions_.count()) {
    heads_.resize((slot + 1) * write_regions_.count());
  }
  // A document that is there at the start counts as written then.
  const Instant now = simulation_.now();
  VersionLink at_start;
  at_start.gone = is_absent_[name.data_class.value()] ? now : gone_after(name.data_class, now);
  std::fill_n(heads_of(slot).begin(), write_regions_.count(), at_start);
  return handle;
}

Version MultiWriteService::newest_committed(std::uint32_t document) const {
  const PartitionSet& set = sets_[documents_.at(document).partition];
  const std::size_t origins = write_regions_.count();
  const std::span<const VersionLink> heads{heads_.data() + document * origins, origins};
  return version_of(set.newest_committed(heads, simulation_.now()));
}

Duration MultiWriteService::replication_lag(RegionId region, Instant now) {
  Duration greatest;
  for (PartitionSet& set : sets_) greatest = std::max(greatest, set.replication_lag(region, now));
  return greatest;
}

ReplicationState MultiWriteService::replication_state(RegionId region, Instant now) {
  ReplicationState state;
  Duration sum;
  for (std::uint32_t i = 0; i < sets_.size(); ++i) {
    const Duration lag = sets_[i].replication_lag(region, now);
    if (lag > state.greatest_lag) state.greatest_lag = lag, state.lag_partition = PartitionId{i};
    sum += lag;
  }
  state.mean_lag = sum / static_cast<std::int64_t>(sets_.size());
  return state;
}

void MultiWriteService::count_replication(ReplicationObserved& seen) const {
  seen.request_bytes += network_.bytes_between_regions();
  seen.replication_bytes += replicated_;
}

Place MultiWriteService::place_of(std::uint32_t partition, ReplicaAddress address) const {
  return Place{address.region, static_cast<std::uint8_t>((partition + address.replica) % zones_)};
}

template <class Request>
void MultiWriteService::deliver(const Request& request, Bytes size,
                                const sim::Distribution& service, sim::StreamKey key) {
  const Place to = place_of(documents_.at(request.document).partition, request.to);
  const MessageName name = store_message(request.operation, StoreLeg::request, request.attempt);
  const auto travelling = network_.delay(request.from, to, size, name, simulation_.now());
  if (Trace* const trace = network_.trace_of(request.operation.session)) {
    MessageTraced message = traced(request, simulation_.now(), travelling);
    message.hop = Hop::pod_to_replica;
    message.token = request.barrier;
    trace->message(message);
  }
  if (!travelling) return;
  sim::Stream work{key, request.operation.session.value(),
                   std::uint64_t{request.operation.index} << 8 | request.attempt >> 8,
                   static_cast<std::uint8_t>(request.attempt)};
  documents_.use(request.document);
  simulation_.schedule(*travelling + service.sample_duration(work),
                       [this, request] { receive(request); });
}

void MultiWriteService::send(const SetRead& request) {
  deliver(request, header_bytes, read_service_, read_key_);
}

void MultiWriteService::send(const SetWrite& request) {
  deliver(request, header_bytes + request.payload, write_service_, write_key_);
}

template <class Request>
SetAnswer MultiWriteService::answer_to(const Request& request) const {
  SetAnswer answer;
  answer.from = request.to;
  answer.answered = simulation_.now();
  answer.size = header_bytes;
  return answer;
}

template <class Request>
bool MultiWriteService::throttles(const Request& request) {
  const std::uint32_t partition = documents_.at(request.document).partition;
  const auto full_until = limit_.full_until(partition, request.to.region, simulation_.now());
  if (!full_until) return false;
  SetAnswer refusal = answer_to(request);
  refusal.status = ReplicaStatus::throttled;
  refusal.retry_after = *full_until;
  reply(request, refusal);
  documents_.release(request.document);
  return true;
}

void MultiWriteService::take_down(RegionId region) {
  if (outages_[region.value()]++ != 0) return;
  for (PartitionSet& set : sets_) set.take_down(region, simulation_.now());
  const std::optional<OriginId> origin = write_regions_.origin_of(region);
  if (!origin) return;
  // The connections of those who wait for a commit are gone.
  for (std::uint32_t i = 0; i < sets_.size(); ++i) {
    for (Pending& waiting : pending(i, *origin)) waiting.request.reply_to = {};
  }
}

void MultiWriteService::bring_up(RegionId region) {
  if (--outages_[region.value()] != 0) return;
  for (std::uint32_t i = 0; i < sets_.size(); ++i) {
    sets_[i].bring_up(region, simulation_.now());
    const std::optional<OriginId> origin = write_regions_.origin_of(region);
    if (!origin) continue;
    for (const Instant committed : sets_[i].commits_ahead(*origin)) {
      if (committed == Instant::never()) continue;
      simulation_.schedule(std::max(committed, simulation_.now()),
                           [this, i, at = *origin] { commit_due(i, at); });
    }
  }
}

bool MultiWriteService::is_lost(const ReplicaRequest& request) {
  if (outages_[request.to.region.value()] == 0) return false;
  documents_.release(request.document);
  return true;
}

void MultiWriteService::receive(const SetRead& request) {
  if (is_lost(request) || throttles(request)) return;
  const Instant now = simulation_.now();
  const std::uint32_t partition = documents_.at(request.document).partition;
  PartitionSet& set = sets_[partition];
  const DocumentHeads heads = heads_of(request.document);
  const ReplicaPlace at{request.to.region, request.to.replica};
  SetAnswer answer = answer_to(request);
  answer.applied = set.applied(at, now);
  answer.covered = covered_by(request.barrier, set, heads);
  if (request.barrier <= answer.applied) {
    const VersionLink newest = set.newest_at(at, heads, now);
    answer.version = version_of(newest);
    answer.found = now < newest.gone;
    const Bytes size = answer.found ? request.size : 0;
    answer.size += size;
    answer.ru = cost_of_read(size);
    answer.truth = set.judge(request.invocation, at, heads, request.barrier, now);
  } else {
    answer.status = ReplicaStatus::behind;
  }
  limit_.charge(partition, request.to.region, answer.ru, now);
  tell_answered(request, answer);
  reply(request, answer);
  documents_.release(request.document);
}

void MultiWriteService::receive(const SetWrite& request) {
  if (is_lost(request) || throttles(request)) return;
  const Instant now = simulation_.now();
  const std::uint32_t partition = documents_.at(request.document).partition;
  PartitionSet& set = sets_[partition];
  const ReplicaPlace primary{request.to.region, 0};
  const DocumentHeads heads = heads_of(request.document);
  SetAnswer answer = answer_to(request);
  answer.applied = set.applied(primary, now);
  answer.covered = covered_by(request.barrier, set, heads);
  if (!(request.barrier <= answer.applied)) {
    answer.status = ReplicaStatus::behind;
  } else {
    const VersionLink newest = set.newest_at(primary, heads, now);
    answer.status = verdict_on(request, newest);
    if (answer.status == ReplicaStatus::ok) {
      answer.lost_update = overwrites_unseen(request, newest);
      append(request, *write_regions_.origin_of(request.to.region), answer);
      return;
    }
    answer.ru = cost_of_refusal(request.size, answer.status == ReplicaStatus::not_found);
  }
  limit_.charge(partition, request.to.region, answer.ru, now);
  tell_answered(request, answer);
  reply(request, answer);
  documents_.release(request.document);
}

ReplicaStatus MultiWriteService::verdict_on(const SetWrite& request, const VersionLink& newest) {
  const bool is_there = simulation_.now() < newest.gone;
  const bool inserts = request.kind == OperationKind::insert;
  if (inserts && is_there) return ReplicaStatus::conflict;
  if (!inserts && !is_there) return ReplicaStatus::not_found;
  const bool fails =
      (request.precondition == Precondition::must_match && version_of(newest) != request.base) ||
      (request.precondition == Precondition::paths_unchanged &&
       changed_since(request, request.base));
  return fails ? ReplicaStatus::precondition_failed : ReplicaStatus::ok;
}

bool MultiWriteService::overwrites_unseen(const SetWrite& request, const VersionLink& newest) {
  const bool puts_back = request.precondition == Precondition::report_overwrite;
  if (puts_back && version_of(newest) != request.base) return true;
  return request.seen && changed_since(request, *request.seen);
}

bool MultiWriteService::changed_since(const SetWrite& request, const Version& seen) {
  if (request.meant == 0) return false;
  PartitionSet& set = sets_[documents_.at(request.document).partition];
  return set.changed_since({request.to.region, 0}, heads_of(request.document), request.meant,
                           seen.lsn, request.operation.session, simulation_.now());
}

Instant MultiWriteService::gone_after(DataClassId data_class, Instant written) const {
  const Duration ttl = ttl_[data_class.value()];
  return ttl == Duration{} ? Instant::never() : written + ttl;
}

// Keeps the document until the commit.
void MultiWriteService::append(const SetWrite& request, OriginId origin, SetAnswer answer) {
  Document& document = documents_.at(request.document);
  const std::uint32_t partition = document.partition;
  PartitionSet::Write write;
  write.name = request.operation;
  write.attempt = request.attempt;
  write.ordinal = ++document.newest_ordinal;
  write.paths = request.paths;
  write.meant = request.meant == 0 ? request.paths : request.meant;
  write.is_delete = request.kind == OperationKind::delete_;
  write.at = simulation_.now();
  write.gone = gone_after(document.name.data_class, write.at);
  conflicts_.clear();
  const PartitionSet::Appended appended =
      sets_[partition].append(origin, write, heads_of(request.document), conflicts_);
  for (const FoundConflict& conflict : conflicts_) tell(conflict, request.document);

  answer.version = version_of(appended.version);
  answer.is_in_conflict = appended.is_in_conflict;
  answer.applied = sets_[partition].applied({request.to.region, 0}, write.at);
  answer.ru = cost_of_write(request.kind, request.size);
  limit_.charge(partition, request.to.region, answer.ru, write.at);
  answer.replication_bytes = replication_bytes(request.payload);
  replicated_ += answer.replication_bytes;
  tell_appended(document, origin, appended.version, request.operation.session);
  tell_answered(request, answer);
  pending(partition, origin).push_back(Pending{request, answer});
  simulation_.schedule(appended.committed,
                       [this, partition, origin] { commit_due(partition, origin); });
}

void MultiWriteService::tell(const FoundConflict& found, std::uint32_t document) const {
  ConflictObserved conflict;
  conflict.partition = PartitionId{documents_.at(document).partition};
  conflict.document = documents_.at(document).name;
  conflict.at = simulation_.now();
  conflict.lost = version_of(found.lost_version);
  conflict.lost_by = found.lost.session;
  conflict.lost_in = write_regions_.region_of(found.lost_in);
  conflict.winner = version_of(found.winner);
  conflict.won_by = found.won.session;
  conflict.won_in = write_regions_.region_of(found.won_in);
  observer_.conflict(conflict);
}

void MultiWriteService::commit_due(std::uint32_t index, OriginId origin) {
  PartitionSet& set = sets_[index];
  while (set.commit_is_due(origin, simulation_.now())) {
    const WrittenVersion& written = set.commit_next(origin);
    Pending& first = pending(index, origin).front();
    CommitObserved commit;
    commit.partition = PartitionId{index};
    commit.document = documents_.at(first.request.document).name;
    commit.version = first.answer.version;
    commit.committed = written.committed;
    commit.writer = written.write.session;
    observer_.commit(commit);
    first.answer.answered = simulation_.now();
    reply(first.request, first.answer);
    documents_.release(first.request.document);
    pending(index, origin).pop_front();
  }
}

void MultiWriteService::reply(const ReplicaRequest& request, const SetAnswer& answer) {
  const Place from = place_of(documents_.at(request.document).partition, request.to);
  const MessageName name = store_message(request.operation, StoreLeg::reply, request.attempt);
  const auto travelling = network_.delay(from, request.from, answer.size, name, simulation_.now());
  if (Trace* const trace = network_.trace_of(request.operation.session)) {
    MessageTraced message = traced(request, simulation_.now(), travelling);
    message.hop = Hop::replica_to_pod;
    message.said = said_by(answer.status);
    message.token = answer.applied;
    message.version = answer.version;
    trace->message(message);
  }
  const Asker asker{request.operation.session, documents_.at(request.document).name,
                    request.from.region, request.kind};
  if (!travelling) return tell_late(asker, answer);
  const sim::ReplyAddress to = request.reply_to;
  simulation_.schedule(*travelling, [this, to, answer, asker] {
    const bool in_time = sim::ReplySlot<SetAnswer>::deliver(simulation_, to, answer);
    if (!in_time) tell_late(asker, answer);
  });
}

void MultiWriteService::tell_late(const Asker& asker, const SetAnswer& answer) const {
  LateCost cost;
  cost.session = asker.session;
  cost.kind = asker.kind;
  cost.document = asker.document;
  cost.region = asker.region;
  cost.at = simulation_.now();
  cost.ru = answer.ru;
  if (answer.from.region != asker.region) cost.bytes = answer.size;
  cost.bytes += answer.replication_bytes;
  observer_.late(cost);
}

}  // namespace seatrial::models
