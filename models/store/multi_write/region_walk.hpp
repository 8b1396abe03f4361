// Which replica a request with a token asks next, and after which wait: region by region, in each
// by the SDK's schedule, each region once.
//
//   nearest region: replicas in turn, wait, in turn again ... ──5 s──> the next one ──> ... ──>
//   over
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "models/store/replica_order.hpp"
#include "models/store/replica_service.hpp"
#include "models/store/retry_schedule.hpp"

namespace seatrial::models {

class RegionWalk {
 public:
  struct Step {
    ReplicaAddress to;
    Duration wait;
  };

  // `replicas`: nothing: only the primaries.
  RegionWalk(std::vector<RegionId> regions, std::optional<ReplicaOrder> replicas,
             const StoreConfig& config, AttemptNumber sent_before, Instant now)
      : regions_{std::move(regions)},
        replicas_{replicas},
        config_{config},
        cycle_{static_cast<std::uint8_t>(sent_before)},
        schedule_{config, now} {}

  // Nothing: every region has been asked for as long as the schedule lasts.
  std::optional<Step> next(Instant now) {
    if (std::exchange(asks_again_, false)) return Step{last_, Duration{}};
    if (!is_cycle_over()) return Step{address(), Duration{}};
    std::optional<Duration> wait;
    if (!std::exchange(is_silent_, false)) wait = schedule_.next_wait(now);
    if (!wait) {
      if (++region_ == regions_.size()) return std::nullopt;
      schedule_ = RetrySchedule{config_, now};
      wait = Duration{};
    }
    begin_cycle();
    return Step{address(), *wait};
  }
  // The region does not answer: on to the next.
  RegionId was_silent() {
    is_silent_ = true;
    return last_.region;
  }
  // The same replica: it has turned the request away.
  void ask_again() { asks_again_ = true; }

 private:
  bool is_cycle_over() const {
    return is_silent_ || (replicas_ ? replicas_->is_over() : primary_was_asked_);
  }
  void begin_cycle() {
    primary_was_asked_ = false;
    if (replicas_) replicas_->begin(++cycle_);
  }
  ReplicaAddress address() {
    primary_was_asked_ = true;
    const std::uint8_t replica = replicas_ ? replicas_->next() : std::uint8_t{0};
    last_ = ReplicaAddress{regions_[region_], replica};
    return last_;
  }

  std::vector<RegionId> regions_;
  std::optional<ReplicaOrder> replicas_;
  const StoreConfig& config_;
  std::size_t region_ = 0;
  ReplicaAddress last_;
  bool asks_again_ = false;
  bool primary_was_asked_ = false;
  bool is_silent_ = false;
  std::uint8_t cycle_;
  RetrySchedule schedule_;
};

}  // namespace seatrial::models
