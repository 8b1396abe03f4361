// One partition: its log, its replicas in all regions, and how far it is committed.
//
// A write is appended by the primary of the write region and committed, in log order, when its
// write quorum there has it and as many other regions have said so as its mode wants
// (replication/plan.hpp). The reply leaves at the commit.
//
// When another region takes over the writes, the log ends where its longest replica ends, and goes
// on in a new epoch, with LSNs that may have been given before:
//
//   epoch 1   1 2 3 4 5 6 7 8         the new write region had 1 to 5: 6 to 8 are lost
//   epoch 2             6 7 8 9 ...   other versions
//
// Two partitions are merged when every replica has everything of both; one log goes on in a new
// epoch, after the last LSN of either. Versions keep the names that they had.
//
// Laws: what a replica answers is the newest version of the document that the replica holds; its
// staleness is what has been committed, when the read was invoked, after that version, and is not
// lost. A token whose entry is lost is never satisfied again.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "models/store/documents.hpp"
#include "models/store/dynamic_quorum.hpp"
#include "models/store/partition_log.hpp"
#include "models/store/protocol.hpp"
#include "models/store/region_replicas.hpp"
#include "models/store/replication/commit_rule.hpp"
#include "models/store/session_token.hpp"
#include "models/store/staleness_bound.hpp"
#include "models/store/witness.hpp"

namespace seatrial::models {

class Partition {
 public:
  Partition(const ReplicaLag& lag, const StoreConfig& config, std::uint32_t regions,
            RegionId write_region);

  RegionId write_region() const { return write_region_; }
  std::uint32_t epoch() const {
    return first_epoch_ - 1 + static_cast<std::uint32_t>(epochs_.size());
  }
  // Tokens of earlier ones are of the partitions that were merged.
  std::uint32_t first_epoch() const { return first_epoch_; }
  // In which an entry was appended. A version is named by it.
  std::uint32_t epoch_of(std::uint64_t lsn) const;
  std::uint32_t epoch_of(const Document& document, std::uint64_t lsn) const {
    return lsn <= merged_at_ ? document.epoch_before_merge : epoch_of(lsn);
  }
  // Whether the token's entry is in the log, or may yet be: never again after it was lost.
  bool still_holds(SessionToken token) const;

  // Returns the LSN. Where no write waits for other regions, its commit is settled, at an instant
  // that may lie in the future.
  std::uint64_t append(LogEntry entry);

  const ReplicationPlan& plan() const { return lag_.plan(); }
  const PartitionLog& log() const { return log_; }
  LogEntry& entry(std::uint64_t lsn) { return log_.at(lsn); }
  std::uint64_t committed() const { return committed_; }
  // Whether the next entry is due, and to commit it.
  bool commit_is_due(Instant now) const;
  const LogEntry& commit_next() { return log_.at(++committed_); }

  RegionReplicas& replicas(RegionId region) { return regions_[region.value()]; }
  const RegionReplicas& replicas(RegionId region) const { return regions_[region.value()]; }
  std::uint64_t applied(RegionId region, std::size_t replica, Instant now) {
    return replicas(region).applied(log_, replica, now);
  }
  // The newest version of the document that the replica holds, or that its cut has (a prefix).
  Version newest_at(const Document& document, RegionId region, std::size_t replica, Instant now);
  Version newest_of_prefix(const Document& document, RegionId region, std::size_t replica,
                           Instant now);
  Version newest_committed(const Document& document) const;
  // From when on a version, which some replica may still hold, is no document any more.
  Instant gone(const Document& document, Version version) const;
  std::optional<Instant> quorum_arrival(std::uint64_t lsn, RegionId region, Instant now) {
    return replicas(region).quorum_arrival(log_, lsn, write_quorum_, now);
  }

  // When to look for an entry that has not come to the region's door: those before it come first.
  // Nothing: it has come, or it is not known when the next one does.
  std::optional<Instant> comes_to_door(std::uint64_t lsn, RegionId region, Instant now) {
    const std::optional<Instant> next = next_door(region, now);
    if (replicas(region).has_come(lsn) || !next || *next <= now) return std::nullopt;
    return next;
  }
  std::optional<Instant> next_door(RegionId region, Instant now) {
    return replicas(region).next_door(log_, now);
  }

  // Ways of their own to other regions: they are told when an entry leaves. By region.
  void use(std::vector<std::shared_ptr<Outbound>> outbounds);
  bool has_outbounds() const { return has_outbounds_; }
  // For a part of this partition, when it splits.
  std::vector<std::shared_ptr<Outbound>> copies_of_outbounds() const;
  // To the regions that get it at the append, or to all others.
  void send(std::uint64_t lsn, bool to_awaited, Instant now);

  // The adaptive mode.
  std::uint64_t synchronous_writes() const { return synchronous_writes_; }
  std::uint64_t mode_switches() const { return mode_switches_; }

  // Whether commits hang on what regions say, and which of them say it.
  bool is_acknowledged_by_regions() const { return is_acknowledged_by_regions_; }
  bool is_asked(RegionId region) const { return rule_.is_asked(region) && is_awaited(region); }
  // The LSN up to which the region has said that it has everything.
  std::uint64_t acknowledged(RegionId region) const { return acknowledged_[region.value()]; }
  // A region has said that its quorum has the entry.
  void acknowledge(std::uint64_t lsn, RegionId region, Instant now);
  // The entry has waited for other regions as long as its mode allows.
  void stop_waiting(std::uint64_t lsn, Instant now);
  // Looks for regions that are too slow to be waited for. When to look again; never: no need.
  Instant drop_slow_regions(Instant now);
  // Strong: whether the region is one that every commit waits for.
  bool serves_strong_reads(RegionId region, Instant now) const {
    return is_member(region) && quorum_.serves(region, now);
  }
  // Strong: of what a replica holds, the newest that its region knows to be committed.
  Version known_committed(const Document& document, Version held, RegionId region, Instant now);

  // Strong: how far the region knows the log to be committed.
  std::uint64_t commits_known(RegionId region, Instant now);

  // Bounded staleness: whether a region is too far behind for another write.
  bool turns_writes_away(Instant now) {
    return bound_ && bound_->is_exceeded(log_, regions_, write_region_, is_awaited_, now);
  }

  // For the observer: how often strong commits have dropped a region.
  std::uint64_t regions_dropped() const { return quorum_.drops(); }

  // What a read was to see, by its level; `barrier` is the token's LSN that it carried.
  struct Asked {
    Consistency level = Consistency::session;
    std::uint64_t barrier = 0;
  };
  // For the observer.
  Truth judge(const Document& document, const Invocation& invocation, Version returned, Asked asked,
              Instant now);
  // For the observer: what a write quorum of each region has.
  std::uint64_t held_by_quorums(Instant now);

  // For the observer: the age of the oldest committed entry that a replica of the region lacks.
  Duration replication_lag(RegionId region, Instant now);
  // For the observer: committed entries that the region's slowest replica lacks.
  std::uint64_t entries_lacking(RegionId region, Instant now);

  // For a witness.
  LogState state(Instant now);

  // Whether every replica of every region is up and has what is appended; that is committed and, of
  // a tier, durable.
  bool is_complete(Instant now);
  // This one, a copy of one of two complete partitions, goes on in the place of both.
  void merge_with(const Partition& other);
  // A part of another partition, which has counted what there was to count.
  void count_from_here() { synchronous_writes_ = mode_switches_ = 0; }

  // Frees what every replica has applied.
  void trim(Instant now);
  // A tier: a loss of the memory takes nothing before this LSN.
  bool is_durable() const { return durable_ >= committed_; }
  void is_durable_until(std::uint64_t lsn) { durable_ = std::max(durable_, lsn); }

  // --- Regions that go down and come back ---------------------------------------------------
  // All replicas of the region crash. What is not committed is not going to be, before the region
  // is up again or another takes over.
  void take_down(RegionId region, Instant now);
  void bring_up(RegionId region, const RegionReplicas::Some& replicas, Instant now);
  void crash(RegionId region, const RegionReplicas::Some& replicas, Instant now);
  void restart(RegionId region, const RegionReplicas::Some& replicas, Instant now,
               const Refill* refill = nullptr);
  // What a region that came back lacks: see region_catch_up.cpp.
  Instant oldest_lacking(RegionId region, Instant now) {
    return replicas(region).oldest_lacking(log_, now);
  }
  PacedLog backlog(RegionId region, std::optional<Bytes> snapshot, Instant now) {
    return replicas(region).backlog(log_, snapshot, now);
  }
  // Whether the write region's primary is down, and one of those that are up has, in log order, all
  // that is committed.
  bool needs_election() const;

  // The longest log of the region's replicas that are up.
  std::uint64_t longest(RegionId region, Instant now) {
    return replicas(region).longest(log_, now);
  }
  // Documents have to be stepped back before the log is cut.
  void step_back(Document& document, std::uint64_t survived) const;
  void take_over(RegionId region, Instant now);
  // A tier: the primary's memory is gone, and the log after `survived` with it; a new epoch.
  void lose_memory(std::uint64_t survived, Instant now);
  // ... and the replicas of the write region that are up have what the backend has.
  void load_from_backend(Instant now) { replicas(write_region_).load_all(now); }

  // A region that was given up is left out: no commit waits for it and no staleness bound counts
  // it. When it is back it is admitted in two steps, for with many writes it lacks something at
  // every instant:
  //
  //   left out ── has what was committed when it came back ──> awaited: commits wait for it
  //   awaited  ── has what was committed until then ─────────> member: serves strong reads, and
  //                                                            may take over the writes
  //
  // Where commits wait, leave_out() and an admit() that says so are followed by new reports of all.
  void leave_out(RegionId region);
  // Goes on as far as it may; whether commits wait for it from now on.
  bool admit(RegionId region, Instant now);
  bool is_awaited(RegionId region) const { return is_awaited_[region.value()]; }
  bool is_member(RegionId region) const { return has_to_have_[region.value()] == 0; }
  // Counts the changes of how entries are committed: reports of an earlier round do not count.
  std::uint32_t commit_round() const { return commit_round_; }
  // It has split: what regions still say concerns the partitions that go on.
  void end_reports() { ++commit_round_; }

 private:
  // Whether a write quorum of the region has everything up to there that is committed.
  bool has_up_to(RegionId region, std::uint64_t lsn, Instant now);
  void settle_commit(std::uint64_t lsn, Instant now);
  void commit_anew(Instant now);
  void begin_round();
  void begin_epoch_after(std::uint64_t survived, Instant now);
  void hand_over_ways(RegionId to);
  void stop_ways(Instant now);
  void lead_ways(Instant now);
  bool next_one_waits(Instant now);
  bool may_commit(const LogEntry& entry, RegionSet excused) const;
  void settle_commits(Instant now);
  RegionSet left_out() const;
  DynamicQuorum::Known known_of(RegionId region) const;
  void look_for_slowness(RegionId region, Instant now);
  Truth judge_over_epochs(const Document& document, const Invocation& invocation, Version returned,
                          Asked asked, Instant now);
  std::uint64_t must_be_seen(const Invocation& invocation, Asked asked, Instant now);
  Version named(const Document& document, Version version) const;
  std::uint64_t applied_everywhere(Instant now);

  PartitionLog log_;
  const ReplicaLag& lag_;
  std::vector<RegionReplicas> regions_;
  std::vector<std::uint64_t> epochs_{1};  // the first LSN of each
  std::uint32_t first_epoch_ = 1;
  std::uint64_t merged_at_ = 0;  // what is not after this LSN was written before a merge
  Instant last_takeover_ = Instant::at(Duration::nanoseconds(-1));
  RegionId write_region_;
  std::size_t replica_count_;
  std::size_t write_quorum_;     // of a commit: in a tier the primary alone
  std::size_t replicas_quorum_;  // of replicas of a region, which quorum reads meet
  bool in_log_order_;
  bool is_strong_;
  std::optional<StalenessBound> bound_;
  bool is_acknowledged_by_regions_;
  std::vector<Vote> votes_;  // by region
  bool has_outbounds_ = false;
  std::vector<std::shared_ptr<Outbound>> ended_ways_;  // the network may yet write into them
  bool is_synchronous_ = false;                        // the adaptive mode, at present
  std::uint64_t synchronous_writes_ = 0;
  std::uint64_t mode_switches_ = 0;
  CommitRule rule_;
  DynamicQuorum quorum_;
  std::vector<std::uint64_t> acknowledged_;  // by region: the LSN up to which it has said so
  std::uint64_t committed_ = 0;
  std::uint64_t durable_ = UINT64_MAX;          // of a tier, as far as it is known
  std::vector<std::uint64_t> known_committed_;  // by region; strong
  std::vector<bool> is_awaited_;                // by region
  std::vector<std::uint64_t> has_to_have_;      // by region: for its next step; 0: a member
  std::uint32_t commit_round_ = 0;
  Instant last_commit_;
};

}  // namespace seatrial::models
