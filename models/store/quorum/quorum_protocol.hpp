// The protocol of quorums without a leader. The client library in a pod coordinates: it is no
// replica itself, sends every request to the replicas directly and counts their answers.
//
//   update  coordinator ──write──> all N replicas ──write_ack──> coordinator
//           committed, and answered, at the W-th acknowledgement
//   read    coordinator ──read──> read_fanout replicas ──read_reply──> coordinator
//           done at the R-th answer; the newest version among these R wins
//
// Laws:
//  1. Versions are ordered as they are sent (a timestamp of the coordinator, clocks in step): a
//     replica that gets an older version after a newer one keeps the newer one.
//  2. Nothing happens at a replica: a write has one event, its commit, a read one, its end. What a
//     replica answers is looked up at the moment at which the read came to it (version_chain.hpp).
//  3. A write is sent once. When its quorum has not acknowledged it by the deadline it is timed
//     out: its replicas still get it, and it is committed when the quorum has acknowledged it.
//  4. A session token means nothing here and none is returned: Dynamo has none, and what a replica
//     has is no prefix of any log that a barrier could speak of.
//  5. The legs carry all the time; the replicas of a document are in the coordinator's region, so
//     nothing goes between regions and no fault of a link concerns them. While the store of a
//     region is down, its coordinators get no answer.
// A read costs a point read at every replica that is asked, an update once what an update costs,
// whether or not somebody waits to the end: each replica does its work.
// Source: DeCandia et al., "Dynamo", SOSP 2007; the WARS model of Bailis et al., VLDB 2012.
// Not modelled: read repair, hinted handoff, anti-entropy, sloppy quorums, clocks that differ,
// lost messages, queues and crashes of replicas, conditional writes (they need consensus), inserts,
// deletes and a time to live, paths of a PATCH.
#pragma once

#include "models/network/network.hpp"
#include "models/store/documents.hpp"
#include "models/store/protocol.hpp"
#include "models/store/quorum/quorum_draws.hpp"
#include "models/store/quorum/unapplied_writes.hpp"
#include "models/store/quorum/version_chain.hpp"
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
  void crash_replicas(RegionId, std::int64_t, std::uint64_t, Duration) override {
    SEATRIAL_ASSERT(false, "crashes of a quorum's replicas: the scenario's checks refuse them");
  }

  Version newest_committed(DocumentHandle) const override;
  void look_at_followed() override {}  // arrivals are told when a write is sent
  Duration replication_lag(RegionId, Instant now) override;

 private:
  // A write that is on its way to the replicas.
  struct Sent {
    OperationName write;
    RegionId region;             // of the coordinator
    std::uint32_t document = 0;  // slot
    Version version;
    sim::ReplyAddress reply_to;
  };
  // What the coordinator is told when the quorum has acknowledged.
  struct Committed {
    Instant at;
  };

  sim::Task<StoreAnswer> read_open(StoreRequest request, Invocation invocation);
  sim::Task<StoreAnswer> write(StoreRequest request, StoreAnswer so_far);
  bool is_down(const StoreRequest& request) const { return is_down_[request.from.region.value()]; }
  // The version before it is the newest that was sent.
  Sent send(const StoreRequest& request, sim::ReplyAddress reply_to);
  void commit(const Sent& sent);
  void take_newest(const StoreRequest& request, Instant sent, const ReadDraw& draw,
                   StoreAnswer& answer) const;
  // The virtual read after a commit: when it is fresh, told once that is certain.
  void probe(const Sent& sent);
  Duration fresh_after(const Sent& sent, Instant committed, const ReadDraw& draw) const;
  void tell_freshness(const Sent& sent, Instant committed, Duration fresh_after);
  void tell(Trace& trace, const Sent& sent, const WriteDraw& draw) const;
  void tell_asked(Trace& trace, const StoreRequest& request, Instant sent,
                  const ReadDraw& draw) const;
  void tell_answers(Trace& trace, const StoreRequest& request, Instant sent,
                    const ReadDraw& draw) const;
  void tell_applied(Trace& trace, std::uint32_t document, Version version, RegionId region) const;

  sim::Simulation& simulation_;
  Network& network_;
  Observer& observer_;
  QuorumConfig config_;
  FreshnessConfig probe_;
  std::int64_t commits_ = 0;
  QuorumDraws draws_;
  Documents documents_;
  std::vector<bool> is_down_;             // by region
  std::vector<VersionChain> chains_;      // by the document's slot
  std::vector<std::uint64_t> last_lsns_;  // by partition: how many writes were sent
  UnappliedWrites unapplied_;
};

}  // namespace seatrial::models
