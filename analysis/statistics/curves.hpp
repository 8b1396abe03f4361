// Percentile curves of a policy, to be drawn: latency of reads and updates, staleness of stale
// reads, pooled over replications, phases and data classes.
#pragma once

#include <optional>
#include <vector>

#include "analysis/run_summary.hpp"

namespace seatrial::analysis {

struct CurvePoint {
  double percentile = 0;  // 0 to 100
  double ns = 0;
  bool operator==(const CurvePoint&) const = default;
};
// Rising in both; ends at the greatest value. Empty where there was nothing.
using Curve = std::vector<CurvePoint>;

struct Curves {
  Curve read;
  Curve update;
  Curve staleness;
};

Curve curve_of(const sim::Histogram&);

// Of one region, or of all together.
Curves curves_of(const std::vector<RunSummary>& runs, std::optional<std::uint32_t> region);

}  // namespace seatrial::analysis
