// The protocol of logs: each partition has a primary in the write region, which appends every write
// to one log; replicas in all regions are cuts through it (partition.hpp, client.hpp).
#pragma once

#include "models/store/client.hpp"

namespace seatrial::models {

class LogProtocol final : public StoreProtocol {
 public:
  explicit LogProtocol(const StoreSurroundings&);

  DocumentHandle open(DocumentName) override;
  void close(DocumentHandle) override;
  PartitionId partition_of(DocumentHandle) const override;
  std::uint32_t partitions() const override;
  void split(PartitionId partition) override { service_.split(partition.value()); }
  void merge(PartitionId one, PartitionId other) override {
    service_.merge(one.value(), other.value());
  }
  bool is_retired(PartitionId partition) const override {
    return service_.documents().family().is_retired(partition.value());
  }
  std::optional<PartitionId> parent_of(DocumentName name, PartitionId partition) const override {
    return service_.documents().parent_of(name, partition);
  }
  sim::Task<StoreAnswer> read(StoreRequest, Invocation) override;
  sim::Task<StoreAnswer> update(StoreRequest, Invocation) override;
  void take_down(RegionId region) override { service_.take_down(region); }
  void bring_up(RegionId region) override { service_.bring_up(region); }
  void crash_replicas(RegionId region, std::int64_t count, std::uint64_t fault,
                      Duration restart_after) override {
    service_.crash_replicas(region, count, fault, restart_after);
  }
  void switch_over(RegionId to, Duration at_most, std::function<void()> ended) override {
    service_.switch_over(to, at_most, std::move(ended));
  }
  RegionId write_region() const override { return service_.write_region(); }

  Version newest_committed(DocumentHandle) const override;
  void look_at_followed() override;
  void tell_end() override { service_.tell_end(); }
  Duration replication_lag(RegionId, Instant now) override;
  ReplicationState replication_state(RegionId region, Instant now) override {
    return service_.replication_state(region, now);
  }
  void look(StoreObserved& seen, Instant now) override { service_.look(seen, now); }
  void count_replication(ReplicationObserved&, Instant now) override;
  std::pair<std::uint64_t, Duration> at_risk(RegionId, Instant now) override;

 private:
  ReplicaService service_;
  Client client_;
};

}  // namespace seatrial::models
