// The warm-up and the phases on the clock of a run:
//
//   0 ── warm-up ── start() ── phase 0 ── phase 1 ── ... ── end()
//
// The load of the warm-up is the first phase's.
#pragma once

#include <vector>

#include "models/world_config.hpp"

namespace seatrial::models {

// When the last phase ends.
Instant end_of_phases(const WorldConfig& config);

class Timeline {
 public:
  explicit Timeline(const WorldConfig& config);

  Instant start() const { return starts_.front(); }
  Instant end() const { return end_; }
  Instant start_of(PhaseId phase) const { return starts_[phase.value()]; }
  Instant end_of(PhaseId phase) const;

  // Before the start the first phase, after the end the last.
  PhaseId phase_at(Instant when) const;
  // How many times the workload's rate of new sessions arrives; 0 from the end on.
  double load_at(Instant when) const;
  double highest_load() const { return highest_load_; }
  bool is_measured(Instant arrival) const { return arrival >= start() && arrival < end_; }

 private:
  const std::vector<PhaseConfig>* phases_;
  std::vector<Instant> starts_;
  Instant end_;
  double highest_load_ = 0;
};

}  // namespace seatrial::models
