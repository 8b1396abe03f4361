// Which replica a read with a token asks next, and after which wait: see client.hpp.
#pragma once

#include <optional>

#include "models/store/message_names.hpp"
#include "models/store/replica_order.hpp"
#include "models/store/replica_service.hpp"
#include "models/store/retry_schedule.hpp"

namespace seatrial::models {

class ReadPlan {
 public:
  struct Step {
    ReplicaAddress to;
    Duration wait;
  };

  ReadPlan(const StoreConfig& config, const StoreRequest& request, RegionId here,
           RegionId write_region, sim::StreamKey choice, AttemptNumber sent_before, Instant now)
      : here_{here},
        write_region_{write_region},
        at_write_region_{request.from_write_region || config.read_from == ReadFrom::primary},
        cycle_{static_cast<std::uint8_t>(sent_before)},
        order_{config, choice, request.name, cycle_},
        schedule_{config.sdk, now} {}

  // Nothing: every replica that could be asked lacks the token.
  std::optional<Step> next(Instant now);
  // The region has not answered: on to another, which may be the same.
  void read_from(RegionId here) {
    if (here == here_) return;
    here_ = here;
    order_.begin(++cycle_);
  }
  // The replica that was asked last has not applied the token.
  void was_behind() { some_were_behind_ = true; }

 private:
  RegionId here_;
  RegionId write_region_;
  bool at_write_region_;           // asked for, or as the last resort
  bool some_were_behind_ = false;  // in this cycle
  std::uint8_t cycle_;
  ReplicaOrder order_;
  RetrySchedule schedule_;
};

}  // namespace seatrial::models
