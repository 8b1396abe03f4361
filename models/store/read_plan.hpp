// Which replica a read asks next, and after which wait: see client.hpp.
#pragma once

#include <array>
#include <optional>

#include "models/store/region_replicas.hpp"
#include "models/store/replica_service.hpp"
#include "models/store/retry_schedule.hpp"

namespace seatrial::models {

class ReadPlan {
 public:
  struct Step {
    ReplicaAddress to;
    Duration wait;
  };

  ReadPlan(const StoreConfig& config, const StoreRequest& request, RegionId write_region,
           sim::StreamKey choice, Instant now);

  // Nothing: every replica that could be asked lacks the token.
  std::optional<Step> next(Instant now);
  // The replica that was asked last has not applied the token.
  void was_behind();

 private:
  void begin_cycle();
  std::optional<Step> next_cycle(Instant now);
  Step next_of_cycle(Duration wait);

  std::array<std::uint8_t, RegionReplicas::most_replicas> order_;
  std::uint8_t replicas_;
  std::uint8_t next_ = 0;
  std::uint8_t cycle_ = 0;
  bool primary_last_;
  bool some_were_behind_ = false;  // in this cycle
  bool at_write_region_;           // the last resort, or asked for
  RegionId here_;
  RegionId write_region_;
  OperationName operation_;
  sim::StreamKey choice_;
  RetrySchedule schedule_;
};

}  // namespace seatrial::models
