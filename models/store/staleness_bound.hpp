// Bounded staleness, as the write region's primary sees it: how far each read region is, by what
// the region has reported.
//
//   write region   append ── commit ──> door ──> quorum of the read region ──> report ──┐
//   next write     lag > K versions or T? ──yes──> 429 <── what is reported by now <─────┘
//
// Law: a region has an entry when a write quorum of its replicas has; that a read of a minority
// quorum there cannot miss. The primary knows of it one way later, over a connection that loses
// nothing. What is reported when is a function of the entry, whoever asks and how often.
// Source: consistency-levels.md of the Azure Cosmos DB documentation (lag between any two regions,
// per physical partition; writes are throttled). Assumed: when the client may try again.
// A region that was given up after an outage (failover) counts no more until it has caught up.
// Not modelled: writes that are slowed down before the bound is reached; what the old write region
// had heard, when another takes over, is known to the new one.
#pragma once

#include <algorithm>
#include <vector>

#include "models/store/region_replicas.hpp"

namespace seatrial::models {

class StalenessBound {
 public:
  static constexpr Duration retry_after = Duration::milliseconds(100);

  StalenessBound(const StoreConfig& config, const ReplicaLag& lag, std::uint32_t regions);

  // Whether a region that counts, as far as it has reported, is too far behind the end of the log.
  bool is_exceeded(const PartitionLog& log, std::vector<RegionReplicas>& regions,
                   RegionId write_region, const std::vector<bool>& counts, Instant now);
  // What every region has reported: entries after it are still needed.
  std::uint64_t reported_by_all(const PartitionLog& log, std::vector<RegionReplicas>& regions,
                                RegionId write_region, Instant now);
  // Another region takes the writes from now on; entries after `survived` are gone.
  void take_over(RegionId old_write_region, std::uint64_t survived);
  // Everything until then is applied and reported.
  void go_on_after(std::uint64_t lsn) { std::fill(reported_.begin(), reported_.end(), lsn); }

 private:
  struct Link {
    RegionId region;
    RegionId write_region;
  };
  std::uint64_t reported(const PartitionLog& log, RegionReplicas& replicas, Link link, Instant now);

  const ReplicaLag& lag_;
  std::size_t write_quorum_;
  std::uint64_t versions_;
  Duration time_;
  std::vector<std::uint64_t> reported_;  // by region; of the write region nothing
};

}  // namespace seatrial::models
