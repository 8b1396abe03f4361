#include "models/store/staleness_bound.hpp"

#include <algorithm>

namespace seatrial::models {

StalenessBound::StalenessBound(const StoreConfig& config, const ReplicaLag& lag,
                               std::uint32_t regions)
    : lag_{lag},
      write_quorum_{static_cast<std::size_t>(config.write_quorum)},
      versions_{static_cast<std::uint64_t>(config.staleness_bound.versions)},
      time_{config.staleness_bound.time},
      reported_(regions, 0) {}

std::uint64_t StalenessBound::reported(const PartitionLog& log, RegionReplicas& replicas, Link link,
                                       Instant now) {
  std::uint64_t& reported = reported_[link.region.value()];
  while (reported < log.last()) {
    const auto held = replicas.quorum_arrival(log, reported + 1, write_quorum_, now);
    if (!held || *held > now) break;
    const LogEntry& entry = log.at(reported + 1);
    const auto told = lag_.report(entry, link.region, link.write_region, *held, now);
    if (!told || *told > now) break;
    ++reported;
  }
  return reported;
}

bool StalenessBound::is_exceeded(const PartitionLog& log, std::vector<RegionReplicas>& regions,
                                 RegionId write_region, const std::vector<bool>& counts,
                                 Instant now) {
  for (std::uint32_t i = 0; i < regions.size(); ++i) {
    if (RegionId{i} == write_region || !counts[i]) continue;
    const std::uint64_t known = reported(log, regions[i], {RegionId{i}, write_region}, now);
    if (known == log.last()) continue;
    if (log.last() - known >= versions_) return true;
    if (now - log.at(known + 1).committed > time_) return true;
  }
  return false;
}

std::uint64_t StalenessBound::reported_by_all(const PartitionLog& log,
                                              std::vector<RegionReplicas>& regions,
                                              RegionId write_region, Instant now) {
  std::uint64_t lowest = log.last();
  for (std::uint32_t i = 0; i < regions.size(); ++i) {
    if (RegionId{i} == write_region) continue;
    lowest = std::min(lowest, reported(log, regions[i], {RegionId{i}, write_region}, now));
  }
  return lowest;
}

// The old write region had all of it.
void StalenessBound::take_over(RegionId old_write_region, std::uint64_t survived) {
  for (std::uint64_t& reported : reported_) reported = std::min(reported, survived);
  reported_[old_write_region.value()] = survived;
}

}  // namespace seatrial::models
