// The protocol of quorums without a leader. The client library in a pod coordinates: it is no
// replica itself, sends every request to the replicas directly and counts their answers.
//
//   update  coordinator ──write──> all N replicas ──write_ack──> coordinator
//           committed, and answered, at the W-th acknowledgement
//   read    coordinator ──read──> read_fanout replicas ──read_reply──> coordinator
//           done at the R-th answer; the newest version among these R wins
//           read repair: when the last has answered, the newest goes to those that had an older
//           one, by the leg of a write
//
// Laws:
//  1. Versions are ordered as they are sent (a timestamp of the coordinator, clocks in step): a
//     replica that gets an older version after a newer one keeps the newer one.
//  2. Nothing happens at a replica: a write has one event, its commit, a read one, its end; a read
//     that repairs another, and each repair one. What a replica answers is looked up at the moment
//     at which the read came to it (version_chain.hpp).
//  3. A write is sent once. When its quorum has not acknowledged it by the deadline it is timed
//     out: its replicas still get it, and it is committed when the quorum has acknowledged it;
//     never, where too few of its messages come. A version that is not committed may be read.
//  4. A session token means nothing here and none is returned: Dynamo has none, and what a replica
//     has is no prefix of any log that a barrier could speak of.
//  5. The legs carry all the time; the replicas of a document are in the coordinator's region, so
//     nothing goes between regions and no fault of a link concerns them. While the store of a
//     region is down, its coordinators get no answer. A single replica that crashes keeps what it
//     has; until it restarts nothing comes to it, and it answers nothing.
//  6. A read does not wait for its repair, and the coordinator repairs what it has been told by the
//     read's deadline. So a read that begins later may still overtake it.
//  7. Hints: quorum_delivery.hpp. Anti-entropy: quorum_exchange.cpp. They belong to no operation
//  and
//     cost no request units.
// A read costs a point read at every replica that is asked, an update once what an update costs,
// whether or not somebody waits to the end: each replica does its work. A repair costs a replica's
// part of an update, 1/N.
// Source: DeCandia et al., "Dynamo", SOSP 2007 (section 5: the coordinator of a read waits a little
// longer for the other answers, and updates those that were stale); the WARS model of Bailis et
// al., VLDB 2012. Cassandra's read waits for its repair, of the R that answered: read_repair.adoc.
// Not modelled: sloppy quorums, clocks that differ, lost reads and answers, coordinators that know
// who is down and ask others, queues of replicas, conditional writes (they need consensus),
// inserts, deletes and a time to live, paths of a PATCH.
#pragma once

#include "models/network/network.hpp"
#include "models/store/document_paths.hpp"
#include "models/store/documents.hpp"
#include "models/store/protocol.hpp"
#include "models/store/quorum/quorum_delivery.hpp"
#include "models/store/quorum/unapplied_writes.hpp"
#include "models/store/quorum/version_chain.hpp"
#include "models/store/witness.hpp"
#include "sim/assert.hpp"
#include "sim/reply_slot.hpp"

namespace seatrial::models {

class QuorumProtocol final : public StoreProtocol {
 public:
  static constexpr std::uint32_t epoch = 1;  // nothing is cut off

  QuorumProtocol(const StoreSurroundings& around, const QuorumConfig& config);

  DocumentHandle open(DocumentName) override;
  void close(DocumentHandle) override;
  PartitionId partition_of(DocumentHandle) const override;
  std::uint32_t partitions() const override;
  sim::Task<StoreAnswer> read(StoreRequest, Invocation) override;
  sim::Task<StoreAnswer> update(StoreRequest, Invocation) override;
  // Coordinators of the region reach no replica; what is under way arrives.
  void take_down(RegionId region) override { is_down_[region.value()] = true; }
  void bring_up(RegionId region) override { is_down_[region.value()] = false; }
  void crash_replicas(RegionId region, std::int64_t count, std::uint64_t fault,
                      Duration restart_after) override;

  Version newest_committed(DocumentHandle) const override;
  void look_at_followed() override;
  void tell_end() override;
  Duration replication_lag(RegionId region, Instant now) override {
    return replication_state(region, now).greatest_lag;
  }
  ReplicationState replication_state(RegionId, Instant now) override;
  void count_replication(ReplicationObserved&, Instant now) override;

 private:
  // A write that is on its way to the replicas.
  struct Sent {
    QuorumWrite write;
    RegionId region;  // of the coordinator
    DocumentHandle handle;
    std::uint32_t document = 0;  // slot
    Version version;
    Instant everywhere;  // never: not known
    bool overwrites_unseen = false;
    sim::ReplyAddress reply_to;
  };
  // A read whose coordinator looks once more, when the last answer has come.
  struct RepairingRead {
    OperationName name;
    RegionId region;
    std::uint32_t document = 0;  // slot
    Instant sent;
    GracePeriods::Generation question = 0;
  };
  // What the coordinator is told when the quorum has acknowledged.
  struct Committed {
    Instant at;
  };

  sim::Task<StoreAnswer> read_open(StoreRequest request, Invocation invocation);
  sim::Task<StoreAnswer> write(StoreRequest request, StoreAnswer so_far);
  bool is_down(const StoreRequest& request) const { return is_down_[request.from.region.value()]; }
  // The version before it is the newest that was sent.
  Sent send(const StoreRequest& request, Version base, sim::ReplyAddress reply_to);
  bool overwrites_unseen(const StoreRequest& request, const Document& document, Version base) const;
  // Nothing happens where that is never.
  void commit_at(Instant when, const Sent& sent);
  void commit_if_acknowledged(const Sent& sent);
  void commit(const Sent& sent);
  DeliveryConditions conditions_of(std::uint32_t document) const {
    return {draws_, config_, outages_, documents_.at(document).partition};
  }
  // Takes those that were asked while they were down out of the first that were to answer; whether
  // there were any.
  bool drop_unanswered(const StoreRequest& request, Instant sent, ReadDraw& draw) const;
  StoreAnswer answer_of(const StoreRequest& request, const Invocation& invocation, Instant sent,
                        const ReadDraw& draw);
  bool is_up(std::uint32_t document, std::size_t replica, Instant moment) const {
    return outages_.is_up(documents_.at(document).partition, replica, moment);
  }
  // Of one partition; drawn by the fault.
  std::vector<std::size_t> victims(std::uint32_t partition, std::int64_t count,
                                   std::uint64_t fault) const;
  void settle_anew(const std::vector<std::vector<std::size_t>>& victims,
                   const ReplicaOutages& before);
  void exchange_later();
  void exchange(std::size_t replica, Instant compared);
  void exchange_of(std::uint32_t document, std::size_t replica, Instant compared);
  Bytes payload_of(std::uint32_t document) const {
    return payloads_[documents_.at(document).name.data_class.value()];
  }
  Bytes size_of(std::uint32_t document) const {
    return sizes_[documents_.at(document).name.data_class.value()];
  }
  // For the observer.
  bool lacks(const UnappliedWrite& write) const;
  void repair_later(const StoreRequest& request, Instant sent, const ReadDraw& draw);
  void repair(const RepairingRead& read);
  void send_repair(const RepairingRead& read, Version newest, std::size_t replica);
  void take_newest(const StoreRequest& request, Instant sent, const ReadDraw& draw,
                   StoreAnswer& answer) const;
  // The virtual read after a commit: when it is fresh, told once that is certain.
  struct Probe {
    Sent sent;
    Instant committed;
    ReadDraw draw;
    GracePeriods::Generation question = 0;
  };
  void probe(const Sent& sent);
  void look_again(const Probe& probe);
  std::optional<Duration> fresh_after(const Probe& probe) const;
  void tell_freshness(const Probe& probe, Duration fresh_after);
  void tell(Trace& trace, const Sent& sent, const QuorumDelivery& delivery);
  void tell_asked(Trace& trace, const StoreRequest& request, Instant sent,
                  std::span<const ReadAnswer> answers) const;
  void tell_answers(Trace& trace, const StoreRequest& request, Instant sent,
                    const ReadDraw& draw) const;
  void tell_applied(Trace& trace, std::uint32_t document, Version version, RegionId region) const;
  // For a witness, where there is one.
  void tell_appended(const Sent& sent) const;
  void tell_versions(std::uint32_t document) const;

  sim::Simulation& simulation_;
  Network& network_;
  Observer& observer_;
  StoreWitness* witness_;  // null: nobody
  QuorumConfig config_;
  FreshnessConfig probe_;
  Instant end_;  // of the last phase
  // Whether what a replica has may change by other messages than those of writes, or these fail.
  bool arrivals_may_change_;
  std::vector<Bytes> sizes_;     // by data class
  std::vector<Bytes> payloads_;  // of an update
  std::int64_t commits_ = 0;
  QuorumDraws draws_;
  Documents documents_;
  DocumentPaths paths_;
  std::vector<bool> is_down_;             // by region
  std::vector<VersionChain> chains_;      // by the document's slot
  std::vector<std::uint64_t> last_lsns_;  // by partition: how many writes were sent
  UnappliedWrites unapplied_;
  ReplicaOutages outages_;
  sim::StreamKey victim_key_;
  std::uint64_t rounds_ = 0;     // of anti-entropy
  ReplicationObserved traffic_;  // what is no operation's
  // Writes that a trace follows, whose arrivals may still change.
  struct FollowedWrite {
    DocumentHandle document;
    Version version;
    RegionId region;
    SessionId session;
  };
  std::vector<FollowedWrite> followed_;
};

}  // namespace seatrial::models
