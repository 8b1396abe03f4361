#include "analysis/statistics/curves.hpp"

#include <array>

#include "analysis/statistics/percentile.hpp"
#include "analysis/statistics/slice.hpp"

namespace seatrial::analysis {
namespace {

// Even steps, then closer and closer to the greatest, where objectives lie.
constexpr std::array percentiles{0.0,  1.0,  5.0,  10.0, 20.0, 30.0,  40.0,  50.0, 60.0,
                                 70.0, 75.0, 80.0, 85.0, 90.0, 92.5,  95.0,  97.0, 98.0,
                                 99.0, 99.3, 99.5, 99.7, 99.9, 99.95, 99.99, 100.0};

}  // namespace

Curve curve_of(const sim::Histogram& histogram) {
  Curve curve;
  if (histogram.empty()) return curve;
  for (const double percentile : percentiles)
    curve.push_back({percentile, percentile_of(histogram, percentile / 100)});
  return curve;
}

Curves curves_of(const std::vector<RunSummary>& runs, std::optional<std::uint32_t> region) {
  const Slice slice = slice_of(runs, {{}, region, {}});
  sim::Histogram behind;
  for (const SliceOfReplication& one : slice.replications) behind.merge(one.by_kind[0].behind);
  return {curve_of(slice.pooled_latency[0]), curve_of(slice.pooled_latency[1]), curve_of(behind)};
}

}  // namespace seatrial::analysis
