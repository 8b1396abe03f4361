#include "models/store/read_plan.hpp"

#include <utility>

namespace seatrial::models {

std::optional<ReadPlan::Step> ReadPlan::next(Instant now) {
  switch (stage_) {
    case Stage::region:
      return next_in_region(now);
    case Stage::write_region:
      if (some_were_behind_) return give_up_token();
      return Step{{write_region_, 0}, wait_for_gone()};
    case Stage::without_token:
      break;
  }
  return next_without_token();
}

std::optional<ReadPlan::Step> ReadPlan::next_in_region(Instant now) {
  if (!order_.is_over()) return Step{{here_, order_.next()}, Duration{}};

  // When nobody answered at all, the timeouts were wait enough.
  std::optional<Duration> wait = wait_for_gone();
  if (std::exchange(some_were_behind_, false)) wait = schedule_.next_wait(now);
  if (!wait) return leave_region();
  begin_cycle();
  return Step{{here_, order_.next()}, *wait};
}

std::optional<ReadPlan::Step> ReadPlan::leave_region() {
  if (here_ == write_region_) return give_up_token();
  stage_ = Stage::write_region;
  return Step{{write_region_, 0}, Duration{}};
}

std::optional<ReadPlan::Step> ReadPlan::give_up_token() {
  if (on_token_unsatisfied_ == OnTokenUnsatisfied::error) return std::nullopt;
  stage_ = Stage::without_token;
  begin_cycle();
  return next_without_token();
}

std::optional<ReadPlan::Step> ReadPlan::next_without_token() {
  if (on_token_unsatisfied_ == OnTokenUnsatisfied::write_region) {
    return Step{{write_region_, 0}, wait_for_gone(), false};
  }
  Duration wait;
  if (order_.is_over()) {
    wait = wait_for_gone();
    begin_cycle();
  }
  return Step{{here_, order_.next()}, wait, false};
}

}  // namespace seatrial::models
