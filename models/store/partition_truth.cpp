// What the observer knows of a partition: the truth about an answer, how far regions are behind,
// and how the log stands. Looking changes nothing of what happens.
#include <algorithm>

#include "models/store/partition.hpp"

namespace seatrial::models {

Truth Partition::judge(const Document& document, const Invocation& invocation, Version returned,
                       Asked asked, Instant now) {
  if (last_takeover_ >= invocation.at) {
    return judge_over_epochs(document, invocation, returned, asked, now);
  }
  Truth truth;
  truth.newest_committed_ordinal = invocation.newest_ordinal;
  if (returned.ordinal >= invocation.newest_ordinal) return truth;
  truth.versions_behind = invocation.newest_ordinal - returned.ordinal;
  std::uint64_t next = invocation.newest_lsn;
  while (log_.at(next).ordinal != returned.ordinal + 1) next = log_.at(next).previous_lsn;
  truth.behind = invocation.at - log_.at(next).committed;
  truth.allowed = next > must_be_seen(invocation, asked, now);
  return truth;
}

std::uint64_t Partition::must_be_seen(const Invocation& invocation, Asked asked, Instant now) {
  switch (asked.level) {
    case Consistency::strong:
      return log_.last();
    case Consistency::bounded_staleness:
      return invocation.held_by_quorums;
    case Consistency::session:
      return std::max(asked.barrier, applied_everywhere(now));
    case Consistency::consistent_prefix:
    case Consistency::eventual:
    case Consistency::local_quorum:
      break;
  }
  return applied_everywhere(now);
}

std::uint64_t Partition::held_by_quorums(Instant now) {
  std::uint64_t lowest = log_.last();
  for (RegionReplicas& region : regions_) {
    lowest = std::min(lowest, region.applied_by(log_, replicas_quorum_, now));
  }
  return lowest;
}

// What was newest at the invocation may be lost: counts what was committed then and is there still.
Truth Partition::judge_over_epochs(const Document& document, const Invocation& invocation,
                                   Version returned, Asked asked, Instant now) {
  Truth truth;
  truth.newest_committed_ordinal = returned.ordinal;
  std::uint64_t lsn = document.newest_lsn;
  for (std::uint64_t ordinal = document.newest_ordinal; ordinal > returned.ordinal; --ordinal) {
    const LogEntry& entry = log_.at(lsn);
    if (entry.committed <= invocation.at) {
      if (truth.versions_behind++ == 0) truth.newest_committed_ordinal = ordinal;
      truth.behind = invocation.at - entry.committed;
      truth.allowed = lsn > must_be_seen(invocation, asked, now);
    }
    lsn = entry.previous_lsn;
  }
  return truth;
}

Duration Partition::replication_lag(RegionId region, Instant now) {
  const std::uint64_t lacking = replicas(region).applied_by_all(log_, now) + 1;
  return lacking > committed_ ? Duration{} : now - log_.at(lacking).committed;
}

// In log order what comes after a cut is lacking; independent entries may have come after a gap.
std::uint64_t Partition::entries_lacking(RegionId region, Instant now) {
  RegionReplicas& of_region = replicas(region);
  const std::uint64_t applied = of_region.applied_by_all(log_, now);
  if (applied >= committed_) return 0;
  if (of_region.applies_in_log_order()) return committed_ - applied;
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < replica_count_; ++i) {
    std::uint64_t lacking = 0;
    for (std::uint64_t lsn = applied + 1; lsn <= committed_; ++lsn) {
      if (!of_region.has(log_, lsn, i, now)) ++lacking;
    }
    most = std::max(most, lacking);
  }
  return most;
}

LogState Partition::state(Instant now) {
  LogState state;
  state.epoch = epoch();
  state.length = log_.last();
  state.read_index = applied_everywhere(now);
  state.commit_index = std::min(held_by_quorums(now), durable_);
  return state;
}

}  // namespace seatrial::models
