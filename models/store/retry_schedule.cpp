#include "models/store/retry_schedule.hpp"

#include <algorithm>
#include <utility>

namespace seatrial::models {

RetrySchedule::RetrySchedule(Sdk sdk, Instant started)
    : ends_{started + budget},
      multiplier_{sdk == Sdk::dotnet_2026 ? 5 : 2},
      cap_{Duration::milliseconds(sdk == Sdk::older ? 50 : 500)} {}

std::optional<Duration> RetrySchedule::next_wait(Instant now) {
  if (now >= ends_) return std::nullopt;
  if (std::exchange(is_first_, false)) return Duration{};
  const Duration wait = std::min(backoff_, ends_ - now);
  backoff_ = std::min(backoff_ * multiplier_, cap_);
  return wait;
}

}  // namespace seatrial::models
