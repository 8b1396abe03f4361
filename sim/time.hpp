// Simulated time: an Instant is a number of nanoseconds since the start of the run, a Duration
// the distance between two Instants. Both are int64, so equal times are exactly equal and a run
// of 146 years fits (the event queue spends one bit on the order of deadlines).
#pragma once

#include <compare>
#include <cstdint>

namespace seatrial::sim {

class Duration {
 public:
  constexpr Duration() = default;

  static constexpr Duration nanoseconds(std::int64_t n) { return Duration{n}; }
  static constexpr Duration microseconds(std::int64_t n) { return Duration{n * 1'000}; }
  static constexpr Duration milliseconds(std::int64_t n) { return Duration{n * 1'000'000}; }
  static constexpr Duration seconds(std::int64_t n) { return Duration{n * 1'000'000'000}; }

  constexpr std::int64_t ns() const { return ns_; }
  constexpr double ms() const { return static_cast<double>(ns_) / 1e6; }
  constexpr double s() const { return static_cast<double>(ns_) / 1e9; }

  constexpr auto operator<=>(const Duration&) const = default;
  constexpr Duration operator+(Duration other) const { return Duration{ns_ + other.ns_}; }
  constexpr Duration operator-(Duration other) const { return Duration{ns_ - other.ns_}; }
  constexpr Duration operator-() const { return Duration{-ns_}; }
  constexpr Duration operator*(std::int64_t factor) const { return Duration{ns_ * factor}; }
  constexpr Duration operator/(std::int64_t divisor) const { return Duration{ns_ / divisor}; }
  constexpr std::int64_t operator/(Duration other) const { return ns_ / other.ns_; }
  constexpr Duration& operator+=(Duration other) {
    ns_ += other.ns_;
    return *this;
  }
  constexpr Duration& operator-=(Duration other) {
    ns_ -= other.ns_;
    return *this;
  }

 private:
  constexpr explicit Duration(std::int64_t n) : ns_{n} {}
  std::int64_t ns_ = 0;
};

class Instant {
 public:
  constexpr Instant() = default;

  static constexpr Instant at(Duration since_start) { return Instant{since_start.ns()}; }
  // Later than every event of any run; the sum with a positive Duration must not be taken.
  static constexpr Instant never() { return Instant{INT64_MAX >> 1}; }

  constexpr std::int64_t ns() const { return ns_; }
  constexpr Duration since_start() const { return Duration::nanoseconds(ns_); }

  constexpr auto operator<=>(const Instant&) const = default;
  constexpr Instant operator+(Duration d) const { return Instant{ns_ + d.ns()}; }
  constexpr Instant operator-(Duration d) const { return Instant{ns_ - d.ns()}; }
  constexpr Duration operator-(Instant other) const {
    return Duration::nanoseconds(ns_ - other.ns_);
  }

 private:
  constexpr explicit Instant(std::int64_t n) : ns_{n} {}
  std::int64_t ns_ = 0;
};

}  // namespace seatrial::sim
