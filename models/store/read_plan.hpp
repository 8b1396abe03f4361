// Which replica a read with a token asks next, and after which wait: see client.hpp.
//
//   the region, by the schedule ──> write region's primary ──> on_token_unsatisfied
//                                   (a read of the write region has none)
#pragma once

#include <optional>
#include <utility>

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
    bool carries_token = true;
  };
  struct Regions {
    RegionId here;  // whose replicas are asked
    RegionId write_region;
  };

  // `arm`: which of the regions that a hedged read goes to; the own one is 0.
  ReadPlan(const StoreConfig& config, const StoreRequest& request, Regions regions,
           sim::StreamKey choice, AttemptNumber sent_before, Instant now, std::uint8_t arm = 0)
      : here_{regions.here},
        write_region_{regions.write_region},
        on_token_unsatisfied_{config.on_token_unsatisfied},
        stage_{request.from_write_region || config.read_from == ReadFrom::primary
                   ? Stage::write_region
                   : Stage::region},
        cycle_{static_cast<std::uint8_t>(sent_before)},
        order_{config, choice, request.name, cycle_, arm},
        schedule_{config, now},
        gone_{0} {}

  // Nothing: every replica that could be asked lacks the token.
  std::optional<Step> next(Instant now);
  // The region has not answered: on to another, which may be the same.
  void read_from(RegionId here) {
    if (here == here_) return;
    here_ = here;
    begin_cycle();
  }
  // The replica that was asked last has not applied the token.
  void was_behind() { some_were_behind_ = true; }
  // It has crashed: its host refused.
  void was_gone() { some_were_gone_ = true; }

 private:
  enum class Stage : std::uint8_t { region, write_region, without_token };

  std::optional<Step> next_in_region(Instant now);
  std::optional<Step> next_without_token();
  std::optional<Step> leave_region();
  std::optional<Step> give_up_token();
  void begin_cycle() { order_.begin(++cycle_); }
  Duration wait_for_gone() {
    return std::exchange(some_were_gone_, false) ? gone_.next_wait() : Duration{};
  }

  RegionId here_;
  RegionId write_region_;
  OnTokenUnsatisfied on_token_unsatisfied_;
  Stage stage_;
  bool some_were_behind_ = false;  // in this cycle
  std::uint8_t cycle_;
  ReplicaOrder order_;
  RetrySchedule schedule_;
  GoneRetries gone_;
  bool some_were_gone_ = false;  // in this cycle
};

}  // namespace seatrial::models
