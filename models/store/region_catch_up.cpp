// What a paced catch-up (catch_up.hpp) is to the replicas of a region: a time before which an entry
// does not leave its source, or does not come to a replica from the others of its region.
#include <algorithm>

#include "models/store/region_replicas.hpp"

namespace seatrial::models {

bool RegionReplicas::catches_up(Instant now) const {
  if (!came_back_) return false;
  return !paced_ || paced_->ends() > std::min(now, source_.until);
}

Instant RegionReplicas::oldest_lacking(const PartitionLog& log, Instant now) {
  receive(log, now);
  if (received_ == log.last()) return Instant::never();
  const Instant committed = log.at(received_ + 1).committed;
  return committed <= now ? committed : Instant::never();
}

PacedLog RegionReplicas::backlog(const PartitionLog& log, std::optional<Bytes> snapshot,
                                 Instant now) {
  receive(log, now);
  PacedLog lacking{received_ + 1, snapshot.has_value()};
  for (std::uint64_t lsn = received_ + 1; lsn <= log.last(); ++lsn) {
    const LogEntry& entry = log.at(lsn);
    if (entry.committed > now) break;
    lacking.add(entry.committed, snapshot.value_or(entry.bytes));
  }
  return lacking;
}

void RegionReplicas::catch_up_by(PacedLog paced, Instant now) {
  if (!paced_ && !paced.is_empty()) {
    news_.push_back({false, paced.is_snapshot(), paced.bytes()});
  }
  paced_ = std::make_shared<const PacedLog>(std::move(paced));
  if (!outbound_) return;
  for (std::uint64_t lsn = received_ + 1; paced_->leaves(lsn); ++lsn) {
    outbound_->leave_out(lsn, now);
  }
}

// Of the source that it had.
void RegionReplicas::end_catch_up(Instant now) {
  const Instant until = std::min(now, source_.until);
  came_back_ = catches_up(now);
  if (came_back_ && paced_) {
    news_.push_back({true, paced_->is_snapshot(), paced_->unsent(until)});
  }
  paced_.reset();
}

void RegionReplicas::end_refill(std::size_t replica, Instant now) {
  if (refills_.empty() || !refills_[replica]) return;
  const PacedLog& refill = *refills_[replica];
  if (refill.ends() > now) news_.push_back({true, refill.is_snapshot(), refill.unsent(now)});
  refills_[replica].reset();
}

Bytes RegionReplicas::catch_up_left(Instant now) const {
  Bytes left = paced_ ? paced_->unsent(std::min(now, source_.until)) : 0;
  for (const auto& refill : refills_) left += refill ? refill->unsent(now) : 0;
  return left;
}

// From the replicas of the region that are up: what one of them has, or when it will have it.
void RegionReplicas::catch_up(const PartitionLog& log, std::size_t replica, Instant now,
                              const Refill* refill) {
  const std::shared_ptr<const PacedLog> paced =
      refill == nullptr ? nullptr : refilled(log, replica, now, *refill);
  latest_[replica] = now;
  for (std::uint64_t lsn = first_row_; lsn <= received_; ++lsn) {
    Instant& arrival = arrival_of(lsn, replica);
    if (lsn <= applied_[replica]) {
      arrival = std::min(arrival, now);
      continue;
    }
    if (arrival == Instant::never()) {
      const Instant sent = paced ? paced->leaves(lsn).value_or(now) : now;
      arrival = std::max(sent, earliest_of(lsn));
    }
    if (in_log_order_) arrival = std::max(arrival, latest_[replica]);
    latest_[replica] = arrival;
  }
}

// A snapshot is the partition as the others will have it.
std::shared_ptr<const PacedLog> RegionReplicas::refilled(const PartitionLog& log,
                                                         std::size_t replica, Instant now,
                                                         const Refill& refill) {
  const std::uint64_t first = applied_[replica] + 1;
  if (first > received_) return nullptr;
  const bool by_snapshot = log.at(first).committed < refill.log_begins;
  PacedLog lacking{first, by_snapshot};
  for (std::uint64_t lsn = first; lsn <= received_; ++lsn) {
    const LogEntry& entry = log.at(lsn);
    lacking.add(entry.committed, by_snapshot ? refill.snapshot : entry.bytes);
  }
  CatchUpQueue queue{refill.bytes_per_second};
  queue.add(lacking, 0);
  queue.pace(now);
  news_.push_back({false, by_snapshot, lacking.bytes()});
  if (refills_.empty()) refills_.resize(replicas_);
  refills_[replica] = std::make_shared<const PacedLog>(std::move(lacking));
  return refills_[replica];
}

}  // namespace seatrial::models
