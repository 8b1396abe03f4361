// New epochs of a partition's log: when another takes over, when a tier loses its memory, and when
// two partitions are merged.
#include <algorithm>

#include "models/store/partition.hpp"

namespace seatrial::models {

void Partition::step_back(Document& document, std::uint64_t survived) const {
  while (document.newest_lsn > survived) {
    const LogEntry& lost = log_.at(document.newest_lsn);
    document.newest_lsn = lost.previous_lsn;
    document.newest_gone = lost.previous_gone;
    --document.newest_ordinal;
  }
}

void Partition::begin_epoch_after(std::uint64_t survived, Instant now) {
  for (RegionReplicas& replicas : regions_) {
    replicas.truncate_after(log_, survived, now);
    if (replicas.outbound()) replicas.outbound()->truncate_after(survived);
  }
  log_.truncate_after(survived);
  committed_ = std::min(committed_, survived);
  if (plan().tier) durable_ = std::min(durable_, survived);
  known_committed_[write_region_.value()] = committed_;
  for (std::uint64_t& known : known_committed_) known = std::min(known, survived);
  if (bound_) bound_->take_over(write_region_, survived);
  epochs_.push_back(survived + 1);
  last_takeover_ = now;
}

void Partition::lose_memory(std::uint64_t survived, Instant now) {
  begin_epoch_after(survived, now);
  commit_anew(now);
}

void Partition::take_over(RegionId region, Instant now) {
  stop_ways(now);
  begin_epoch_after(longest(region, now), now);
  hand_over_ways(region);
  std::swap(votes_[write_region_.value()], votes_[region.value()]);
  write_region_ = region;
  rule_ = CommitRule{votes_, lag_.plan().needed, region};
  quorum_.lead(region);
  for (std::uint32_t i = 0; i < regions_.size(); ++i) {
    if (RegionId{i} == region) {
      regions_[i].lead(now);
    } else {
      regions_[i].follow({region, now, Instant::never(), votes_[i] != Vote::none});
    }
  }
  lead_ways(now);
  commit_anew(now);
}

bool Partition::is_complete(Instant now) {
  for (const RegionReplicas& region : regions_) {
    if (region.up() != replica_count_) return false;
  }
  return committed_ == log_.last() && applied_everywhere(now) == log_.last();
}

void Partition::merge_with(const Partition& other) {
  const std::uint64_t last = std::max(log_.last(), other.log_.last());
  first_epoch_ = std::max(epoch(), other.epoch()) + 1;
  epochs_ = {last + 1};
  merged_at_ = committed_ = last;
  log_.go_on_after(last);
  for (RegionReplicas& region : regions_) region.go_on_after(last);
  known_committed_.assign(regions_.size(), last);
  acknowledged_.assign(regions_.size(), last);
  if (bound_) bound_->go_on_after(last);
  if (plan().tier) durable_ = last;
  last_takeover_ = std::max(last_takeover_, other.last_takeover_);
  last_commit_ = std::max(last_commit_, other.last_commit_);
  count_from_here();
}

}  // namespace seatrial::models
