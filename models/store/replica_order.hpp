// The order in which a client asks the replicas of a region: all of them once, at random; the
// primary last when secondaries come first.
//
// Law: the order is named by the operation and its cycle; it is drawn only as far as it is asked.
#pragma once

#include <array>
#include <utility>

#include "models/store/region_replicas.hpp"

namespace seatrial::models {

class ReplicaOrder {
 public:
  static constexpr std::uint8_t most_arms = 8;

  // `first_cycle`: the requests that the operation has sent before, so that a read that it repeats
  // (after a 412) has an order of its own. `arm`: so has each region that a hedged read goes to.
  ReplicaOrder(const StoreConfig& config, sim::StreamKey choice, const OperationName& operation,
               std::uint8_t first_cycle, std::uint8_t arm = 0)
      : choice_{choice},
        operation_{operation},
        replicas_{static_cast<std::uint8_t>(config.replicas)},
        arm_{arm},
        is_primary_last_{config.read_from == ReadFrom::secondaries_first} {
    SEATRIAL_ASSERT(arm < most_arms, "a hedged read goes to a few regions");
    begin(first_cycle);
  }

  void begin(std::uint8_t cycle) {
    cycle_ = cycle;
    next_ = 0;
    const std::uint8_t first = is_primary_last_ ? 1 : 0;
    for (std::uint8_t i = 0; i < replicas_; ++i) {
      order_[i] = static_cast<std::uint8_t>((i + first) % replicas_);
    }
  }

  bool is_over() const { return next_ == replicas_; }

  std::uint8_t next() {
    const std::uint8_t shuffled = is_primary_last_ ? replicas_ - 1 : replicas_;
    if (next_ + 1 < shuffled) {
      const std::uint64_t draw = arm_ * RegionReplicas::most_replicas + next_;
      sim::Stream stream{choice_, operation_.session.value(),
                         std::uint64_t{operation_.index} << 8 | draw, cycle_};
      const std::uint64_t chosen = next_ + stream.below(shuffled - next_);
      std::swap(order_[next_], order_[chosen]);
    }
    return order_[next_++];
  }

 private:
  sim::StreamKey choice_;
  OperationName operation_;
  std::array<std::uint8_t, RegionReplicas::most_replicas> order_;
  std::uint8_t replicas_;
  std::uint8_t next_ = 0;
  std::uint8_t cycle_ = 0;
  std::uint8_t arm_;
  bool is_primary_last_;
};

}  // namespace seatrial::models
