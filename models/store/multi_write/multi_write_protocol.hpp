// The protocol with several write regions: each commits in its own region and sends the others its
// log; see partition_set.hpp for what a replica answers and multi_write_client.hpp for who asks it.
#pragma once

#include "models/store/multi_write/multi_write_client.hpp"
#include "models/store/protocol.hpp"

namespace seatrial::models {

class MultiWriteProtocol final : public StoreProtocol {
 public:
  explicit MultiWriteProtocol(const StoreSurroundings& around)
      : service_{around}, client_{around, service_} {}

  DocumentHandle open(DocumentName name) override { return service_.open(name); }
  void close(DocumentHandle handle) override { service_.documents().close(handle); }
  PartitionId partition_of(DocumentHandle handle) const override {
    return PartitionId{service_.documents().at(Documents::slot_of(handle)).partition};
  }
  std::uint32_t partitions() const override { return service_.partitions(); }
  sim::Task<StoreAnswer> read(StoreRequest request, Invocation invocation) override {
    return client_.read(std::move(request), invocation);
  }
  sim::Task<StoreAnswer> update(StoreRequest request, Invocation invocation) override {
    return client_.update(std::move(request), invocation);
  }

  void take_down(RegionId region) override { service_.take_down(region); }
  void bring_up(RegionId region) override { service_.bring_up(region); }
  void crash_replicas(RegionId, std::int64_t, std::uint64_t, Duration) override {
    SEATRIAL_ASSERT(false, "crashes with several write regions: the scenario's checks refuse them");
  }

  Version newest_committed(DocumentHandle handle) const override {
    return service_.newest_committed(Documents::slot_of(handle));
  }
  void count_replication(ReplicationObserved& seen, Instant) override {
    service_.count_replication(seen);
  }
  void look(StoreObserved& seen, Instant) override { service_.look(seen); }
  ReplicationState replication_state(RegionId region, Instant now) override {
    return service_.replication_state(region, now);
  }
  void tell_end() override { service_.tell_end(); }
  // Of arrivals at replicas a trace is not told.
  void look_at_followed() override {}
  Duration replication_lag(RegionId region, Instant now) override {
    return service_.replication_lag(region, now);
  }

 private:
  MultiWriteService service_;
  MultiWriteClient client_;
};

}  // namespace seatrial::models
