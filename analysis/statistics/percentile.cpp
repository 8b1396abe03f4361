#include "analysis/statistics/percentile.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/statistics/quantiles.hpp"

namespace seatrial::analysis {
namespace {

struct Position {
  double low = 0;  // edges of the bucket that holds the rank
  double high = 0;
  double value = 0;
};

Position position_of(const sim::Histogram& histogram, double p) {
  const auto smallest = static_cast<double>(histogram.min());
  const auto greatest = static_cast<double>(histogram.max());
  const double rank = std::clamp(p, 0.0, 1.0) * static_cast<double>(histogram.count());
  Position found{greatest, greatest, greatest};
  double seen = 0;
  bool done = false;
  histogram.for_each_bucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
    const auto here = static_cast<double>(count);
    if (!done && seen + here >= rank) {
      const double first = std::max(static_cast<double>(low), smallest);
      const double last = std::min(static_cast<double>(high), greatest);
      found = {first, last, first + (last - first) * (rank - seen) / here};
      done = true;
    }
    seen += here;
  });
  return found;
}

}  // namespace

double percentile_of(const sim::Histogram& histogram, double p) {
  return histogram.empty() ? 0 : position_of(histogram, p).value;
}

PercentileSample percentile_sample(const std::vector<const sim::Histogram*>& replications,
                                   const sim::Histogram& pooled, double p, Confidence confidence) {
  PercentileSample sample;
  if (pooled.empty()) return sample;
  const auto n = static_cast<double>(pooled.count());
  const double reach = normal_quantile(1 - confidence.alpha() / 2) * std::sqrt(p * (1 - p) / n);
  sample.pooled = position_of(pooled, p).value;
  sample.order_low = p - reach <= 0 ? 0 : position_of(pooled, p - reach).low;
  sample.order_high = p + reach >= 1 ? std::numeric_limits<double>::infinity()
                                     : position_of(pooled, p + reach).high;
  for (const sim::Histogram* histogram : replications)
    sample.each.push_back(histogram->empty() ? std::nullopt
                                             : std::optional{percentile_of(*histogram, p)});
  return sample;
}

}  // namespace seatrial::analysis
