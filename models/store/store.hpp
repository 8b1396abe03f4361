// The replicated store: what pods call. See the classes' comments for the protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/store/session_token.hpp"
#include "models/world_config.hpp"
#include "sim/random/stream.hpp"
#include "sim/simulation.hpp"
#include "sim/task.hpp"

namespace seatrial::models {

class Network;
class StoreProtocol;

// Names a document that is open; finds nothing once it is closed, even when its memory is used
// for another.
using DocumentHandle = sim::Id<struct DocumentHandleTag, std::uint64_t>;

// What the observer knew when an operation was invoked. Models carry it and cannot read it.
class TruthTicket {
 public:
  TruthTicket() = default;

 private:
  friend class Store;
  std::uint64_t newest_lsn_ = 0;
  std::uint64_t newest_ordinal_ = 0;
  Instant invoked_;
};

struct StoreRequest {
  OperationName name;
  OperationKind kind = OperationKind::update;  // of a write
  DocumentHandle document;
  Bytes size = 0;        // of the document
  Bytes patch_size = 0;  // of what a PATCH sends
  UpdateBy update = UpdateBy::patch;
  std::uint64_t paths = 0;               // that an update changes, a bit each; 0: not told apart
  std::optional<Version> seen;           // by whom an update is made for; nothing: not known
  ReadLevel level = ReadLevel::account;  // of its reads
  SessionToken token;                    // barrier for the document's partition; none: no barrier
  bool from_write_region = false;        // a degraded read goes to the write region's primary
  Place from;                            // the pod
  std::uint32_t client = 0;              // in that pod: what it knows of the account is its own
  Instant deadline;
  TruthTicket truth;
};

struct StoreAnswer {
  Outcome outcome = Outcome::ok;
  Degraded degraded = Degraded::no;
  Version version;    // returned or written
  Version based_on;   // of an update: what its pod had read, or its condition named
  bool found = true;  // of a read: the document was there
  bool lost_update = false;
  bool is_in_conflict = false;  // truth: met a concurrent write of another write region
  std::uint64_t covered = 0;    // truth, several write regions: LSN of the version that the
                                // request's token made sure of
  SessionToken token;           // of the replica that answered: how far it had applied
  RegionId served_by;
  std::uint8_t replica = 0;
  std::uint8_t attempts = 0;
  std::uint8_t throttled = 0;  // of the attempts: turned away (429)
  std::uint16_t cross_region_calls = 0;
  RequestUnits ru;
  Bytes cross_region_bytes = 0;
  Instant answered;
  Truth truth;
};

// How far a region is behind, over the partitions.
struct ReplicationState {
  Duration greatest_lag;  // age of the oldest committed entry that a replica lacks
  Duration mean_lag;
  PartitionId lag_partition;
  std::uint64_t entries_lacking = 0;  // committed, that the slowest replica lacks; their sum
  Bytes catch_up_left = 0;            // of a paced catch-up: what has not been sent
  std::uint64_t most_lacking = 0;
  PartitionId lacking_partition;
};

// Asks the protocol that /store/replication names.
class Store {
 public:
  Store(sim::Simulation&, Network&, const WorldConfig&, const sim::RandomSource&, Observer&);
  ~Store();

  // A name comes into being with its owner, or at the start, and is freed with its owner; whether
  // there is a document of that name is another matter.
  DocumentHandle open(DocumentName);
  void close(DocumentHandle);
  PartitionId partition_of(DocumentHandle) const;
  std::uint32_t partitions() const;
  // A partition splits in two (models/store/split.cpp); its tokens hold for both.
  void split(PartitionId);
  // Two become one (models/store/merge.cpp), and their tokens hold for it.
  void merge(PartitionId, PartitionId);
  // Whether others have taken its place.
  bool is_retired(PartitionId) const;
  // In which partition a document of that name was before it came to this one.
  std::optional<PartitionId> parent_of(DocumentName, PartitionId) const;

  // The region's side of the store goes down, and comes back as what it is then: a read region,
  // when another has taken over its writes. Outages may overlap.
  void take_down(RegionId);
  void bring_up(RegionId);

  // Of each partition, so many of the region's replicas crash, drawn by the fault's number; they
  // restart by themselves.
  void crash_replicas(RegionId, std::int64_t count, std::uint64_t fault, Duration restart_after);

  // Another region takes over the writes with everything that was committed
  // (models/store/switchover.cpp). `ended`: it has, or, after `at_most`, is not going to.
  void switch_over(RegionId to, Duration at_most, std::function<void()> ended);
  // That takes the writes; of several, or of partitions that differ, the first.
  RegionId write_region() const;

  // For the observer: to be taken when an operation is invoked.
  TruthTicket observe(DocumentHandle) const;

  // For a trace: tells what has become known of the entries that somebody follows.
  void look_at_followed();

  // For a witness: how all replicas stand when everything has come that is under way. The last
  // call.
  void tell_end();

  // For the observer; `now` never decreases.
  ReplicationState replication_state(RegionId, Instant now) const;

  // For the observer; `now` never decreases. Of what is charged, the next look begins anew.
  StoreObserved look(Instant now);
  // For the observer, at the end of a run.
  ReplicationObserved replication(Instant now) const;
  // For the observer: acknowledged writes in memory alone, and the age of the oldest.
  std::pair<std::uint64_t, Duration> at_risk(RegionId, Instant now) const;

  // The client library in a pod. Coroutines of the pod's process: they send messages to replicas,
  // wait, retry by the schedule, and end at the deadline at the latest (Outcome::timed_out).
  sim::Task<StoreAnswer> read(StoreRequest);
  sim::Task<StoreAnswer> update(StoreRequest);

 private:
  sim::Simulation& simulation_;
  std::unique_ptr<StoreProtocol> protocol_;
};

}  // namespace seatrial::models
