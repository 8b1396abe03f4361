#include "models/store/read_plan.hpp"

#include <utility>

namespace seatrial::models {

ReadPlan::ReadPlan(const StoreConfig& config, const StoreRequest& request, RegionId write_region,
                   sim::StreamKey choice, Instant now)
    : replicas_{static_cast<std::uint8_t>(config.replicas)},
      primary_last_{config.read_from == ReadFrom::secondaries_first},
      at_write_region_{request.from_write_region},
      here_{request.from.region},
      write_region_{write_region},
      operation_{request.name},
      choice_{choice},
      schedule_{config.sdk, now} {
  begin_cycle();
}

void ReadPlan::begin_cycle() {
  next_ = 0;
  some_were_behind_ = false;
  for (std::uint8_t i = 0; i < replicas_; ++i) {
    order_[i] = primary_last_ ? static_cast<std::uint8_t>((i + 1) % replicas_) : i;
  }
}

// A shuffle that is drawn only as far as it is asked.
ReadPlan::Step ReadPlan::next_of_cycle(Duration wait) {
  const std::uint8_t shuffled = primary_last_ ? replicas_ - 1 : replicas_;
  if (next_ + 1 < shuffled) {
    sim::Stream stream{choice_, operation_.session.value(),
                       std::uint64_t{operation_.index} << 8 | next_, cycle_};
    const std::uint64_t chosen = next_ + stream.below(shuffled - next_);
    std::swap(order_[next_], order_[chosen]);
  }
  const std::uint8_t replica = order_[next_++];
  return Step{{here_, replica}, wait};
}

void ReadPlan::was_behind() { some_were_behind_ = true; }

std::optional<ReadPlan::Step> ReadPlan::next(Instant now) {
  if (at_write_region_) {
    if (some_were_behind_) return std::nullopt;
    return Step{{write_region_, 0}, Duration{}};
  }
  if (next_ < replicas_) return next_of_cycle(Duration{});
  return next_cycle(now);
}

// When nobody answered at all, the timeouts were wait enough.
std::optional<ReadPlan::Step> ReadPlan::next_cycle(Instant now) {
  std::optional<Duration> wait = Duration{};
  if (some_were_behind_) wait = schedule_.next_wait(now);
  begin_cycle();
  ++cycle_;
  if (wait) return next_of_cycle(*wait);
  if (here_ == write_region_) return std::nullopt;
  at_write_region_ = true;
  return Step{{write_region_, 0}, Duration{}};
}

}  // namespace seatrial::models
