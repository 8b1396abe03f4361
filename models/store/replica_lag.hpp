// When an entry of a log reaches the replicas: a pure function of the write, the replica and the
// history of the link, whoever asks, how often, and whenever.
//
//   write region   primary     the append
//                  secondary   append + in_region_lag
//   read region    the door    sent + wire + link lag        sent: commit (strong: append), not
//                                                            before its source began to send
//                  primary     door + entry lag
//                  secondary   door + entry lag + in_region_lag
//
// Law: every lag of an entry is named by the operation that wrote it and by the region, never by
// its LSN, so the same write has the same luck under every policy. The link's lag is the same for
// all partitions, and constant for `varies_every`.
// Source: the order of events is that of asynchronous replication after the local majority
// (consistency-levels.md of the Azure Cosmos DB documentation); the lags are the scenario's.
// Not modelled: zones on the way to secondaries. Bandwidth, buses: replication/outbound.hpp.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/network/network.hpp"
#include "models/store/partition_log.hpp"
#include "models/store/replication/plan.hpp"
#include "models/store/store_config.hpp"

namespace seatrial::models {

// Who sends a region the entries that it lacks: the write region of the epoch, from when on, and
// until when. What the link's lag kept back when the source went down has not left.
struct ReplicationSource {
  RegionId region;
  Instant since;
  Instant until = Instant::never();
  bool is_waited_for = false;  // writes wait for the region's acknowledgement
};

// Of packing an entry at one end and unpacking it at the other.
inline Duration work_of(const LogEntry& entry) {
  return Duration::nanoseconds(2 * std::int64_t{entry.work_each_end});
}

class ReplicaLag {
 public:
  // `write_region`: at the start; the lags of its links are named by their other end alone.
  ReplicaLag(const StoreConfig& config, const Network& network, const sim::RandomSource& random,
             RegionId write_region, ReplicationPlan plan = {});

  // Arrivals at the replicas of the write region; there are row.size() of them.
  void in_write_region(const LogEntry& entry, RegionId write_region, std::span<Instant> row) const;

  // When the entry comes to the door of a read region, as far as can be known at `now`.
  // Nothing: it has not been sent, or there is no route. May lie after `now`; it is final as long
  // as the source stays the same.
  std::optional<Instant> at_door(const LogEntry& entry, const ReplicationSource& from,
                                 RegionId region, Instant now) const;

  // Of an entry that leaves at `sent`, or when its source begins to send.
  std::optional<Instant> arrival_of(const LogEntry& entry, const ReplicationSource& from,
                                    RegionId region, Instant sent, Instant now) const;
  // What comes after the wire: the link's lag, and unpacking (work_of).
  Instant after_link(Instant arrival, RegionId from, RegionId to, Instant sent) const {
    return link_.is_zero() ? arrival : arrival + link_lag(from, to, sent);
  }

  // Arrivals at the replicas of a read region of what came to its door.
  void in_read_region(const LogEntry& entry, RegionId region, Instant door,
                      std::span<Instant> row) const;

  // Strong: when a read region learns that an entry is committed.
  std::optional<Instant> commit_notice(const LogEntry& entry, const ReplicationSource& from,
                                       RegionId region, Instant now) const;
  // Bounded staleness: when the write region learns that a read region's quorum has had the entry
  // since `held`.
  std::optional<Instant> report(const LogEntry& entry, RegionId region, RegionId write_region,
                                Instant held, Instant now) const;
  // When a region has heard that its source has taken over the writes with this epoch.
  std::optional<Instant> news_of_epoch(std::uint32_t epoch, const ReplicationSource& from,
                                       RegionId region, Instant now) const;

  // How long a message between two regions takes, on an average day.
  Duration notice(RegionId from, RegionId to) const { return network_.base_one_way(from, to); }

  RegionId write_region() const { return write_region_; }  // at the start
  const ReplicationPlan& plan() const { return plan_; }

 private:
  struct LinkLag {
    std::int64_t stretch = -1;  // which multiple of varies_every
    Duration lag;
  };

  Duration link_lag(RegionId from, RegionId to, Instant sent) const;
  static sim::Stream stream_of(sim::StreamKey key, const LogEntry& entry, RegionId region);

  const Network& network_;
  RegionId write_region_;
  ReplicationPlan plan_;
  Duration varies_every_;
  sim::Distribution link_;
  sim::Distribution entry_;
  sim::Distribution in_region_;
  sim::StreamKey link_key_;
  sim::StreamKey entry_key_;
  sim::StreamKey in_region_key_;
  mutable std::vector<LinkLag> latest_;  // by link: saves drawing it again, changes nothing
};

}  // namespace seatrial::models
