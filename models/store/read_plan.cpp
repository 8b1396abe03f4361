#include "models/store/read_plan.hpp"

#include <utility>

namespace seatrial::models {

std::optional<ReadPlan::Step> ReadPlan::next(Instant now) {
  if (at_write_region_) {
    if (some_were_behind_) return std::nullopt;
    return Step{{write_region_, 0}, Duration{}};
  }
  if (!order_.is_over()) return Step{{here_, order_.next()}, Duration{}};

  // When nobody answered at all, the timeouts were wait enough.
  std::optional<Duration> wait = Duration{};
  if (std::exchange(some_were_behind_, false)) wait = schedule_.next_wait(now);
  if (wait) {
    order_.begin(++cycle_);
    return Step{{here_, order_.next()}, *wait};
  }
  if (here_ == write_region_) return std::nullopt;
  at_write_region_ = true;
  return Step{{write_region_, 0}, Duration{}};
}

}  // namespace seatrial::models
