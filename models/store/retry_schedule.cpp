#include "models/store/retry_schedule.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace seatrial::models {

RetrySchedule::RetrySchedule(const StoreConfig& config, Instant started)
    : ends_{started + budget},
      last_retry_{started + config.session_retry.min_in_region_time},
      retries_left_{config.session_retry.prefer == PreferredRegion::remote
                        ? config.session_retry.in_region_retries
                        : std::numeric_limits<std::int64_t>::max()},
      multiplier_{config.sdk == Sdk::dotnet_2026 ? 5 : 2},
      cap_{Duration::milliseconds(config.sdk == Sdk::older ? 50 : 500)} {}

std::optional<Duration> RetrySchedule::next_wait(Instant now) {
  if (now >= ends_ || retries_left_ == 0) return std::nullopt;
  Instant next = now + backoff();
  if (--retries_left_ == 0) next = std::max(next, last_retry_);
  return std::min(next, ends_) - now;
}

Duration RetrySchedule::backoff() {
  if (std::exchange(is_first_, false)) return Duration{};
  return std::exchange(backoff_, std::min(backoff_ * multiplier_, cap_));
}

}  // namespace seatrial::models
