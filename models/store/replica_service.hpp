// The replicas as the client sees them: messages to them, what they do, their answers.
//
//   read    client ──> replica: read_service, one look at the cut ──> client
//   write   client ──> primary of the write region: write_service, append ... commit ──> client
//           (where other regions have a say: see acknowledgements.cpp)
//
// Laws: a message to a replica is worked on whether or not its sender still waits; a replica that
// is down answers nothing. A request allocates nothing but its events: two for a read, three for a
// write.
// Assumed: a request or an answer has 500 bytes of headers; the answer to a write carries no
// document; a write is replicated as what the request carried (the patch, or the document).
// Not modelled: queues and CPU of replicas.
#pragma once

#include <deque>
#include <vector>

#include "models/store/applied_watch.hpp"
#include "models/store/backup.hpp"
#include "models/store/document_paths.hpp"
#include "models/store/documents.hpp"
#include "models/store/log_freshness.hpp"
#include "models/store/message_names.hpp"
#include "models/store/partition.hpp"
#include "models/store/replication/durability.hpp"
#include "models/store/replication/groups.hpp"
#include "models/store/throttling.hpp"
#include "sim/reply_slot.hpp"

namespace seatrial::models {

struct ReplicaAddress {
  RegionId region;
  std::uint8_t replica = 0;
};

// How the sender of a request waits: for one answer, for several at once, for one after the other.
enum class Waiting : std::uint8_t { slot, gather, box };

struct ReplicaRequest {
  OperationKind kind = OperationKind::read;  // of the work at the replica
  sim::ReplyAddress reply_to;
  Waiting waiting = Waiting::slot;
  bool asks_for_commit = false;  // strong: whether the log is committed up to the barrier
  OperationName operation;
  AttemptNumber attempt = 0;
  ReplicaAddress to;
  Place from;
  std::uint32_t document = 0;  // slot
  Bytes size = 0;              // of the document
};

struct ReadRequest : ReplicaRequest {
  bool is_barrier = false;       // of a strong read: asks what is committed
  bool asks_who_writes = false;  // of no document: the account's write region
  Consistency level = Consistency::session;
  SessionToken barrier;
  Invocation invocation;
};

enum class Precondition : std::uint8_t {
  none,
  report_overwrite,  // replace: lost_update tells, too, that the newest was not `base`
  must_match,        // replace_if_match: 412 when the newest is not `base`
  paths_unchanged    // conditional PATCH: 412 when another has changed a path after `base`
};

struct WriteRequest : ReplicaRequest {
  Bytes payload = 0;        // what the request carries of the document
  Bytes patch = 0;          // what a PATCH would carry
  std::uint64_t meant = 0;  // paths that an update is about; 0: not told apart, or all
  Precondition precondition = Precondition::none;
  Version base;                 // read by the pod, or what a condition is made of
  std::optional<Version> seen;  // lost_update tells that another had changed `meant` after it
};

// not_write_region: 403/3. not_serving: strong, and a commit does not wait for this region.
enum class ReplicaStatus : std::uint8_t {
  ok,
  behind,
  precondition_failed,
  throttled,  // 429: nothing was done; again after `retry_after`
  conflict,   // 409: there is a document
  not_found,  // 404: there is none; of a write
  not_write_region,
  not_serving,
  gone  // 410: the replica has crashed, and its host says so; nothing was done
};

struct ReplicaAnswer {
  ReplicaStatus status = ReplicaStatus::ok;
  bool lost_update = false;
  bool found = true;            // of a read: there is a document
  bool is_committed = true;     // of a write; strong: not yet, as far as the primary knows
  AttemptNumber attempt = 0;    // which request it answers
  bool fell_back = false;       // committed without the other regions that it waited for
  Bytes replication_bytes = 0;  // of a write, on the way to all other regions
  ReplicaAddress from;
  Version version;
  Version known_committed;  // strong: the newest that the replica knows to be committed
  SessionToken applied;
  RegionId write_region;  // as far as the replica's region has heard
  RequestUnits ru;
  Bytes size = 0;
  Duration retry_after;
  Instant answered;
  Truth truth;
};

class ReplicaService {
 public:
  ReplicaService(sim::Simulation& simulation, Network& network, const WorldConfig& config,
                 const sim::RandomSource& random, Observer& observer, RegionId write_region);

  // All replicas of the region crash; the region comes back, as one that does not write if another
  // has taken over meanwhile. May be nested.
  void take_down(RegionId region);
  void bring_up(RegionId region);
  void crash_replicas(RegionId region, std::int64_t count, std::uint64_t fault,
                      Duration restart_after);

  // See Store; switchover.cpp.
  void switch_over(RegionId to, Duration at_most, std::function<void()> ended);
  RegionId write_region() const { return partitions_.front().write_region(); }

  void send(ReadRequest request);
  void send(WriteRequest request);
  // For the observer: what a client has asked between regions beside its operations.
  void tell_background(const StoreRequest& request, const StoreAnswer& paid);

  DocumentHandle open(DocumentName name);
  Documents& documents() { return documents_; }
  const Documents& documents() const { return documents_; }
  const Partition& partition_of(std::uint32_t document) const {
    return partitions_[documents_.at(document).partition];
  }
  // At the start; clients learn by messages when another has taken over.
  RegionId first_write_region() const { return write_region_; }
  const Network& network() const { return network_; }
  // For the observer: what a write quorum of each region has of a document's partition.
  std::uint64_t held_by_quorums(std::uint32_t document) {
    return partitions_[documents_.at(document).partition].held_by_quorums(simulation_.now());
  }
  std::size_t replicas() const { return replicas_; }
  // For a trace: tells what has become known of the entries that somebody follows.
  void look_at_followed() {
    applied_watch_.look(partitions_, regions_, replicas_, simulation_.now());
  }
  void tell_end();
  // A partition splits in two as soon as what is appended to it is committed (split.cpp).
  void split(std::uint32_t partition);
  // Two partitions become one (merge.cpp).
  void merge(std::uint32_t one, std::uint32_t other);
  std::uint32_t partitions() const { return static_cast<std::uint32_t>(partitions_.size()); }
  // For the observer; the greatest over partitions.
  Duration replication_lag(RegionId region, Instant now);
  ReplicationState replication_state(RegionId region, Instant now);
  // For the observer: acknowledged writes that are in the memory of this region alone.
  Durability::AtRisk at_risk(RegionId write_region, Instant now);
  // For the observer.
  void look(StoreObserved& seen, Instant now);
  void count_replication(ReplicationObserved& seen, Instant now);

 private:
  // A write that is appended and not committed. A deque of them runs beside the end of the log.
  struct Pending {
    WriteRequest request;
    ReplicaAnswer answer;
    bool is_answered = false;
  };

  bool ignores(const ReplicaRequest& request);
  void receive(const ReadRequest& request);
  void receive(const WriteRequest& request);
  // Whether the request was turned away, and its sender told so.
  template <class Request>
  bool throttles(const Request& request);
  void turn_away(const ReplicaRequest& request, Duration retry_after);
  // What keeps the write from being done; ok: nothing does.
  ReplicaStatus verdict_on(const WriteRequest& request, const Document& document) const;
  bool is_newest(const Document& document, const Version& version) const;
  bool overwrites_unseen(const WriteRequest& request, const Document& document) const;
  // From when on a document that is written now is gone.
  Instant gone_after(DataClassId data_class, Instant now) const;
  void append(const WriteRequest& request, Document& document, ReplicaAnswer answer);
  void commit_due(std::uint32_t partition);
  void leave(std::uint32_t partition, const LogEntry& entry);
  // Of a tier, before its primary crashes: what is not durable is lost.
  void lose_memory(std::uint32_t partition);
  Duration wait_for_backend(std::uint32_t document, bool reads, sim::Stream& draws);
  void await_regions(std::uint32_t partition, std::uint64_t lsn);
  // `round`: of the partition's commits; reports of an earlier one are void.
  struct Report {
    std::uint32_t partition = 0;
    std::uint32_t round = 0;
    std::uint64_t lsn = 0;
    RegionId region;
    AttemptNumber lost = 0;
  };
  void report(Report report);
  // Strong: the write region has the entry; its client is told and asks for the commit.
  void answer_before_commit(std::uint32_t partition, std::uint64_t lsn);
  void send_report(Report report);
  // Reports of entries that have not come to a region, in the order of the log.
  struct Door {
    std::deque<Report> reports;
    Instant next_look = Instant::never();  // other looks that were scheduled are void
  };
  Door& at_door(std::uint32_t partition, RegionId region) {
    return doors_[partition * regions_ + region.value()];
  }
  void await_entry(Report report);
  void look_at_door_later(std::uint32_t partition, RegionId region);
  void look_at_door(std::uint32_t partition, RegionId region);
  void await_late_regions(std::uint32_t partition);
  void watch_for_slow_regions(std::uint32_t partition);
  void answer_read(const ReadRequest& request, ReplicaAnswer& answer);
  void schedule_commit(std::uint32_t partition, std::uint64_t lsn);
  void commit_anew(std::uint32_t partition);
  void abandon_writers(std::uint32_t partition);
  void give_up_on(RegionId region, std::uint32_t outage);
  void take_over(std::uint32_t partition);
  void look_for_successors();
  std::optional<RegionId> successor(Partition& partition) const;
  void crash(std::uint32_t partition, RegionId region, std::int64_t count, sim::Stream draws,
             Duration restart_after);
  void restart(std::uint32_t partition, RegionId region, RegionReplicas::Some names);
  void elect(std::uint32_t partition, std::uint32_t epoch);
  void take_over(std::uint32_t partition, RegionId to);
  // Takes back what the log is about to lose; what the observer is to be told.
  TakeoverObserved take_back(std::uint32_t partition, std::uint64_t survived, RegionId to);
  void count_lost(std::uint32_t partition, TakeoverObserved& seen) const;
  RegionReplicas::Some& crashed(std::uint32_t partition, RegionId region) {
    return crashed_[std::size_t{partition} * regions_ + region.value()];
  }
  // What a region that came back lacks is paced: of all partitions together.
  void plan_catch_ups();
  void catch_up(RegionId region);
  void tell_catch_ups(std::uint32_t partition);
  std::int64_t rank_of(std::uint32_t partition) const;
  Instant log_begins() const;
  std::optional<Refill> refill_of(std::uint32_t partition) const;
  Bytes snapshot_of(std::uint32_t partition) const;
  // A planned switchover: whether the partition takes no writes, and when the region that is to
  // take them may have all; now: it has.
  bool is_closed(const Partition& partition) const {
    return switchover_.is_under_way && partition.write_region() != switchover_.to;
  }
  Instant may_switch_at(Partition& partition) const;
  void look_at_switchover(std::uint32_t number);
  void end_switchover();
  bool writes_in(RegionId region) const;
  void admit_when_caught_up(RegionId region, std::uint32_t outage);
  bool waits_for_family(const WriteRequest& request);
  bool waits_for_merge(const WriteRequest& request);
  bool is_about_to_split(std::uint32_t partition) const;
  bool some_are_crashed(std::uint32_t partition);
  void split_when_committed(std::uint32_t partition);
  void split_now(std::uint32_t partition);
  void add_partition(const Partition& partition, const Durability* durability);
  void begin_to_merge(std::size_t merging);
  void look_at_merge(std::size_t merging);
  bool is_ready_to_merge(std::uint32_t partition);
  void merge_now(std::uint32_t one, std::uint32_t other);
  void let_writes_go(std::size_t merging);
  // Whether a token's entry is in the log of what the document is in, or of what it was in then.
  bool still_holds(const Document& document, SessionToken token) const;
  // Whom an answer is for, as far as the observer needs it when it comes too late.
  struct Asker {
    SessionId session;
    DocumentName document;
    RegionId region;
    OperationKind kind;
  };

  ReplicaAnswer answer_to(const ReplicaRequest& request) const;
  void reply(const ReplicaRequest& request, const ReplicaAnswer& answer);
  template <class Receiver>
  void deliver_into(sim::ReplyAddress to, Duration travelling, const ReplicaAnswer& answer,
                    const Asker& asker);
  void tell_reply(Trace& trace, const ReplicaRequest& request, const ReplicaAnswer& answer,
                  std::optional<Duration> travelling);
  // For a witness, where there is one.
  void tell_appended(std::uint32_t partition, const Document& document, const LogEntry& entry);
  void tell_answered(const ReplicaRequest& request, SessionToken token, const ReplicaAnswer& answer,
                     Consistency level = Consistency::session);
  void tell_late(const Asker& asker, const ReplicaAnswer& answer);
  template <class Request>
  void deliver(const Request& request, Bytes size, const sim::Distribution& service,
               sim::StreamKey key);
  Place place_of(std::uint32_t partition, ReplicaAddress address) const;

  sim::Simulation& simulation_;
  Network& network_;
  Observer& observer_;
  StoreWitness* witness_;  // null: nobody
  Documents documents_;
  DocumentPaths paths_;
  std::vector<Duration> ttl_;  // by data class; 0: never gone
  std::vector<AtStart> at_start_;
  RegionId write_region_;
  std::uint32_t regions_;
  std::size_t replicas_;
  std::uint32_t zones_;
  bool is_strong_;
  bool is_bounded_;
  sim::Distribution read_service_;
  sim::Distribution write_service_;
  sim::StreamKey read_key_;
  sim::StreamKey write_key_;
  ThroughputLimit limit_;
  std::vector<std::unique_ptr<ReplicaLag>> lags_;  // by group of data classes
  std::vector<Partition> partitions_;              // of the first group, of the second, ...
  std::vector<std::deque<Pending>> pending_;       // by partition
  // Where other regions acknowledge: whether a look at slow regions is scheduled, by partition; and
  // what has not come to them, by partition and region.
  std::vector<bool> watched_;
  std::vector<Door> doors_;
  std::vector<std::unique_ptr<Durability>> durability_;  // by partition; null: it is no tier
  Backup backup_;
  Bytes replication_bytes_ = 0;
  Duration shipping_cpu_;
  std::uint64_t hot_reads_ = 0;
  std::uint64_t cold_reads_ = 0;
  std::uint64_t bound_refusals_ = 0;
  AppliedWatch applied_watch_;
  FailoverConfig failover_;
  CatchUpConfig catch_up_;
  std::vector<Bytes> sizes_;         // of a document, by data class
  std::vector<std::int64_t> ranks_;  // by partition at the start: the lower is sent first
  std::vector<RegionId> failover_order_;
  struct Outage {
    std::uint32_t lasting = 0;  // faults that keep the region down
    std::uint32_t number = 0;   // of the latest
    bool is_given_up = false;
  };
  struct Switchover {
    bool is_under_way = false;
    std::uint32_t number = 0;  // of the latest
    RegionId to;
    Instant given_up_at;
    std::function<void()> ended;
  };
  Switchover switchover_;
  std::vector<Outage> outages_;                // by region
  std::vector<RegionReplicas::Some> crashed_;  // by partition and region: names
  Duration election_;
  sim::StreamKey victim_key_;
  LogFreshness freshness_;
  struct Splitting {
    bool is_asked = false;
    std::vector<WriteRequest> waiting;
  };
  std::vector<Splitting> splitting_;  // by partition, as far as a split was ever asked of one
  struct Merging {
    std::uint32_t one = 0;
    std::uint32_t other = 0;
    bool keeps_writes = false;
    Instant gives_up;
    std::vector<WriteRequest> waiting;
  };
  std::vector<Merging> mergings_;
};

}  // namespace seatrial::models
