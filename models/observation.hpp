// What the observer sees of a run: the only thing that checkers, statistics and reports know of
// the models. Records are emitted in the order in which their moments happen in simulated time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "models/ids.hpp"

namespace seatrial::models {

enum class OperationKind : std::uint8_t { read, update, insert, delete_ };
inline constexpr std::array<std::string_view, 4> operation_kind_names{"read", "update", "insert",
                                                                      "delete"};
// Each makes a version of the document when it ends well; a delete makes one, too.
constexpr bool is_write(OperationKind kind) { return kind != OperationKind::read; }

// Where the token that a request used came from; the newest of several wins.
enum class TokenSource : std::uint8_t { none, pod_cache, client, broker, message };
inline constexpr std::array<std::string_view, 5> token_source_names{"none", "pod cache", "client",
                                                                    "broker", "message"};

enum class Outcome : std::uint8_t {
  ok,
  reset,                // the pod died with the request
  refused,              // the pod's queue was full, or no pod was ready
  timed_out,            // the front door gave up; a write may still have happened
  token_unsatisfied,    // 404/1002 to the end of the schedule, everywhere
  broker_unavailable,   // on_unavailable is "fail"
  precondition_failed,  // 412: replace_if_match lost every retry
  throttled,            // 429 to the last retry of the client library
  conflict,             // 409: an insert of a document that is there
  not_found             // 404: an update or a delete of a document that is not there
};
inline constexpr std::array<std::string_view, 10> outcome_names{"ok",
                                                                "reset",
                                                                "refused",
                                                                "timed out",
                                                                "token unsatisfied",
                                                                "broker unavailable",
                                                                "precondition failed",
                                                                "throttled",
                                                                "conflict",
                                                                "not found"};

// Whether the store did what it is there for. That a document is there already, or is not there,
// is a right answer to the wrong wish; a read that finds nothing is ok.
constexpr bool is_served(Outcome outcome) {
  return outcome == Outcome::ok || outcome == Outcome::conflict || outcome == Outcome::not_found;
}

// Why an answer was less than was asked for.
enum class Degraded : std::uint8_t {
  no,
  read_without_token,      // the broker did not answer
  read_from_write_region,  // the broker did not answer
  token_not_published,     // a write was acknowledged without its token in the broker
  token_given_up,          // no replica had applied it: read without it in the end
  acknowledged_early       // a write did not wait longer for other regions
};
inline constexpr std::array<std::string_view, 6> degraded_names{"",
                                                                "read without token",
                                                                "read from write region",
                                                                "token not published",
                                                                "token given up",
                                                                "acknowledged early"};

// A version of a document: its log sequence number, the epoch of its partition's log in which it
// was written, and its ordinal among the versions of that document. An LSN or ordinal of an entry
// that a new epoch has cut off is given again. Ordinal 0: the document as it was at the start.
// With several write regions there are several logs: `lsn` is then the version's place in the order
// that decides which of two concurrent ones wins (models/store/multi_write/stamp.hpp), and the
// ordinal counts the writes of the document in all regions as they came.
struct Version {
  std::uint32_t epoch = 0;
  std::uint64_t lsn = 0;
  std::uint64_t ordinal = 0;
  constexpr auto operator<=>(const Version&) const = default;
};

struct TokenSent {
  TokenSource source = TokenSource::none;
  std::uint32_t epoch = 0;
  std::uint64_t lsn = 0;  // 0 when source is none
};

// The truth about one read, known to the observer alone.
struct Truth {
  std::uint64_t newest_committed_ordinal = 0;  // of the document, when the read was invoked
  std::uint64_t versions_behind = 0;           // 0: not stale
  Duration behind;      // invocation minus commit of the oldest newer version; 0: not stale
  bool allowed = true;  // by the store's published specification, when the replica answered
};

struct OperationObserved {
  UserId user;
  SessionId session;
  std::uint8_t device = 0;  // 0: the first device of the user, 1: the second
  std::uint32_t index = 0;  // of the operation in its session
  OperationKind kind = OperationKind::read;
  Outcome outcome = Outcome::ok;
  Degraded degraded = Degraded::no;
  bool measured = false;  // its session arrived in the measured window
  PhaseId phase;          // at invocation; during the warm-up the first
  DocumentName document;
  PartitionId partition;       // of the document when the operation ended
  RegionId region;             // of the user
  RegionId served_by;          // region of the replica that answered
  std::uint8_t replica = 0;    // 0: the region's primary
  std::uint8_t attempts = 0;   // store requests: 1 is the usual
  std::uint8_t throttled = 0;  // of these: turned away (429)
  bool found = true;           // good read: the document was there, in the version returned
  PodId pod;
  Instant session_arrived;
  Instant invoked;    // at the device
  Instant answered;   // at the store's replica
  Instant completed;  // back at the device
  TokenSent token;
  Version version;           // returned or written
  Version based_on;          // update: what its pod had read, or its condition named; 0: none
  std::uint64_t paths = 0;   // update: a bit for each path that it changes; 0: not told apart
  bool lost_update = false;  // truth: an update that overwrote what its writer had not seen
  bool in_conflict = false;  // truth: an update that met a concurrent one of another write region
  RequestUnits ru;
  Bytes bytes = 0;  // between regions, both directions
  std::uint16_t broker_calls = 0;
  std::uint16_t cross_region_calls = 0;
  Truth truth;
};

// A version was committed: acknowledged by its write quorum.
struct CommitObserved {
  PartitionId partition;
  DocumentName document;
  Version version;
  Instant committed;
  SessionId writer;
};

// A fault of the store, or of a whole region, begins or ends. Or a planned switchover: begins when
// the region stops taking writes, and ends when another takes them, or it does again.
struct FaultObserved {
  std::uint32_t number = 0;  // of the fault in the scenario
  RegionId region;           // of the store that is down, or that had taken the writes
  bool begins = true;
  bool is_switchover = false;
  Instant at;
};

// Another region, or another replica of the same, has taken over the writes of a partition, or the
// memory of its primary is lost: a new epoch of its log, which keeps nothing after `survived`.
struct TakeoverObserved {
  PartitionId partition;
  std::uint32_t epoch = 0;  // that begins
  RegionId from;
  RegionId to;
  Instant at;
  std::uint64_t survived = 0;  // LSN
  std::uint64_t lost = 0;      // versions that had been committed
  Instant oldest_lost;         // when the first of these was committed
};

// A partition has split in two, or two were merged: others have taken the place of those before.
struct PartitionsObserved {
  std::vector<PartitionId> before;
  std::vector<PartitionId> after;
  Instant at;
};

// A region or replica that is up again is to be sent what it lacks of a partition, under the budget
// of /store/catch_up: the log's entries, or a snapshot. Cut short: another fault has ended it, and
// so many bytes of it had not left.
struct CatchUpObserved {
  PartitionId partition;
  RegionId region;
  Instant at;
  bool is_cut_short = false;
  bool by_snapshot = false;
  Bytes bytes = 0;
};

// Two write regions took writes of a common path of one document, neither having seen the other:
// one of the two will be read nowhere. Told at the later one of the two, once for each lost write,
// before any region can know of it.
struct ConflictObserved {
  PartitionId partition;
  DocumentName document;
  Instant at;
  Version lost;
  SessionId lost_by;
  RegionId lost_in;  // the write region
  Version winner;
  SessionId won_by;
  RegionId won_in;
  PhaseId phase;          // at `at`
  bool measured = false;  // within the measured window
};

// Work that was done for an answer that nobody waited for any more, or behind an operation that had
// ended, as a read repair: its price is paid, and it is in no operation. Attributed to the instant
// at which the answer came too late, or the work was ordered.
// Not seen: what a killed pod's requests had cost before the pod died.
struct LateCost {
  bool is_background = false;  // no answer was late
  SessionId session;
  OperationKind kind = OperationKind::read;
  DocumentName document;
  RegionId region;  // where the answer was to go
  PhaseId phase;
  bool measured = false;  // within the measured window
  Instant at;
  RequestUnits ru;
  Bytes bytes = 0;  // between regions
  std::uint16_t broker_calls = 0;
  std::uint16_t cross_region_calls = 0;
};

// A user has no session left and none will come: state about the user's documents can go.
struct UserLeft {
  UserId user;
  Instant at;
};

// A read that nobody sent, after a commit (/probes/freshness): from when on it sees the version
// that was committed, or a newer one.
struct FreshnessObserved {
  RegionId region;  // where it is read
  DocumentName document;
  Version version;
  Instant committed;
  bool measured = false;  // committed within the phases
  Duration fresh_after;   // the commit
  // False: looked at only at the probe's offsets; `fresh_after` is the first that was fresh, or
  // Instant::never() - Instant{} where none was.
  bool is_exact = true;
};

enum class BrokerHealth : std::uint8_t { none, up, refused, unreachable };
inline constexpr std::array<std::string_view, 4> broker_health_names{"none", "up", "refused",
                                                                     "unreachable"};

// How things stand in one region at an instant, told a few times a window (models/windows.hpp).
// Looking changes nothing: no draw is spent, no event scheduled, and no digest knows of it.
struct GaugesObserved {
  RegionId region;
  Instant at;
  std::uint32_t pods = 0;  // of the region
  std::uint32_t pods_ready = 0;
  std::uint32_t breakers_open = 0;           // pods whose client calls the broker no more
  BrokerHealth broker = BrokerHealth::none;  // of the one that the region's pods use
  // Age of the oldest committed entry that a replica of the region has not applied: the greatest
  // over partitions, and the mean. 0: all have everything.
  Duration replication_lag;
  Duration mean_replication_lag;
  PartitionId lag_partition;  // the one with the greatest, the first of several
  // Committed entries that the slowest replica of a partition lacks, over partitions: what is
  // queued, on its way, or to be caught up with. The most of one partition, and which.
  std::uint64_t entries_lacking = 0;
  Bytes catch_up_left = 0;  // of a catch-up that /store/catch_up paces: what has not been sent
  std::uint64_t most_entries_lacking = 0;
  PartitionId lacking_partition;
  // On limited links to the region: sent, requests and entries alike, and not gone yet; and of
  // which region most of them come.
  Bytes bytes_waiting = 0;
  RegionId waiting_from;
  // In the write region: acknowledged writes that are in memory alone and would be lost with it,
  // and the age of the oldest of them.
  std::uint64_t not_durable = 0;
  Duration not_durable_age;
};

// What replication did in a whole run, told once at its end. Looking changes nothing.
struct ReplicationObserved {
  Bytes request_bytes = 0;      // between regions: of everything but replication
  Bytes replication_bytes = 0;  // between regions: of entries, as they were sent
  Duration shipping_cpu;        // for deltas and compression, at both ends
  // A quorum without a leader, inside of a region: messages after reads to replicas that had an
  // older version, writes that were sent again, and versions that replicas took from each other.
  std::uint64_t read_repairs = 0;
  Bytes read_repair_bytes = 0;
  std::uint64_t hints = 0;
  Bytes hint_bytes = 0;
  std::uint64_t exchanged = 0;
  Bytes exchanged_bytes = 0;
  // The event bus: entries given to it, copies delivered to other regions, and what came of these.
  std::uint64_t bus_published = 0;
  std::uint64_t bus_delivered = 0;
  std::uint64_t bus_applied = 0;
  std::uint64_t bus_duplicates = 0;  // changed nothing
  std::uint64_t bus_waiting = 0;     // one for each entry and region that it has not come to
  // A tiered store: reads of documents in memory, and of others.
  std::uint64_t hot_reads = 0;
  std::uint64_t cold_reads = 0;
  // The adaptive mode: writes that waited for other regions, and changes of the mode.
  std::uint64_t synchronous_writes = 0;
  std::uint64_t mode_switches = 0;
  std::uint64_t backups = 0;  // complete
  Bytes backup_bytes = 0;
  Duration backup_age;         // summed over backups: from its cut until the next one was complete
  Duration oldest_backup_age;  // the worst that a restore would have lost
  // What a scenario may have and never put to the test.
  std::uint64_t hedges = 0;           // reads that went out to a further region
  std::uint64_t bound_refusals = 0;   // writes turned away by a staleness bound
  std::uint64_t regions_dropped = 0;  // by strong commits, once for each partition

  void merge(const ReplicationObserved& other);
  bool operator==(const ReplicationObserved&) const = default;
};

inline void ReplicationObserved::merge(const ReplicationObserved& other) {
  request_bytes += other.request_bytes;
  replication_bytes += other.replication_bytes;
  shipping_cpu += other.shipping_cpu;
  read_repairs += other.read_repairs;
  read_repair_bytes += other.read_repair_bytes;
  hints += other.hints;
  hint_bytes += other.hint_bytes;
  exchanged += other.exchanged;
  exchanged_bytes += other.exchanged_bytes;
  bus_published += other.bus_published;
  bus_delivered += other.bus_delivered;
  bus_applied += other.bus_applied;
  bus_duplicates += other.bus_duplicates;
  bus_waiting += other.bus_waiting;
  hot_reads += other.hot_reads;
  cold_reads += other.cold_reads;
  synchronous_writes += other.synchronous_writes;
  mode_switches += other.mode_switches;
  backups += other.backups;
  backup_bytes += other.backup_bytes;
  backup_age += other.backup_age;
  if (other.oldest_backup_age > oldest_backup_age) oldest_backup_age = other.oldest_backup_age;
  hedges += other.hedges;
  bound_refusals += other.bound_refusals;
  regions_dropped += other.regions_dropped;
}

// What a partition's replicas of one region have charged within one second.
struct BusiestSecond {
  RequestUnits used;
  PartitionId partition;
  RegionId region;
};

// How the store as a whole stands at an instant, told with the gauges of its regions.
struct StoreObserved {
  Instant at;
  ReplicationObserved so_far;  // since the start of the run
  // Age of the cut of the newest complete backup; nothing without backups.
  std::optional<Duration> backup_age;
  // The greatest since the look before; a limit of 0: none is provisioned, and nothing counted.
  BusiestSecond busiest;
  RequestUnits limit;  // of a partition in a region, each second
};

class StoreWitness;

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void operation(const OperationObserved&) = 0;
  virtual void commit(const CommitObserved&) {}
  virtual void fault(const FaultObserved&) {}
  virtual void takeover(const TakeoverObserved&) {}
  virtual void partitions(const PartitionsObserved&) {}
  virtual void catch_up(const CatchUpObserved&) {}
  virtual void conflict(const ConflictObserved&) {}
  virtual void user_left(const UserLeft&) {}
  virtual void late(const LateCost&) {}
  virtual void gauges(const GaugesObserved&) {}
  virtual void store(const StoreObserved&) {}
  // Who is told of every step of the store (models/store/witness.hpp); asked once, at the start.
  virtual StoreWitness* witness() { return nullptr; }
  virtual void replication(const ReplicationObserved&) {}
  virtual void freshness(const FreshnessObserved&) {}
};

}  // namespace seatrial::models
