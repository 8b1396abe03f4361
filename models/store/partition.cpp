#include "models/store/partition.hpp"

#include <algorithm>

namespace seatrial::models {

namespace {
// How many appends between two looks at what may be forgotten.
constexpr std::uint64_t appends_per_trim = 256;

void step_back(Version& version, const PartitionLog& log) {
  version.lsn = log.at(version.lsn).previous_lsn;
  --version.ordinal;
}

// The document as it was at the start has no place in the log.
Version normalised(Version version) { return version.ordinal == 0 ? Version{} : version; }
}  // namespace

Partition::Partition(const ReplicaLag& lag, const StoreConfig& config, std::uint32_t regions)
    : lag_{lag},
      write_region_{lag.write_region()},
      write_quorum_{static_cast<std::size_t>(config.write_quorum)},
      is_strong_{config.consistency == Consistency::strong},
      known_committed_(regions, 0) {
  SEATRIAL_ASSERT(config.write_quorum >= 1 && config.write_quorum <= config.replicas,
                  "a write quorum is 1 to all replicas of a region");
  regions_.reserve(regions);
  for (std::uint32_t i = 0; i < regions; ++i) regions_.emplace_back(lag, config, RegionId{i});
}

std::uint64_t Partition::append(LogEntry entry) {
  const Instant now = entry.appended;
  if (log_.last() % appends_per_trim == 0) trim(now);
  entry.committed = Instant::never();
  entry.unacknowledged = is_strong_ ? static_cast<std::uint16_t>(regions_.size()) : 0;
  const std::uint64_t lsn = log_.append(entry);
  replicas(write_region_).append(entry);
  if (!is_strong_) {
    last_commit_ = std::max(last_commit_, *quorum_arrival(lsn, write_region_, now));
    log_.at(lsn).committed = last_commit_;
  }
  return lsn;
}

bool Partition::commit_is_due(Instant now) const {
  return committed_ < log_.last() && log_.at(committed_ + 1).committed <= now;
}

void Partition::acknowledge(std::uint64_t lsn, Instant now) {
  --log_.at(lsn).unacknowledged;
  for (std::uint64_t next = committed_ + 1; next <= log_.last(); ++next) {
    LogEntry& entry = log_.at(next);
    if (entry.unacknowledged != 0) break;
    entry.committed = std::min(entry.committed, now);
  }
}

std::uint64_t Partition::commits_known(RegionId region, Instant now) {
  if (region == write_region_) return committed_;
  std::uint64_t& known = known_committed_[region.value()];
  while (known < committed_) {
    const std::optional<Instant> notice = lag_.commit_notice(log_.at(known + 1), region, now);
    if (!notice || *notice > now) break;
    ++known;
  }
  return known;
}

Version Partition::known_committed(Version held, RegionId region, Instant now) {
  const std::uint64_t known = commits_known(region, now);
  while (held.lsn > known) step_back(held, log_);
  return normalised(held);
}

Version Partition::newest_at(const Document& document, RegionId region, std::size_t replica,
                             Instant now) {
  RegionReplicas& region_replicas = replicas(region);
  Version version{epoch, document.newest_lsn, document.newest_ordinal};
  while (version.lsn != 0 && !region_replicas.has(log_, version.lsn, replica, now)) {
    step_back(version, log_);
  }
  return normalised(version);
}

Version Partition::newest_committed(const Document& document) const {
  Version version{epoch, document.newest_lsn, document.newest_ordinal};
  while (version.lsn > committed_) {
    step_back(version, log_);
  }
  return normalised(version);
}

Instant Partition::gone(const Document& document, Version version) const {
  if (version.ordinal == document.newest_ordinal) return document.newest_gone;
  std::uint64_t next = document.newest_lsn;
  while (log_.at(next).ordinal != version.ordinal + 1) next = log_.at(next).previous_lsn;
  return log_.at(next).previous_gone;
}

Truth Partition::judge(const Invocation& invocation, Version returned, std::uint64_t barrier,
                       Instant now) {
  Truth truth;
  truth.newest_committed_ordinal = invocation.newest_ordinal;
  if (returned.ordinal >= invocation.newest_ordinal) return truth;
  truth.versions_behind = invocation.newest_ordinal - returned.ordinal;
  std::uint64_t next = invocation.newest_lsn;
  while (log_.at(next).ordinal != returned.ordinal + 1) next = log_.at(next).previous_lsn;
  truth.behind = invocation.at - log_.at(next).committed;
  truth.allowed = !is_strong_ && next > std::max(barrier, applied_everywhere(now));
  return truth;
}

Duration Partition::replication_lag(RegionId region, Instant now) {
  const std::uint64_t lacking = replicas(region).applied_by_all(log_, now) + 1;
  return lacking > committed_ ? Duration{} : now - log_.at(lacking).committed;
}

std::uint64_t Partition::applied_everywhere(Instant now) {
  std::uint64_t lowest = log_.last();
  for (RegionReplicas& region : regions_) {
    lowest = std::min(lowest, region.applied_by_all(log_, now));
  }
  return lowest;
}

LogState Partition::state(Instant now) {
  LogState state;
  state.epoch = epoch;
  state.length = log_.last();
  state.read_index = applied_everywhere(now);
  state.commit_index = state.length;
  for (RegionReplicas& region : regions_) {
    state.commit_index = std::min(state.commit_index, region.applied_by(log_, write_quorum_, now));
  }
  return state;
}

void Partition::trim(Instant now) {
  std::uint64_t applied = std::min(applied_everywhere(now), committed_);
  if (is_strong_) {
    for (std::uint32_t i = 0; i < regions_.size(); ++i) {
      applied = std::min(applied, commits_known(RegionId{i}, now));
    }
  }
  for (RegionReplicas& region : regions_) region.forget_applied();
  log_.trim_to(applied);
}

}  // namespace seatrial::models
