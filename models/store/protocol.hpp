// What a store's protocol does for the store: documents, reads and updates, and what the observer
// may know. One protocol keeps a log with a primary in the write region (log_protocol.hpp); others
// have no primary, or several.
//
// Laws: a protocol is asked through one virtual call an operation; between its replicas it calls
// nothing virtually. What it draws for an operation is named by the operation.
#pragma once

#include "models/store/store.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

// The observer's knowledge of a document at an instant, as a TruthTicket carries it.
struct Invocation {
  std::uint64_t newest_lsn = 0;
  std::uint64_t newest_ordinal = 0;
  Instant at;
  std::uint64_t held_by_quorums = 0;  // bounded staleness: in every region, when it was sent
};

// Where a protocol lives; everything outlives it.
struct StoreSurroundings {
  sim::Simulation& simulation;
  Network& network;
  const WorldConfig& config;
  const sim::RandomSource& random;
  Observer& observer;
};

class StoreProtocol {
 public:
  virtual ~StoreProtocol() = default;

  // As in Store.
  virtual DocumentHandle open(DocumentName) = 0;
  virtual void close(DocumentHandle) = 0;
  virtual PartitionId partition_of(DocumentHandle) const = 0;
  virtual std::uint32_t partitions() const = 0;
  // Of protocols whose partitions cannot split: nothing happens, and there are no parents.
  virtual void split(PartitionId) {}
  virtual void merge(PartitionId, PartitionId) {}
  virtual bool is_retired(PartitionId) const { return false; }
  virtual std::optional<PartitionId> parent_of(DocumentName, PartitionId) const {
    return std::nullopt;
  }
  virtual sim::Task<StoreAnswer> read(StoreRequest, Invocation) = 0;
  virtual sim::Task<StoreAnswer> update(StoreRequest, Invocation) = 0;
  virtual void take_down(RegionId) = 0;
  virtual void bring_up(RegionId) = 0;
  virtual void crash_replicas(RegionId, std::int64_t count, std::uint64_t fault,
                              Duration restart_after) = 0;

  // Of protocols in which no other region can take over: the scenario's checks refuse it.
  virtual void switch_over(RegionId, Duration, std::function<void()>) {
    SEATRIAL_ASSERT(false, "a switchover of a protocol that has none");
  }
  virtual RegionId write_region() const { return RegionId{0}; }

  // For the observer; looking changes nothing.
  virtual Version newest_committed(DocumentHandle) const = 0;
  virtual void look_at_followed() = 0;
  // For a witness (witness.hpp), which only protocols with a log have something to tell.
  virtual void tell_end() {}
  virtual Duration replication_lag(RegionId, Instant now) = 0;
  // A protocol without a log that is committed in order has only the lag to tell.
  virtual ReplicationState replication_state(RegionId region, Instant now) {
    const Duration lag = replication_lag(region, now);
    ReplicationState state;
    state.greatest_lag = state.mean_lag = lag;
    return state;
  }
  // What else is told with gauges: backups and request units.
  virtual void look(StoreObserved&, Instant) {}
  virtual void count_replication(ReplicationObserved&, Instant) {}
  virtual std::pair<std::uint64_t, Duration> at_risk(RegionId, Instant) { return {}; }
};

}  // namespace seatrial::models
