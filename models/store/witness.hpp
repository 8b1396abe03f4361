// What a store tells whoever holds it against its specification: what happens to its logs, how the
// log stood when a replica answered, and how everything stood at the end. An observer that wants
// to hear of it has a witness (Observer::witness); usually there is none, and that costs a test of
// a null pointer at each append and answer.
//
// Laws: a witness is told and never asked: a run with one is the same run. It is told in the order
// of simulated time, of each log in the order of the log.
#pragma once

#include "models/network/place.hpp"
#include "models/observation.hpp"
#include "models/store/consistency.hpp"
#include "models/store/session_token.hpp"

namespace seatrial::models {

// The specification's view of a log (azure-cosmos-tla, simple-model/CosmosDB.tla).
struct LogState {
  std::uint32_t epoch = 0;
  std::uint64_t length = 0;
  std::uint64_t commit_index = 0;  // in a write quorum of replicas of every region: durable
  std::uint64_t read_index = 0;    // applied by every replica of every region
};

struct EntryAppended {
  PartitionId partition;
  DocumentName document;
  Version version;
  SessionId writer;
  Instant at;
  // With several write regions, where `version` says who wins of two that are concurrent:
  std::uint32_t log = 0;    // of which of them, as tokens count them
  std::uint64_t lsn = 0;    // in that log
  std::uint64_t paths = 0;  // that it changes, a bit each; all bits: the document
};

// A replica has answered a read or a write, or has said that it lacks the token (not `ok`).
struct ReplicaAnswered {
  OperationName operation;
  OperationKind kind = OperationKind::read;
  bool ok = true;
  PartitionId partition;
  DocumentName document;
  RegionId region;
  std::uint8_t replica = 0;
  Consistency level = Consistency::session;  // of a read: what it asked for
  SessionToken token;         // that the request carried to the replica; none: no barrier
  Version version;            // read or written
  std::uint64_t applied = 0;  // the replica's cut
  RequestUnits ru;
  LogState log;
  // With several write regions, of each one's log; `applied` and `log` then say nothing.
  SessionToken cuts;          // the replica's
  SessionToken read_indexes;  // applied by every replica of every region
  Instant at;
};

// Both new partitions go on with the parent's log.
struct PartitionSplit {
  PartitionId parent;
  PartitionId first;
  PartitionId second;
  Instant at;
};

// Everything of both is applied everywhere, and one log goes on after `last` in that epoch.
struct PartitionsMerged {
  PartitionId first;
  PartitionId second;
  PartitionId into;
  std::uint64_t last = 0;
  std::uint32_t epoch = 0;
  Instant at;
};

// After the last event; longer than lags are. Assumed.
inline constexpr Duration until_all_has_come = Duration::seconds(24 * 3600);

// A replica when everything has come that can come.
struct ReplicaAtEnd {
  PartitionId partition;
  RegionId region;
  std::uint8_t replica = 0;
  std::uint64_t applied = 0;
  LogState log;
};

// Of a quorum without a leader. A replica and the next one have taken from each other what was
// newer at `compared`, of all documents; but not where one of them was down.
struct ReplicasExchanged {
  std::uint8_t replica = 0;
  Instant compared;
  Instant at;
};

// And what a replica has of a document when nobody owns it any more, or at the end, once all has
// come that is on its way as far as it is settled.
struct VersionAtEnd {
  DocumentName document;
  std::uint8_t replica = 0;
  Version version;
  Instant at;
};

class StoreWitness {
 public:
  virtual ~StoreWitness() = default;
  virtual void appended(const EntryAppended&) = 0;
  virtual void answered(const ReplicaAnswered&) = 0;
  virtual void split(const PartitionSplit&) {}
  virtual void merged(const PartitionsMerged&) {}
  virtual void at_end(const ReplicaAtEnd&) = 0;
  virtual void exchanged(const ReplicasExchanged&) {}
  virtual void version_at_end(const VersionAtEnd&) {}
};

}  // namespace seatrial::models
