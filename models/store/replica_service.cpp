#include "models/store/replica_service.hpp"

#include <algorithm>

#include "models/faults/timeline.hpp"
#include "models/store/replication/outbounds.hpp"
#include "models/store/replication/shipping.hpp"
#include "models/store/request_units.hpp"

namespace seatrial::models {

ReplicaService::ReplicaService(sim::Simulation& simulation, Network& network,
                               const WorldConfig& config, const sim::RandomSource& random,
                               Observer& observer, RegionId write_region)
    : simulation_{simulation},
      network_{network},
      observer_{observer},
      witness_{observer.witness()},
      documents_{static_cast<std::uint32_t>(config.store.partitions),
                 replication_groups(config, write_region).group_of_class},
      paths_{config.data},
      write_region_{write_region},
      regions_{network.regions()},
      replicas_{static_cast<std::size_t>(config.store.replicas)},
      zones_{static_cast<std::uint32_t>(config.regions.zones)},
      is_strong_{config.store.consistency == Consistency::strong},
      is_bounded_{config.store.consistency == Consistency::bounded_staleness},
      read_service_{config.store.read_service},
      write_service_{config.store.write_service},
      read_key_{random.key(sim::Purpose{"store/read service"})},
      write_key_{random.key(sim::Purpose{"store/write service"})},
      limit_{config.store, physical_partitions(config), regions_},
      backup_{simulation,
              network,
              config.store.backup,
              write_region,
              physical_partitions(config),
              end_of_phases(config)},
      failover_{config.store.failover},
      catch_up_{config.store.catch_up},
      ranks_{catch_up_ranks(config)},
      outages_(network.regions()),
      election_{config.store.election},
      victim_key_{random.key(sim::Purpose{"store/crashed replicas"})},
      freshness_{simulation, config, random, documents_, partitions_, observer} {
  const auto in_group = static_cast<std::size_t>(config.store.partitions);
  for (ReplicationPlan& plan : replication_groups(config, write_region).plans) {
    lags_.push_back(
        std::make_unique<ReplicaLag>(config.store, network, random, write_region, std::move(plan)));
  }
  const std::size_t partitions = lags_.size() * in_group;
  pending_.resize(partitions);
  watched_.resize(partitions);
  doors_.resize(partitions * regions_);
  crashed_.resize(partitions * regions_);
  partitions_.reserve(partitions);
  durability_.resize(partitions);
  for (std::uint32_t i = 0; i < partitions; ++i) {
    const ReplicaLag& lag = *lags_[i / in_group];
    partitions_.emplace_back(lag, config.store, regions_, write_region);
    partitions_.back().use(outbounds(network, lag, random, i));
    const std::optional<TierPlan>& tier = lag.plan().tier;
    if (tier) durability_[i] = std::make_unique<Durability>(*tier, random);
  }
  for (const std::string& name : failover_.to) {
    const std::optional<RegionId> region = network.region_named(name);
    SEATRIAL_ASSERT(region.has_value(), "a failover to a region that does not exist");
    failover_order_.push_back(*region);
  }
  for (const DataClassConfig& data : config.data) {
    sizes_.push_back(data.size);
    ttl_.push_back(data.ttl);
    at_start_.push_back(data.at_start);
  }
}

// A document that is there at the start counts as written then.
DocumentHandle ReplicaService::open(DocumentName name) {
  const Instant now = simulation_.now();
  const bool is_absent = at_start_[name.data_class.value()] == AtStart::absent;
  const Instant gone = is_absent ? now : gone_after(name.data_class, now);
  const DocumentHandle handle = documents_.open(name, gone);
  paths_.open(Documents::slot_of(handle), name.data_class);
  return handle;
}

Instant ReplicaService::gone_after(DataClassId data_class, Instant now) const {
  const Duration ttl = ttl_[data_class.value()];
  return ttl == Duration{} ? Instant::never() : now + ttl;
}

Durability::AtRisk ReplicaService::at_risk(RegionId write_region, Instant now) {
  Durability::AtRisk all;
  for (std::size_t i = 0; i < partitions_.size(); ++i) {
    if (!durability_[i] || partitions_[i].write_region() != write_region) continue;
    const Durability::AtRisk here = durability_[i]->at_risk(now);
    all.entries += here.entries;
    all.oldest = std::max(all.oldest, here.oldest);
  }
  return all;
}

void ReplicaService::count_replication(ReplicationObserved& seen, Instant now) {
  seen.request_bytes += network_.bytes_between_regions();
  seen.replication_bytes += replication_bytes_;
  seen.shipping_cpu += shipping_cpu_;
  seen.hot_reads += hot_reads_;
  seen.cold_reads += cold_reads_;
  for (Partition& partition : partitions_) {
    seen.synchronous_writes += partition.synchronous_writes();
    seen.mode_switches += partition.mode_switches();
    seen.regions_dropped += partition.regions_dropped();
    for (std::uint32_t i = 0; i < regions_; ++i) {
      const std::shared_ptr<Outbound>& outbound = partition.replicas(RegionId{i}).outbound();
      if (outbound) outbound->count(seen, now);
    }
  }
  backup_.count(seen, now);
  seen.bound_refusals += bound_refusals_;
}

void ReplicaService::look(StoreObserved& seen, Instant now) {
  seen.backup_age = backup_.age(now);
  limit_.look(seen);
}

Duration ReplicaService::replication_lag(RegionId region, Instant now) {
  Duration greatest;
  for (Partition& partition : partitions_)
    greatest = std::max(greatest, partition.replication_lag(region, now));
  return greatest;
}

Place ReplicaService::place_of(std::uint32_t partition, ReplicaAddress address) const {
  return Place{address.region, static_cast<std::uint8_t>((partition + address.replica) % zones_)};
}

namespace {

SessionToken barrier_of(const ReadRequest& request) { return request.barrier; }
SessionToken barrier_of(const WriteRequest&) { return {}; }
bool is_read(const ReadRequest& request) { return !request.asks_who_writes; }
bool is_read(const WriteRequest&) { return false; }

MessageTraced traced(const ReplicaRequest& request, Instant sent,
                     std::optional<Duration> travelling) {
  MessageTraced message;
  message.operation = request.operation;
  message.kind = request.kind;
  message.region = request.to.region;
  message.number = request.to.replica;
  message.asks_for_commit = request.asks_for_commit;
  message.sent = sent;
  if (travelling) message.arrives = sent + *travelling;
  return message;
}

Said said_by(ReplicaStatus status) {
  if (status == ReplicaStatus::behind) return Said::not_yet;
  if (status == ReplicaStatus::ok) return Said::ok;
  if (status == ReplicaStatus::throttled) return Said::throttled;
  return status == ReplicaStatus::precondition_failed ? Said::conflict : Said::failed;
}

}  // namespace

template <class Request>
void ReplicaService::deliver(const Request& request, Bytes size, const sim::Distribution& service,
                             sim::StreamKey key) {
  const Place to = place_of(documents_.at(request.document).partition, request.to);
  const MessageName name = store_message(request.operation, StoreLeg::request, request.attempt);
  const auto travelling = network_.delay(request.from, to, size, name, simulation_.now());
  if (Trace* const trace = network_.trace_of(request.operation.session)) {
    MessageTraced message = traced(request, simulation_.now(), travelling);
    message.hop = Hop::pod_to_replica;
    message.token = barrier_of(request);
    trace->message(message);
  }
  if (!travelling) return;
  sim::Stream work{key, request.operation.session.value(),
                   std::uint64_t{request.operation.index} << 8 | request.attempt >> 8,
                   static_cast<std::uint8_t>(request.attempt)};
  documents_.use(request.document);
  const Duration busy = service.sample_duration(work);
  const Duration backend = wait_for_backend(request.document, is_read(request), work);
  simulation_.schedule(*travelling + busy + backend, [this, request] { receive(request); });
}

// Of a tiered store: what a read waits longer while the document is not in memory. Each use keeps
// it there.
Duration ReplicaService::wait_for_backend(std::uint32_t slot, bool reads, sim::Stream& draws) {
  Document& document = documents_.at(slot);
  const std::optional<TierPlan>& tier = partitions_[document.partition].plan().tier;
  if (!tier) return {};
  const Instant now = simulation_.now();
  const bool is_hot = now < document.hot_until;
  const Instant longer = std::max(document.hot_until, now) + tier->each_use_adds;
  document.hot_until = std::min(std::max(now + tier->hot_for, longer), now + tier->hot_at_most);
  if (!reads) return {};
  ++(is_hot ? hot_reads_ : cold_reads_);
  return is_hot ? Duration{} : tier->cold_read.sample_duration(draws);
}

void ReplicaService::send(ReadRequest request) {
  deliver(request, header_bytes, read_service_, read_key_);
}

void ReplicaService::send(WriteRequest request) {
  deliver(request, header_bytes + request.payload, write_service_, write_key_);
}

template <class Request>
bool ReplicaService::throttles(const Request& request) {
  const Instant now = simulation_.now();
  const std::uint32_t partition = documents_.at(request.document).partition;
  const auto full_until = limit_.full_until(partition, request.to.region, now);
  if (!full_until) return false;
  turn_away(request, *full_until);
  return true;
}

void ReplicaService::turn_away(const ReplicaRequest& request, Duration retry_after) {
  ReplicaAnswer refusal = answer_to(request);
  refusal.status = ReplicaStatus::throttled;
  refusal.retry_after = retry_after;
  reply(request, refusal);
  documents_.release(request.document);
}

ReplicaAnswer ReplicaService::answer_to(const ReplicaRequest& request) const {
  ReplicaAnswer answer;
  answer.from = request.to;
  answer.attempt = request.attempt;
  answer.answered = simulation_.now();
  answer.size = header_bytes;
  return answer;
}

// Nobody is there; the host of a replica that has crashed by itself says so.
bool ReplicaService::ignores(const ReplicaRequest& request) {
  const RegionReplicas& replicas = partition_of(request.document).replicas(request.to.region);
  if (replicas.is_up(request.to.replica)) [[likely]] {
    return false;
  }
  if (outages_[request.to.region.value()].lasting == 0) {
    ReplicaAnswer gone = answer_to(request);
    gone.status = ReplicaStatus::gone;
    gone.from = request.to;
    gone.answered = simulation_.now();
    gone.size = header_bytes;
    reply(request, gone);
  }
  documents_.release(request.document);
  return true;
}

void ReplicaService::receive(const ReadRequest& request) {
  if (ignores(request) || (!request.asks_who_writes && throttles(request))) return;
  ReplicaAnswer answer = answer_to(request);
  answer_read(request, answer);
  const std::uint32_t partition = documents_.at(request.document).partition;
  limit_.charge(partition, request.to.region, answer.ru, answer.answered);
  const bool is_of_a_document = !request.asks_for_commit && !request.asks_who_writes;
  if (is_of_a_document) tell_answered(request, request.barrier, answer, request.level);
  reply(request, answer);
  documents_.release(request.document);
}

void ReplicaService::answer_read(const ReadRequest& request, ReplicaAnswer& answer) {
  const Instant now = simulation_.now();
  const Document& document = documents_.at(request.document);
  Partition& partition = partitions_[document.partition];
  const RegionId region = request.to.region;
  if (request.asks_who_writes) {
    answer.write_region = partition.replicas(region).write_region(partition.epoch(), now);
    return;
  }
  if (request.asks_for_commit) {
    const bool is_there = still_holds(document, request.barrier) &&
                          partition.commits_known(region, now) >= request.barrier.lsn;
    if (!is_there) answer.status = ReplicaStatus::behind;
    return;
  }
  if (request.level == Consistency::strong && !partition.serves_strong_reads(region, now)) {
    answer.status = ReplicaStatus::not_serving;
    return;
  }
  const std::uint64_t applied = partition.applied(region, request.to.replica, now);
  // A replica that is behind the start of an epoch speaks for the one before: its token takes the
  // place of none that asks for more.
  if (applied != 0) answer.applied = {partition.epoch_of(applied + 1), applied};
  if (applied < request.barrier.lsn || !still_holds(document, request.barrier)) {
    answer.status = ReplicaStatus::behind;
    return;
  }
  answer.version = request.level == Consistency::consistent_prefix
                       ? partition.newest_of_prefix(document, region, request.to.replica, now)
                       : partition.newest_at(document, region, request.to.replica, now);
  answer.found = now < partition.gone(document, answer.version);
  const Bytes size = answer.found ? request.size : 0;
  if (!request.is_barrier) answer.size += size;
  if (!request.is_barrier) answer.ru = cost_of_read(size);
  if (request.level == Consistency::strong) {
    answer.known_committed = partition.known_committed(document, answer.version, region, now);
  }
  const Partition::Asked asked{request.level, request.barrier.lsn};
  answer.truth = partition.judge(document, request.invocation, answer.version, asked, now);
}

void ReplicaService::receive(const WriteRequest& request) {
  if (ignores(request) || throttles(request) || waits_for_family(request)) return;
  Document& document = documents_.at(request.document);
  Partition& partition = partitions_[document.partition];
  ReplicaAnswer answer = answer_to(request);
  if (partition.write_region() != request.to.region || is_closed(partition)) {
    answer.status = ReplicaStatus::not_write_region;
  } else if (partition.turns_writes_away(answer.answered)) {
    ++bound_refusals_;
    return turn_away(request, StalenessBound::retry_after);
  } else {
    answer.status = verdict_on(request, document);
    if (answer.status == ReplicaStatus::ok) {
      answer.lost_update = overwrites_unseen(request, document);
      append(request, document, answer);
      return;
    }
    answer.ru = cost_of_refusal(request.size, answer.status == ReplicaStatus::not_found);
    answer.applied = {partition.epoch(), partition.log().last()};
    limit_.charge(document.partition, request.to.region, answer.ru, answer.answered);
    tell_answered(request, SessionToken{}, answer);
  }
  reply(request, answer);
  documents_.release(request.document);
}

void ReplicaService::reply(const ReplicaRequest& request, const ReplicaAnswer& answer) {
  const Place from = place_of(documents_.at(request.document).partition, request.to);
  const MessageName name = store_message(request.operation, StoreLeg::reply, request.attempt);
  const auto travelling = network_.delay(from, request.from, answer.size, name, simulation_.now());
  if (Trace* const trace = network_.trace_of(request.operation.session)) {
    tell_reply(*trace, request, answer, travelling);
  }
  const Asker asker{request.operation.session, documents_.at(request.document).name,
                    request.from.region, request.kind};
  if (!travelling) return tell_late(asker, answer);
  switch (request.waiting) {
    case Waiting::slot:
      return deliver_into<sim::ReplySlot<ReplicaAnswer>>(request.reply_to, *travelling, answer,
                                                         asker);
    case Waiting::gather:
      return deliver_into<sim::Gather<ReplicaAnswer>>(request.reply_to, *travelling, answer, asker);
    case Waiting::box:
      return deliver_into<sim::ReplyBox<ReplicaAnswer>>(request.reply_to, *travelling, answer,
                                                        asker);
  }
}

template <class Receiver>
void ReplicaService::deliver_into(sim::ReplyAddress to, Duration travelling,
                                  const ReplicaAnswer& answer, const Asker& asker) {
  simulation_.schedule(travelling, [this, to, answer, asker] {
    const bool in_time = Receiver::deliver(simulation_, to, answer);
    if (!in_time) tell_late(asker, answer);
  });
}

void ReplicaService::tell_reply(Trace& trace, const ReplicaRequest& request,
                                const ReplicaAnswer& answer, std::optional<Duration> travelling) {
  MessageTraced message = traced(request, simulation_.now(), travelling);
  message.hop = Hop::replica_to_pod;
  message.said = said_by(answer.status);
  message.token = answer.applied;
  message.version = answer.version;
  trace.message(message);
  if (answer.version.lsn == 0) return;
  const PartitionId partition{documents_.at(request.document).partition};
  applied_watch_.add(partition, answer.version.lsn, trace);
}

}  // namespace seatrial::models
