#include "models/store/store.hpp"

#include "models/store/protocol.hpp"
#include "models/store/replication/replication_kind.hpp"
#include "models/strategies/registry.hpp"

namespace seatrial::models {

namespace {
std::unique_ptr<StoreProtocol> make_protocol(const StoreSurroundings& around) {
  const std::shared_ptr<StrategyKind>& stated = around.config.store.replication;
  const StrategyKind& kind = stated ? *stated : *replication_axis().kinds.front();
  return dynamic_cast<const ReplicationKind&>(kind).make(around);
}
}  // namespace

Store::Store(sim::Simulation& simulation, Network& network, const WorldConfig& config,
             const sim::RandomSource& random, Observer& observer)
    : simulation_{simulation},
      protocol_{make_protocol({simulation, network, config, random, observer})} {}

Store::~Store() = default;

DocumentHandle Store::open(DocumentName name) { return protocol_->open(name); }

void Store::close(DocumentHandle handle) { protocol_->close(handle); }

PartitionId Store::partition_of(DocumentHandle handle) const {
  return protocol_->partition_of(handle);
}

std::uint32_t Store::partitions() const { return protocol_->partitions(); }

void Store::take_down(RegionId region) { protocol_->take_down(region); }

void Store::bring_up(RegionId region) { protocol_->bring_up(region); }

void Store::crash_replicas(RegionId region, std::int64_t count, std::uint64_t fault,
                           Duration restart_after) {
  protocol_->crash_replicas(region, count, fault, restart_after);
}

void Store::switch_over(RegionId to, Duration at_most, std::function<void()> ended) {
  protocol_->switch_over(to, at_most, std::move(ended));
}

RegionId Store::write_region() const { return protocol_->write_region(); }

void Store::split(PartitionId partition) { protocol_->split(partition); }

void Store::merge(PartitionId one, PartitionId other) { protocol_->merge(one, other); }

bool Store::is_retired(PartitionId partition) const { return protocol_->is_retired(partition); }

std::optional<PartitionId> Store::parent_of(DocumentName name, PartitionId partition) const {
  return protocol_->parent_of(name, partition);
}

TruthTicket Store::observe(DocumentHandle handle) const {
  const Version newest = protocol_->newest_committed(handle);
  TruthTicket ticket;
  ticket.newest_lsn_ = newest.lsn;
  ticket.newest_ordinal_ = newest.ordinal;
  ticket.invoked_ = simulation_.now();
  return ticket;
}

void Store::tell_end() { protocol_->tell_end(); }

void Store::look_at_followed() { protocol_->look_at_followed(); }

ReplicationState Store::replication_state(RegionId region, Instant now) const {
  return protocol_->replication_state(region, now);
}

StoreObserved Store::look(Instant now) {
  StoreObserved seen;
  seen.at = now;
  protocol_->count_replication(seen.so_far, now);
  protocol_->look(seen, now);
  return seen;
}

ReplicationObserved Store::replication(Instant now) const {
  ReplicationObserved seen;
  protocol_->count_replication(seen, now);
  return seen;
}

std::pair<std::uint64_t, Duration> Store::at_risk(RegionId region, Instant now) const {
  return protocol_->at_risk(region, now);
}

sim::Task<StoreAnswer> Store::read(StoreRequest request) {
  const TruthTicket& seen = request.truth;
  const Invocation invocation{seen.newest_lsn_, seen.newest_ordinal_, seen.invoked_};
  return protocol_->read(std::move(request), invocation);
}

sim::Task<StoreAnswer> Store::update(StoreRequest request) {
  const TruthTicket& seen = request.truth;
  const Invocation invocation{seen.newest_lsn_, seen.newest_ordinal_, seen.invoked_};
  return protocol_->update(std::move(request), invocation);
}

}  // namespace seatrial::models
