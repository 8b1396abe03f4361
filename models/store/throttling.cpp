#include "models/store/throttling.hpp"

namespace seatrial::models {

namespace {
constexpr std::int64_t second_ns = 1'000'000'000;

std::int64_t second_of(Instant now) { return now.ns() / second_ns; }
}  // namespace

ThroughputLimit::ThroughputLimit(const StoreConfig& config, std::uint32_t partitions,
                                 std::uint32_t regions)
    : provisioned_{config.request_units_per_second * 1000},
      partitions_{partitions},
      part_{provisioned_.thousandths / partitions},
      regions_{regions} {
  if (part_.thousandths != 0) {
    seconds_.resize(std::size_t{partitions} * regions);
  }
}

void ThroughputLimit::split() {
  part_.thousandths = provisioned_.thousandths / ++partitions_;
  if (!seconds_.empty()) seconds_.resize(seconds_.size() + std::size_t{2} * regions_);
}

void ThroughputLimit::merge() {
  part_.thousandths = provisioned_.thousandths / --partitions_;
  if (!seconds_.empty()) seconds_.resize(seconds_.size() + regions_);
}

std::optional<Duration> ThroughputLimit::rest_of_second(std::uint32_t partition, RegionId region,
                                                        Instant now) const {
  const Second& latest = seconds_[std::size_t{partition} * regions_ + region.value()];
  if (latest.number != second_of(now) || latest.used < part_) return std::nullopt;
  return Duration::nanoseconds(second_ns - now.ns() % second_ns);
}

void ThroughputLimit::add(std::uint32_t partition, RegionId region, RequestUnits ru, Instant now) {
  Second& latest = seconds_[std::size_t{partition} * regions_ + region.value()];
  if (latest.number != second_of(now)) latest = Second{second_of(now), {}};
  latest.used += ru;
  if (latest.used > busiest_.used) busiest_ = {latest.used, PartitionId{partition}, region};
}

}  // namespace seatrial::models
