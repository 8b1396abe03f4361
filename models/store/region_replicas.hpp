// The replicas of one partition in one region. A replica is a cut through the log: the LSN up to
// which it has applied everything. Nothing happens when an entry arrives; cuts move when somebody
// looks.
//
//             applied        received                     log
//   replica 0    |              |  arrivals of these are     |  not yet known
//   replica 1       |           |  final: at the door        |  at the door
//
// Laws:
//  1. An arrival is written down only when the entry has come to the region's door, so that no
//     fault of a link can change it any more. How often somebody looks changes nothing.
//  2. A cut never goes back.
//  3. in_log_order: a replica applies an entry when it has arrived and the entry before is
//     applied. independent: a replica may hold entries after its cut (has()).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/store/partition_log.hpp"
#include "models/store/replica_lag.hpp"

namespace seatrial::models {

class RegionReplicas {
 public:
  static constexpr std::size_t most_replicas = 32;

  RegionReplicas(const ReplicaLag& lag, const StoreConfig& config, RegionId region);

  // In the write region: the primary has the entry and its arrivals are settled.
  void append(const LogEntry& entry);

  // When `quorum` replicas have the entry; nothing: it is not at the door yet.
  std::optional<Instant> quorum_arrival(const PartitionLog& log, std::uint64_t lsn,
                                        std::size_t quorum, Instant now);

  // When the next entry comes to the door; nothing: there is none, or it is not known.
  std::optional<Instant> next_door(const PartitionLog& log, Instant now) const;

  // The cut of a replica.
  std::uint64_t applied(const PartitionLog& log, std::size_t replica, Instant now);
  // The highest LSN that so many replicas have applied.
  std::uint64_t applied_by(const PartitionLog& log, std::size_t replicas, Instant now);
  // The lowest cut of all replicas.
  std::uint64_t applied_by_all(const PartitionLog& log, Instant now);
  // Whether a replica holds an entry: part of its cut, or, independent, arrived by itself.
  bool has(const PartitionLog& log, std::uint64_t lsn, std::size_t replica, Instant now);

  // When a replica has an entry, applied in the order of the log where that is the order; may lie
  // after `now`. Nothing: it is not at the door yet. Not of what was forgotten.
  std::optional<Instant> arrival(const PartitionLog& log, std::uint64_t lsn, std::size_t replica,
                                 Instant now);
  bool has_forgotten(std::uint64_t lsn) const { return lsn < first_row_; }

  // Frees what all replicas of the region have applied.
  void forget_applied();

 private:
  std::span<const Instant> row_of(std::uint64_t lsn) const;
  // For the arrivals of the next entry, which settle() then puts into the log's order.
  std::span<Instant> add_row();
  void settle();
  void receive(const PartitionLog& log, Instant now);
  void advance(std::size_t replica, Instant now);
  std::uint64_t lowest_cut() const;

  const ReplicaLag& lag_;
  RegionId region_;
  bool is_write_region_;
  bool in_log_order_;
  std::size_t replicas_;
  std::vector<std::uint64_t> applied_;
  std::vector<Instant> latest_;    // arrivals of the entry `received_`
  std::vector<Instant> arrivals_;  // a row for each of first_row_ .. received_
  std::uint64_t first_row_ = 1;
  std::uint64_t received_ = 0;
};

}  // namespace seatrial::models
