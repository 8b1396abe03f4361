#include "models/store/region_replicas.hpp"

#include <algorithm>
#include <array>

namespace seatrial::models {

namespace {
// By insertion: there are a handful.
Instant nth_smallest(std::span<const Instant> values, std::size_t n) {
  std::array<std::int64_t, RegionReplicas::most_replicas> sorted;
  std::size_t size = 0;
  for (const Instant value : values) {
    std::size_t place = size++;
    for (; place > 0 && sorted[place - 1] > value.ns(); --place) sorted[place] = sorted[place - 1];
    sorted[place] = value.ns();
  }
  return Instant::at(Duration::nanoseconds(sorted[n - 1]));
}
}  // namespace

RegionReplicas::RegionReplicas(const ReplicaLag& lag, const StoreConfig& config, RegionId region)
    : lag_{lag},
      region_{region},
      is_write_region_{region == lag.write_region()},
      in_log_order_{config.apply_order == ApplyOrder::in_log_order},
      replicas_{static_cast<std::size_t>(config.replicas)},
      applied_(replicas_, 0),
      latest_(replicas_) {
  SEATRIAL_ASSERT(replicas_ >= 1 && replicas_ <= most_replicas, "a region has 1 to 32 replicas");
}

void RegionReplicas::append(const LogEntry& entry) {
  lag_.in_write_region(entry, add_row());
  settle();
}

std::span<Instant> RegionReplicas::add_row() {
  arrivals_.resize(arrivals_.size() + replicas_);
  ++received_;
  return {arrivals_.data() + (arrivals_.size() - replicas_), replicas_};
}

void RegionReplicas::settle() {
  Instant* row = arrivals_.data() + (arrivals_.size() - replicas_);
  for (std::size_t i = 0; i < replicas_; ++i) {
    if (in_log_order_) row[i] = std::max(row[i], latest_[i]);
    latest_[i] = row[i];
  }
}

void RegionReplicas::receive(const PartitionLog& log, Instant now) {
  if (is_write_region_) return;
  while (received_ < log.last()) {
    const LogEntry& entry = log.at(received_ + 1);
    const std::optional<Instant> door = lag_.at_door(entry, region_, now);
    if (!door || *door > now) return;
    lag_.in_read_region(entry, region_, *door, add_row());
    settle();
  }
}

std::optional<Instant> RegionReplicas::next_door(const PartitionLog& log, Instant now) const {
  if (received_ == log.last()) return std::nullopt;
  return lag_.at_door(log.at(received_ + 1), region_, now);
}

std::span<const Instant> RegionReplicas::row_of(std::uint64_t lsn) const {
  return {arrivals_.data() + (lsn - first_row_) * replicas_, replicas_};
}

void RegionReplicas::advance(std::size_t replica, Instant now) {
  std::uint64_t cut = applied_[replica];
  std::size_t next = (cut + 1 - first_row_) * replicas_ + replica;
  while (cut < received_ && arrivals_[next] <= now) {
    ++cut;
    next += replicas_;
  }
  applied_[replica] = cut;
}

std::uint64_t RegionReplicas::applied(const PartitionLog& log, std::size_t replica, Instant now) {
  receive(log, now);
  advance(replica, now);
  return applied_[replica];
}

std::uint64_t RegionReplicas::applied_by_all(const PartitionLog& log, Instant now) {
  receive(log, now);
  for (std::size_t i = 0; i < replicas_; ++i) advance(i, now);
  return lowest_cut();
}

std::uint64_t RegionReplicas::applied_by(const PartitionLog& log, std::size_t replicas,
                                         Instant now) {
  applied_by_all(log, now);
  std::vector<std::uint64_t> cuts = applied_;
  std::sort(cuts.begin(), cuts.end());
  return cuts[cuts.size() - replicas];
}

bool RegionReplicas::has(const PartitionLog& log, std::uint64_t lsn, std::size_t replica,
                         Instant now) {
  if (lsn <= applied(log, replica, now)) return true;
  if (in_log_order_) return false;
  if (lsn <= received_) return row_of(lsn)[replica] <= now;
  const LogEntry& entry = log.at(lsn);
  const std::optional<Instant> door = lag_.at_door(entry, region_, now);
  if (!door || *door > now) return false;
  std::array<Instant, most_replicas> row;
  lag_.in_read_region(entry, region_, *door, std::span<Instant>{row.data(), replicas_});
  return row[replica] <= now;
}

std::optional<Instant> RegionReplicas::quorum_arrival(const PartitionLog& log, std::uint64_t lsn,
                                                      std::size_t quorum, Instant now) {
  receive(log, now);
  if (lsn > received_) return std::nullopt;
  if (lsn < first_row_) return now;
  return nth_smallest(row_of(lsn), quorum);
}

std::optional<Instant> RegionReplicas::arrival(const PartitionLog& log, std::uint64_t lsn,
                                               std::size_t replica, Instant now) {
  receive(log, now);
  if (lsn > received_) return std::nullopt;
  return row_of(lsn)[replica];
}

std::uint64_t RegionReplicas::lowest_cut() const {
  return *std::min_element(applied_.begin(), applied_.end());
}

void RegionReplicas::forget_applied() {
  const std::uint64_t rows = lowest_cut() + 1 - first_row_;
  // Moving the rest is paid for by what goes.
  if (rows * replicas_ * 2 < arrivals_.size()) return;
  const auto end = arrivals_.begin() + static_cast<std::ptrdiff_t>(rows * replicas_);
  arrivals_.erase(arrivals_.begin(), end);
  first_row_ += rows;
}

}  // namespace seatrial::models
