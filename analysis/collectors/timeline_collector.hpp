// Fills the Timeline of one run: operations in the window of their invocation, gauges and late
// costs in that of their instant.
//
// Law: memory is that of the windows, however many operations there are.
#pragma once

#include <utility>

#include "analysis/checkers/session_guarantees.hpp"
#include "analysis/timeline.hpp"

namespace seatrial::analysis {

class TimelineCollector {
 public:
  TimelineCollector(const models::Windows&, std::uint32_t regions, models::RegionId write_region);

  void operation(const models::OperationObserved&, const Judgement&);
  void late(const models::LateCost&);
  void gauges(const models::GaugesObserved&);
  void store(const models::StoreObserved&);
  void catch_up(const models::CatchUpObserved&);

  [[nodiscard]] Timeline take() { return std::move(timeline_); }

 private:
  // Null after the last window.
  Window* window_at(models::RegionId, models::Instant);

  Timeline timeline_;
  models::ReplicationObserved so_far_;  // at the last look
  std::uint64_t at_risk_ = 0;           // of the regions that were looked at since
  models::RegionId write_region_;
};

}  // namespace seatrial::analysis
