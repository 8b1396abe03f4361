// Counts what a run has made use of (analysis/exercised.hpp).
#pragma once

#include "analysis/exercised.hpp"

namespace seatrial::analysis {

class ExercisedCollector {
 public:
  // Without session consistency a second store request is no 404/1002. Gauges count from `start`,
  // the first phase's.
  ExercisedCollector(bool level_takes_tokens, models::RegionId write_region, models::Instant start)
      : level_takes_tokens_{level_takes_tokens}, write_region_{write_region}, start_{start} {}

  void operation(const models::OperationObserved&);  // measured
  void late(const models::LateCost&);                // measured
  void gauges(const models::GaugesObserved&);

  const Exercised& counted() const { return counted_; }

 private:
  void read(const models::OperationObserved&);

  Exercised counted_;
  bool level_takes_tokens_;
  models::RegionId write_region_;
  models::Instant start_;
};

}  // namespace seatrial::analysis
