// When a read that no replica of its region could satisfy (404, sub-status 1002) asks again.
//
// Law: the first retry is immediate; the n-th after it waits initial x multiplier^(n-1), at most
// the cap and at most what is left of the budget. After 5 s in the region the schedule is over.
//
//   SDK          initial  multiplier  cap      attempts at (ms, without the round trips)
//   older           5 ms     2         50 ms   0, 0, 5, 15, 35, 75, 125, 175, ...
//   java            5 ms     2        500 ms   0, 0, 5, 15, 35, 75, 155, 315, 635, 1135, ...
//   dotnet-2026     5 ms     5        500 ms   0, 0, 5, 30, 155, 655, 1155, ...
//
// Where another region is preferred it is over sooner: after `in_region_retries`, the last of which
// waits until `min_in_region_time` has passed: by default at 0 and 500 ms.
//
// Source: SessionTokenMismatchRetryPolicy of the public client libraries: .NET at 15aecd95 and the
// Java of that time (older), azure-sdk-for-java Configs.java (java), .NET direct at 1bc2c522
// (dotnet-2026); region-switch hints: azure-sdk-for-java pull request 37143.
// Not modelled: walking over several preferred regions.
#pragma once

#include <algorithm>
#include <optional>

#include "models/ids.hpp"
#include "models/store/store_config.hpp"

namespace seatrial::models {

class RetrySchedule {
 public:
  static constexpr Duration budget = Duration::milliseconds(5000);

  RetrySchedule(const StoreConfig& config, Instant started);

  // How long to wait from now on; nothing: the region is to be asked no more.
  std::optional<Duration> next_wait(Instant now);

 private:
  Duration backoff();

  Instant ends_;
  Instant last_retry_;  // of few: not before
  std::int64_t retries_left_;
  Duration backoff_ = Duration::milliseconds(5);
  std::int64_t multiplier_;
  Duration cap_;
  bool is_first_ = true;
};

// When a request is sent again that a replica's host refused (410): at once to the next replicas,
// then after 1, 2, 4, 8 and 15 s, and so on.
// Source: GoneAndRetryWithRetryPolicy of the public .NET client (direct).
class GoneRetries {
 public:
  explicit GoneRetries(std::int64_t replicas) : at_once_{replicas} {}

  Duration next_wait() {
    if (at_once_-- > 0) return {};
    const Duration wait = next_;
    next_ = std::min(next_ * 2, Duration::seconds(15));
    return wait;
  }

 private:
  std::int64_t at_once_;
  Duration next_ = Duration::seconds(1);
};

}  // namespace seatrial::models
