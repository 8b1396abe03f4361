// A histogram of non-negative integers (nanoseconds, versions, bytes) with buckets of constant
// relative width: exact below 2^bits, above that 2^bits buckets to each power of two.
//
//   Histogram latency;                    // costs 80 bytes until something is recorded
//   latency.record(answered_in.ns());
//   total.merge(latency);
//   const std::int64_t p99 = total.quantile(0.99);
//
// Law: merging is the plain addition of integers: exact, in any order, equal to having recorded
// everything in one. count, sum, mean, min and max are exact. A quantile is off by less than half
// a bucket: 2^-(bits+1) of the value (0.4 % at 7 bits, 1.6 % at 5), and exact below 2^(bits+1).
// Memory: 8 bytes * 2^bits for every power of two between the least and the greatest value.
// Source: the bucket layout of HdrHistogram (Tene).
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/assert.hpp"
#include "sim/wide.hpp"

namespace seatrial::sim {

template <int bits>
class LogLinearHistogram {
  static_assert(bits >= 1 && bits <= 16);

 public:
  void record(std::int64_t value, std::uint64_t times = 1) {
    SEATRIAL_ASSERT(value >= 0, "a histogram holds no negative values");
    // Below the first octave the subtraction wraps to a huge number: one comparison for both ends.
    std::size_t slot = bucket_of(value) - first_bucket_;
    if (slot >= counts_.size()) [[unlikely]] {
      if (times == 0) return;
      make_room_for(bucket_of(value) >> bits, bucket_of(value) >> bits);
      slot = bucket_of(value) - first_bucket_;
    }
    counts_[slot] += times;
    count_ += times;
    sum_ += static_cast<Unsigned128>(static_cast<std::uint64_t>(value)) * times;
    if (times > 0) {
      min_ = std::min(min_, value);
      max_ = std::max(max_, value);
    }
  }

  void merge(const LogLinearHistogram& other) {
    if (other.count_ == 0) return;
    const std::size_t octaves = other.counts_.size() >> bits;
    const std::size_t first_octave = other.first_bucket_ >> bits;
    make_room_for(first_octave, first_octave + octaves - 1);
    const std::size_t offset = other.first_bucket_ - first_bucket_;
    for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[offset + i] += other.counts_[i];
    count_ += other.count_;
    sum_ += other.sum_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }

  std::uint64_t count() const { return count_; }
  bool empty() const { return count_ == 0; }
  Unsigned128 sum() const { return sum_; }
  // 0 when empty.
  std::int64_t min() const { return count_ == 0 ? 0 : min_; }
  std::int64_t max() const { return count_ == 0 ? 0 : max_; }
  double mean() const {
    if (count_ == 0) return 0;
    const auto whole = static_cast<std::uint64_t>(sum_ / count_);
    const auto rest = static_cast<std::uint64_t>(sum_ % count_);
    return static_cast<double>(whole) + static_cast<double>(rest) / static_cast<double>(count_);
  }

  // The value of rank ceil(p * count), the least one for p = 0: the middle of its bucket, but
  // never outside of what was recorded. 0 when empty.
  std::int64_t quantile(double p) const {
    SEATRIAL_ASSERT(p >= 0 && p <= 1, "a quantile is asked for by a probability");
    if (count_ == 0) return 0;
    const double exact_rank = std::ceil(p * static_cast<double>(count_));
    const std::uint64_t rank = exact_rank < 1 ? 1 : static_cast<std::uint64_t>(exact_rank);
    if (rank >= count_) return max_;
    std::uint64_t seen = 0;
    std::size_t slot = 0;
    while ((seen += counts_[slot]) < rank) ++slot;
    const std::int64_t low = lowest_of(first_bucket_ + slot);
    const std::int64_t high = highest_of(first_bucket_ + slot);
    return std::clamp(low + (high - low) / 2, min_, max_);
  }

  // How many recorded values are at most `value`, exact at the upper end of a bucket (and below
  // 2^(bits+1)); inside of a bucket, the whole bucket counts.
  std::uint64_t count_at_most(std::int64_t value) const {
    if (count_ == 0 || value < min_) return 0;
    if (value >= max_) return count_;
    std::uint64_t seen = 0;
    const std::size_t last = bucket_of(value) - first_bucket_;
    for (std::size_t slot = 0; slot <= last; ++slot) seen += counts_[slot];
    return seen;
  }

  // Calls visit(lowest value, highest value, count) for the non-empty buckets, in rising order.
  template <class Visit>
  void for_each_bucket(Visit visit) const {
    for (std::size_t slot = 0; slot < counts_.size(); ++slot) {
      const std::size_t bucket = first_bucket_ + slot;
      if (counts_[slot] > 0) visit(lowest_of(bucket), highest_of(bucket), counts_[slot]);
    }
  }

  // Equal contents; where the storage begins and ends follows from them.
  bool operator==(const LogLinearHistogram&) const = default;

 private:
  // Bucket b of octave o (from 1) holds [(2^bits + b) << (o-1), + 1 << (o-1)); octave 0 the rest.
  static constexpr std::size_t bucket_of(std::int64_t value) {
    const auto number = static_cast<std::uint64_t>(value);
    const int shift = std::max(0, static_cast<int>(std::bit_width(number)) - 1 - bits);
    return (static_cast<std::size_t>(shift) << bits) + (number >> shift);
  }
  static constexpr std::int64_t lowest_of(std::size_t bucket) {
    constexpr std::size_t per_octave = std::size_t{1} << bits;
    if (bucket < 2 * per_octave) return static_cast<std::int64_t>(bucket);
    const std::size_t shift = (bucket >> bits) - 1;
    return static_cast<std::int64_t>((bucket - (shift << bits)) << shift);
  }
  static constexpr std::int64_t highest_of(std::size_t bucket) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(lowest_of(bucket + 1)) - 1);
  }

  void make_room_for(std::size_t first_octave, std::size_t last_octave) {
    const std::size_t begin = first_octave << bits;
    const std::size_t end = (last_octave + 1) << bits;
    if (counts_.empty()) {
      first_bucket_ = begin;
      counts_.resize(end - begin);
      return;
    }
    if (begin < first_bucket_) {
      counts_.insert(counts_.begin(), first_bucket_ - begin, 0);
      first_bucket_ = begin;
    }
    if (end > first_bucket_ + counts_.size()) counts_.resize(end - first_bucket_);
  }

  std::vector<std::uint64_t> counts_;
  std::size_t first_bucket_ = 0;
  std::uint64_t count_ = 0;
  Unsigned128 sum_ = 0;
  std::int64_t min_ = INT64_MAX;
  std::int64_t max_ = INT64_MIN;
};

using Histogram = LogLinearHistogram<7>;        // totals
using WindowHistogram = LogLinearHistogram<5>;  // one of many windows of time

}  // namespace seatrial::sim
