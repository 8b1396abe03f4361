// The replicas of a store with several write regions, as its client sees them: messages to them,
// what they do, their answers.
//
//   read    client ──> replica: read_service, one look at its cuts ──> client
//   write   client ──> primary of a write region: write_service, append ... local commit ──> client
//
// Laws:
//  1. A request that carries a token is served by a replica that has applied it, from every write
//     region; else the answer is 404/1002, to a write as to a read.
//  2. A precondition (ETag) is checked against the primary that takes the write: what another
//     region has committed and not yet sent is not seen.
//  3. A message is worked on whether or not its sender still waits.
// Source: writes carry tokens where there are several write regions: azure-cosmos-dotnet-v3 issue
// 2374; local check of the ETag: database-transactions-optimistic-concurrency.md.
// Assumed: a conditional PATCH is checked as an ETag is, against what its primary holds.
// Not modelled: what replica_service.hpp leaves out; what its trace tells of arrivals at replicas.
#pragma once

#include <deque>
#include <vector>

#include "models/store/documents.hpp"
#include "models/store/multi_write/partition_set.hpp"
#include "models/store/replica_service.hpp"

namespace seatrial::models {

struct SetRead : ReplicaRequest {
  SessionToken barrier;
  Invocation invocation;
};

struct SetWrite : ReplicaRequest {
  SessionToken barrier;
  Bytes payload = 0;  // what the request carries of the document
  Precondition precondition = Precondition::none;
  Version base;
  std::optional<Version> seen;  // as of WriteRequest
  PathMask meant = 0;           // as of WriteRequest
  PathMask paths = all_paths;   // that it changes
};

struct SetAnswer {
  ReplicaStatus status = ReplicaStatus::ok;
  bool lost_update = false;
  bool found = true;  // of a read: there is a document
  bool is_in_conflict = false;
  ReplicaAddress from;
  Version version;
  SessionToken applied;
  Stamp covered = 0;            // for the observer: the version that the token made sure of
  Bytes replication_bytes = 0;  // of a write, on the way to all other regions
  RequestUnits ru;
  Bytes size = 0;
  Duration retry_after;  // 429
  Instant answered;
  Truth truth;
};

class MultiWriteService {
 public:
  explicit MultiWriteService(const StoreSurroundings& around);

  void send(const SetRead& request);
  void send(const SetWrite& request);

  // Nobody answers in the region, and its log does not travel; nobody takes over from it: the other
  // write regions go on.
  void take_down(RegionId region);
  void bring_up(RegionId region);

  DocumentHandle open(DocumentName name);
  Documents& documents() { return documents_; }
  const Documents& documents() const { return documents_; }
  const WriteRegions& write_regions() const { return write_regions_; }
  std::uint32_t regions() const { return network_.regions(); }
  std::uint32_t partitions() const { return static_cast<std::uint32_t>(sets_.size()); }
  Bytes replication_bytes(Bytes payload) const {
    return static_cast<Bytes>(network_.regions() - 1) * (payload + header_bytes);
  }

  // For the observer.
  Version newest_committed(std::uint32_t document) const;
  Duration replication_lag(RegionId region, Instant now);
  void count_replication(ReplicationObserved& seen) const;
  void look(StoreObserved& seen) { limit_.look(seen); }
  // Without counts of entries.
  ReplicationState replication_state(RegionId region, Instant now);
  // For a witness: each replica's cut through the log of each write region.
  void tell_end();

 private:
  // A write that is appended and not committed.
  struct Pending {
    SetWrite request;
    SetAnswer answer;
  };
  // Whom an answer is for, as far as the observer needs it when it comes too late.
  struct Asker {
    SessionId session;
    DocumentName document;
    RegionId region;
    OperationKind kind;
  };

  // Whether the region is down, so that nobody takes the message.
  bool is_lost(const ReplicaRequest& request);
  template <class Request>
  SetAnswer answer_to(const Request& request) const;
  // Whether the request was turned away, and its sender told so.
  template <class Request>
  bool throttles(const Request& request);
  void receive(const SetRead& request);
  void receive(const SetWrite& request);
  ReplicaStatus verdict_on(const SetWrite& request, const VersionLink& newest);
  bool overwrites_unseen(const SetWrite& request, const VersionLink& newest);
  bool changed_since(const SetWrite& request, const Version& seen);
  Instant gone_after(DataClassId data_class, Instant written) const;
  void append(const SetWrite& request, OriginId origin, SetAnswer answer);
  void tell(const FoundConflict& conflict, std::uint32_t document) const;
  void commit_due(std::uint32_t partition, OriginId origin);
  void reply(const ReplicaRequest& request, const SetAnswer& answer);
  void tell_late(const Asker& asker, const SetAnswer& answer) const;
  // For a witness, where there is one.
  void tell_appended(const Document& document, OriginId origin, const VersionLink& version,
                     SessionId writer) const;
  template <class Request>
  void tell_answered(const Request& request, const SetAnswer& answer);
  template <class Request>
  void deliver(const Request& request, Bytes size, const sim::Distribution& service,
               sim::StreamKey key);

  DocumentHeads heads_of(std::uint32_t document) {
    return {heads_.data() + document * write_regions_.count(), write_regions_.count()};
  }
  Place place_of(std::uint32_t partition, ReplicaAddress address) const;
  std::deque<Pending>& pending(std::uint32_t partition, OriginId origin) {
    return pending_[partition * write_regions_.count() + origin.value()];
  }

  sim::Simulation& simulation_;
  Network& network_;
  Observer& observer_;
  StoreWitness* witness_;        // null: nobody
  std::vector<Duration> ttl_;    // by data class; 0: for ever
  std::vector<bool> is_absent_;  // at the start, by data class
  std::uint32_t zones_;
  sim::Distribution read_service_;
  sim::Distribution write_service_;
  sim::StreamKey read_key_;
  sim::StreamKey write_key_;
  WriteRegions write_regions_;
  ConflictClock clock_;
  ThroughputLimit limit_;
  Documents documents_;
  std::vector<VersionLink> heads_;  // by document's slot and origin
  ReplicaLag lag_;
  std::vector<PartitionSet> sets_;            // by partition
  std::vector<std::uint32_t> outages_;        // by region: that last
  std::vector<std::deque<Pending>> pending_;  // by partition and origin
  Bytes replicated_ = 0;
  std::vector<FoundConflict> conflicts_;  // of the write that is being appended
};

}  // namespace seatrial::models
