// One partition: its log, its replicas in all regions, and how far it is committed.
//
// A write is appended by the primary of the write region and committed, in log order, when its
// write quorum there has it (strong: when every region's quorum has it and said so). The reply
// leaves at the commit.
//
// Law: what a replica answers is the newest version of the document that the replica holds; its
// staleness is what has been committed, when the read was invoked, after that version.
// Not modelled: epochs (lossy failovers), splits, throttling by RU/s; strong: the dynamic quorum
// that drops slow regions.
#pragma once

#include <vector>

#include "models/store/documents.hpp"
#include "models/store/partition_log.hpp"
#include "models/store/protocol.hpp"
#include "models/store/region_replicas.hpp"
#include "models/store/witness.hpp"

namespace seatrial::models {

class Partition {
 public:
  static constexpr std::uint32_t epoch = 1;  // of the log; there are no lossy failovers yet

  Partition(const ReplicaLag& lag, const StoreConfig& config, std::uint32_t regions);

  // Returns the LSN. Not strong: its commit is settled, at an instant that may lie in the future.
  std::uint64_t append(LogEntry entry);

  const PartitionLog& log() const { return log_; }
  LogEntry& entry(std::uint64_t lsn) { return log_.at(lsn); }
  std::uint64_t committed() const { return committed_; }
  // Whether the next entry is due, and to commit it.
  bool commit_is_due(Instant now) const;
  const LogEntry& commit_next() { return log_.at(++committed_); }

  RegionReplicas& replicas(RegionId region) { return regions_[region.value()]; }
  std::uint64_t applied(RegionId region, std::size_t replica, Instant now) {
    return replicas(region).applied(log_, replica, now);
  }
  // The newest version of the document that the replica holds.
  Version newest_at(const Document& document, RegionId region, std::size_t replica, Instant now);
  Version newest_committed(const Document& document) const;
  // From when on a version, which some replica may still hold, is no document any more.
  Instant gone(const Document& document, Version version) const;
  std::optional<Instant> quorum_arrival(std::uint64_t lsn, RegionId region, Instant now) {
    return replicas(region).quorum_arrival(log_, lsn, write_quorum_, now);
  }

  std::optional<Instant> next_door(RegionId region, Instant now) {
    return replicas(region).next_door(log_, now);
  }

  // Strong: a region has said that its quorum has the entry.
  void acknowledge(std::uint64_t lsn, Instant now);
  // Strong: of what a replica holds, the newest that its region knows to be committed.
  Version known_committed(Version held, RegionId region, Instant now);

  // For the observer. `barrier` is the token's LSN that the request carried.
  Truth judge(const Invocation& invocation, Version returned, std::uint64_t barrier, Instant now);

  // For the observer: the age of the oldest committed entry that a replica of the region lacks.
  Duration replication_lag(RegionId region, Instant now);

  // For a witness.
  LogState state(Instant now);

  // Frees what every replica has applied.
  void trim(Instant now);

 private:
  std::uint64_t applied_everywhere(Instant now);
  std::uint64_t commits_known(RegionId region, Instant now);

  PartitionLog log_;
  const ReplicaLag& lag_;
  std::vector<RegionReplicas> regions_;
  RegionId write_region_;
  std::size_t write_quorum_;
  bool is_strong_;
  std::uint64_t committed_ = 0;
  std::vector<std::uint64_t> known_committed_;  // by region; strong
  Instant last_commit_;
};

}  // namespace seatrial::models
