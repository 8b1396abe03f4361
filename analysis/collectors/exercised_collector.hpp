// Counts what a run has made use of (analysis/exercised.hpp).
#pragma once

#include <utility>
#include <vector>

#include "analysis/exercised.hpp"

namespace seatrial::analysis {

class ExercisedCollector {
 public:
  // Of a data class whose reads heed no token a second store request is no 404/1002. Gauges count
  // from `start`, the first phase's.
  ExercisedCollector(std::vector<bool> heeds_token, models::RegionId write_region,
                     models::Instant start)
      : heeds_token_{std::move(heeds_token)}, write_region_{write_region}, start_{start} {}

  void operation(const models::OperationObserved&);  // measured
  void late(const models::LateCost&);                // measured
  void takeover(const models::TakeoverObserved&) { ++counted_.takeovers; }
  void gauges(const models::GaugesObserved&);

  const Exercised& counted() const { return counted_; }

 private:
  void read(const models::OperationObserved&);

  Exercised counted_;
  std::vector<bool> heeds_token_;  // by data class
  models::RegionId write_region_;
  models::Instant start_;
};

}  // namespace seatrial::analysis
