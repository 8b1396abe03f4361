#include "models/store/applied_watch.hpp"

namespace seatrial::models {

void AppliedWatch::add(PartitionId partition, std::uint64_t lsn, Trace& trace) {
  Watched watched;
  watched.partition = partition;
  watched.lsn = lsn;
  watched.trace = &trace;
  if (std::find(watched_.begin(), watched_.end(), watched) != watched_.end()) return;
  watched_.push_back(std::move(watched));
}

void AppliedWatch::tell_known(std::vector<Partition>& partitions, std::uint32_t regions,
                              std::size_t replicas, Instant now) {
  for (Watched& watched : watched_) {
    watched.is_told.resize(regions);
    Partition& partition = partitions[watched.partition.value()];
    for (std::uint32_t r = 0; r < regions; ++r) {
      const RegionId region{r};
      if (watched.is_told[r]) continue;
      watched.is_told[r] =
          tell(watched, partition.replicas(region), partition.log(), region, replicas, now);
    }
  }
  std::erase_if(watched_, [](const Watched& watched) {
    return std::find(watched.is_told.begin(), watched.is_told.end(), false) ==
           watched.is_told.end();
  });
}

// Whether there is nothing more to tell of the region.
bool AppliedWatch::tell(const Watched& watched, RegionReplicas& replicas, const PartitionLog& log,
                        RegionId region, std::size_t count, Instant now) {
  if (replicas.has_forgotten(watched.lsn)) return true;
  // At a replica that is down it arrives nobody knows when.
  for (std::size_t i = 0; i < count; ++i) {
    if (!replicas.arrival(log, watched.lsn, i, now)) return false;
  }
  for (std::size_t i = 0; i < count; ++i) {
    AppliedTraced applied;
    applied.partition = watched.partition;
    applied.lsn = watched.lsn;
    applied.region = region;
    applied.replica = static_cast<std::uint8_t>(i);
    applied.at = *replicas.arrival(log, watched.lsn, i, now);
    watched.trace->applied(applied);
  }
  return true;
}

}  // namespace seatrial::models
