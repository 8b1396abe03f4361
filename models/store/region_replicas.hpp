// The replicas of one partition in one region. A replica is a cut through the log: the LSN up to
// which it has applied everything. Nothing happens when an entry arrives; cuts move when somebody
// looks.
//
//             applied        received                     log
//   replica 0    |              |  arrivals of these are     |  not yet known
//   replica 1       |           |  final: at the door        |  at the door
//
// A replica that is down applies nothing; a region whose replicas are all down receives nothing,
// and is sent what it lacks when it is up again: at once, or as a catch-up paces it (catch_up.hpp).
//
// Laws:
//  1. An arrival is written down only when the entry has come to the region's door, so that no
//     fault of a link can change it any more. How often somebody looks changes nothing. What a
//     crash changes of arrivals that are still to come, it changes at its instant.
//  2. Within an epoch of the log a cut never goes back.
//  3. in_log_order: a replica applies an entry when it has arrived and the entry before is
//     applied. independent: a replica may hold entries after its cut (has()).
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "models/store/catch_up.hpp"
#include "models/store/partition_log.hpp"
#include "models/store/replica_lag.hpp"
#include "models/store/replication/outbound.hpp"

namespace seatrial::models {

class RegionReplicas {
 public:
  static constexpr std::size_t most_replicas = 32;
  using Some = std::bitset<most_replicas>;

  RegionReplicas(const ReplicaLag& lag, const StoreConfig& config, RegionId region,
                 RegionId write_region);

  // Entries come by this way from now on; null: an arrival is a function of the entry.
  void use(std::shared_ptr<Outbound> outbound);
  const std::shared_ptr<Outbound>& outbound() const { return outbound_; }

  // In the write region: the primary has the entry and its arrivals are settled.
  void append(const LogEntry& entry);

  // When `quorum` replicas have the entry; nothing: it is not at the door yet, or too many are
  // down.
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
  bool applies_in_log_order() const { return in_log_order_; }
  // Whether a replica holds an entry: part of its cut, or, independent, arrived by itself.
  bool has(const PartitionLog& log, std::uint64_t lsn, std::size_t replica, Instant now);

  // When a replica has an entry, applied in the order of the log where that is the order; may lie
  // after `now`. Nothing: it is not at the door yet. Not of what was forgotten.
  std::optional<Instant> arrival(const PartitionLog& log, std::uint64_t lsn, std::size_t replica,
                                 Instant now);
  bool has_forgotten(std::uint64_t lsn) const { return lsn < first_row_; }
  // To the region's door.
  bool has_come(std::uint64_t lsn) const { return lsn <= received_; }

  // Frees what all replicas of the region have applied, up to `lsn`.
  void forget_up_to(std::uint64_t lsn);

  // What has arrived at a replica by now it keeps; nothing else comes to it until it is up.
  void crash(const PartitionLog& log, std::size_t replica, Instant now);
  // They are up again and catch up, from the region's others or, when nobody was up, from the
  // write region. `refill`: how fast from the others; null: at once.
  void restart(const PartitionLog& log, const Some& replicas, Instant now,
               const Refill* refill = nullptr);
  bool is_up(std::size_t replica) const { return !down_[replica]; }
  std::size_t up() const { return replicas_ - down_.count(); }
  // A replica's number changes when it becomes the primary, its name does not.
  Some numbers_of(const Some& names) const;
  std::size_t name_of(std::size_t replica) const { return names_[replica]; }

  // The longest log that a replica of the region has, of those that are up; 0: none is.
  std::uint64_t longest(const PartitionLog& log, Instant now);
  // A new epoch: nothing after `survived` will be in the log; to be called while it still is.
  void truncate_after(const PartitionLog& log, std::uint64_t survived, Instant now);
  // The region becomes the write region, the replica with the longest log its primary, number 0.
  void lead(Instant now);
  // Entries come from `source` from now on, and what the region lacks is sent again.
  void follow(ReplicationSource source);
  const ReplicationSource& source() const { return source_; }
  void wait_for(bool is_waited_for) { source_.is_waited_for = is_waited_for; }
  // The source sends nothing more; and sends again what the region lacks.
  void source_went_down(Instant now) { source_.until = now; }
  // Of partitions that were merged: all have everything until this LSN.
  void go_on_after(std::uint64_t lsn);
  // The replicas that are up have the whole log.
  void load_all(Instant now);
  void source_came_back(const PartitionLog& log, Instant now);
  // Who takes the writes, as far as the region has heard.
  RegionId write_region(std::uint32_t epoch, Instant now) const;

  // --- A paced catch-up ---------------------------------------------------------------------
  // Whether the region was down as a whole, and what it lacked then has not all been sent.
  bool catches_up(Instant now) const;
  // When what it lacks of what is committed was committed; never: it lacks nothing.
  Instant oldest_lacking(const PartitionLog& log, Instant now);
  // What it lacks of what is committed; `snapshot`: as one of so many bytes.
  PacedLog backlog(const PartitionLog& log, std::optional<Bytes> snapshot, Instant now);
  // Null: none is planned.
  const PacedLog* paced() const { return paced_.get(); }
  void catch_up_by(PacedLog paced, Instant now);
  // Of the region and of its replicas, that have not left.
  Bytes catch_up_left(Instant now) const;
  std::vector<CatchUpNews> take_news() { return std::exchange(news_, {}); }

 private:
  std::optional<Instant> door_of(const PartitionLog& log, std::uint64_t lsn, Instant now) const;
  std::span<const Instant> row_of(std::uint64_t lsn) const;
  // For the arrivals of the next entry, which settle() then puts into the log's order.
  std::span<Instant> add_row();
  void settle();
  void receive(const PartitionLog& log, Instant now);
  void keep_overtaking(const PartitionLog& log, std::size_t replica, Instant now);
  void keep_rows_after(std::uint64_t lsn);
  void put_back_kept();
  void advance(std::size_t replica, Instant now);
  std::uint64_t lowest_cut() const;

  bool leads() const { return source_.region == region_; }
  void settle_order(Instant now);
  Instant& arrival_of(std::uint64_t lsn, std::size_t replica) {
    return arrivals_[(lsn - first_row_) * replicas_ + replica];
  }
  Instant earliest_of(std::uint64_t lsn) const;
  void catch_up(const PartitionLog& log, std::size_t replica, Instant now, const Refill* refill);
  std::shared_ptr<const PacedLog> refilled(const PartitionLog& log, std::size_t replica,
                                           Instant now, const Refill& refill);
  void end_refill(std::size_t replica, Instant now);
  void end_catch_up(Instant now);
  void drop_rows_after(std::uint64_t lsn);
  void exchange_with_primary(std::size_t replica);

  const ReplicaLag& lag_;
  RegionId region_;
  ReplicationSource source_;  // of the write region: itself
  RegionId previous_write_region_;
  bool receives_;  // is a read region with a replica that is up
  bool in_log_order_;
  bool is_said_in_log_order_;
  std::size_t replicas_;
  Some down_;
  std::array<std::uint8_t, most_replicas> names_;
  std::shared_ptr<Outbound> outbound_;  // null: an arrival is a function of the entry
  std::vector<std::uint64_t> applied_;
  std::vector<Instant> latest_;    // arrivals of the entry `received_`
  std::vector<Instant> arrivals_;  // a row for each of first_row_ .. received_
  std::uint64_t first_row_ = 1;
  std::uint64_t received_ = 0;
  // Arrivals after a gap at replicas that crashed, of entries that are to come to the region's
  // door, some once more: by LSN, after received_.
  std::map<std::uint64_t, std::vector<Instant>> kept_;
  bool came_back_ = false;  // and may lack what was committed meanwhile
  std::shared_ptr<const PacedLog> paced_;
  std::vector<std::shared_ptr<const PacedLog>> refills_;  // by replica; empty: none ever
  std::vector<CatchUpNews> news_;
};

}  // namespace seatrial::models
