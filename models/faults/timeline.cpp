#include "models/faults/timeline.hpp"

#include <algorithm>

namespace seatrial::models {

Instant end_of_phases(const WorldConfig& config) {
  Instant end = Instant::at(config.warmup);
  for (const PhaseConfig& phase : config.phases) end = end + phase.length;
  return end;
}

Timeline::Timeline(const WorldConfig& config) : phases_{&config.phases} {
  end_ = Instant::at(config.warmup);
  for (const PhaseConfig& phase : config.phases) {
    starts_.push_back(end_);
    end_ = end_ + phase.length;
    highest_load_ = std::max(highest_load_, phase.sessions);
  }
  SEATRIAL_ASSERT(!starts_.empty(), "a run has at least one phase");
}

Instant Timeline::end_of(PhaseId phase) const {
  return starts_[phase.value()] + (*phases_)[phase.value()].length;
}

PhaseId Timeline::phase_at(Instant when) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), when);
  const auto index = after == starts_.begin() ? 0 : after - starts_.begin() - 1;
  return PhaseId{static_cast<std::uint32_t>(index)};
}

double Timeline::load_at(Instant when) const {
  if (when >= end_) return 0;
  const std::uint32_t index = phase_at(when).value();
  const PhaseConfig& phase = (*phases_)[index];
  const Duration into = when - starts_[index];
  if (index == 0 || into >= phase.ramp) return phase.sessions;
  const double before = (*phases_)[index - 1].sessions;
  const double done = static_cast<double>(into.ns()) / static_cast<double>(phase.ramp.ns());
  return before + (phase.sessions - before) * done;
}

}  // namespace seatrial::models
