#include "models/store/log_protocol.hpp"

#include <algorithm>

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

LogProtocol::LogProtocol(const StoreSurroundings& around)
    : service_{around.simulation, around.network,  around.config,
               around.random,     around.observer, write_region_of(around.config)},
      client_{around.simulation, service_, around.config.store, around.random} {}

DocumentHandle LogProtocol::open(DocumentName name) { return service_.open(name); }

void LogProtocol::close(DocumentHandle handle) { service_.documents().close(handle); }

PartitionId LogProtocol::partition_of(DocumentHandle handle) const {
  return PartitionId{service_.documents().at(Documents::slot_of(handle)).partition};
}

std::uint32_t LogProtocol::partitions() const { return service_.partitions(); }

sim::Task<StoreAnswer> LogProtocol::read(StoreRequest request, Invocation invocation) {
  return client_.read(std::move(request), invocation);
}

sim::Task<StoreAnswer> LogProtocol::update(StoreRequest request, Invocation invocation) {
  return client_.update(std::move(request), invocation);
}

Version LogProtocol::newest_committed(DocumentHandle handle) const {
  const std::uint32_t slot = Documents::slot_of(handle);
  return service_.partition_of(slot).newest_committed(service_.documents().at(slot));
}

void LogProtocol::look_at_followed() { service_.look_at_followed(); }

void LogProtocol::count_replication(ReplicationObserved& seen, Instant now) {
  service_.count_replication(seen, now);
  seen.hedges += client_.hedges();
}

std::pair<std::uint64_t, Duration> LogProtocol::at_risk(RegionId region, Instant now) {
  const Durability::AtRisk all = service_.at_risk(region, now);
  return {all.entries, all.oldest};
}

Duration LogProtocol::replication_lag(RegionId region, Instant now) {
  return service_.replication_lag(region, now);
}

}  // namespace seatrial::models
