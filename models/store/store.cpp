#include "models/store/store.hpp"

#include <algorithm>

#include "models/store/client.hpp"

namespace seatrial::models {

namespace {
RegionId write_region_of(const WorldConfig& config) {
  const auto& users = config.regions.users;
  const auto found = std::find_if(users.begin(), users.end(), [&](const UserShare& share) {
    return share.region == config.store.write_region;
  });
  SEATRIAL_ASSERT(found != users.end(), "the write region is not a region of the scenario");
  return RegionId{static_cast<std::uint32_t>(found - users.begin())};
}
}  // namespace

class Store::Implementation {
 public:
  Implementation(sim::Simulation& run, Network& network, const WorldConfig& config,
                 const sim::RandomSource& random, Observer& observer)
      : simulation{run},
        service{run, network, config, random, observer, write_region_of(config)},
        client{run, service, config.store, random} {}

  static Invocation opened(const TruthTicket& ticket) {
    return Invocation{ticket.newest_lsn_, ticket.newest_ordinal_, ticket.invoked_};
  }

  sim::Simulation& simulation;
  ReplicaService service;
  Client client;
};

Store::Store(sim::Simulation& simulation, Network& network, const WorldConfig& config,
             const sim::RandomSource& random, Observer& observer)
    : implementation_{
          std::make_unique<Implementation>(simulation, network, config, random, observer)} {}

Store::~Store() = default;

DocumentHandle Store::open(DocumentName name) {
  return implementation_->service.documents().open(name);
}

void Store::close(DocumentHandle handle) { implementation_->service.documents().close(handle); }

PartitionId Store::partition_of(DocumentHandle handle) const {
  const std::uint32_t slot = Documents::slot_of(handle);
  return PartitionId{implementation_->service.documents().at(slot).partition};
}

std::uint32_t Store::partitions() const { return implementation_->service.partitions(); }

TruthTicket Store::observe(DocumentHandle handle) const {
  ReplicaService& service = implementation_->service;
  const std::uint32_t slot = Documents::slot_of(handle);
  const Version newest = service.partition_of(slot).newest_committed(service.documents().at(slot));
  TruthTicket ticket;
  ticket.newest_lsn_ = newest.lsn;
  ticket.newest_ordinal_ = newest.ordinal;
  ticket.invoked_ = implementation_->simulation.now();
  return ticket;
}

void Store::look_at_followed() { implementation_->service.look_at_followed(); }

Duration Store::replication_lag(RegionId region, Instant now) const {
  return implementation_->service.replication_lag(region, now);
}

sim::Task<StoreAnswer> Store::read(StoreRequest request) {
  const Invocation invocation = Implementation::opened(request.truth);
  return implementation_->client.read(std::move(request), invocation);
}

sim::Task<StoreAnswer> Store::update(StoreRequest request) {
  const Invocation invocation = Implementation::opened(request.truth);
  return implementation_->client.update(std::move(request), invocation);
}

}  // namespace seatrial::models
