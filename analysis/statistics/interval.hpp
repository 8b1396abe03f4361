// An estimate with the interval that holds the true value with the stated confidence.
//
// The unit is the replication, never the read: violations come in bursts (a lagging link, a broken
// broker), so a million reads of one run know less than their number says.
// Law: an interval that cannot be computed is infinitely wide, never narrow.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

namespace seatrial::analysis {

struct Interval {
  double estimate = 0;
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool defined = false;     // false: nothing was there to measure; the numbers mean nothing
  bool zero_bound = false;  // none was seen: estimate is 0 and high the bound behind the zero
};

// How sure an interval must be. With `comparisons` intervals read together, each is made at
// 1 - (1 - together) / comparisons, so that all hold at once (Bonferroni).
struct Confidence {
  double together = 0.95;
  std::uint64_t comparisons = 1;
  double alpha() const {
    return (1.0 - together) / static_cast<double>(comparisons == 0 ? 1 : comparisons);
  }
};

// One replication's share of a ratio: a sum over a sum.
struct RatioSample {
  double numerator = 0;
  double denominator = 0;
};

// Sum of numerators over sum of denominators, with the jackknife over replications as its error.
Interval ratio_interval(const std::vector<RatioSample>&, Confidence);

// A share: a ratio whose numerator counts some of what its denominator counts. Never narrower than
// the exact binomial interval (Clopper and Pearson) of as many independent trials as the counts are
// worth: `burst` of them come together, at least 1, and count as one. None seen of n: at most
// -ln(alpha) * burst / n.
Interval share_interval(const std::vector<RatioSample>&, double burst, Confidence);

// A percentile: `pooled` from all replications together, `each` from every replication alone.
// The error is that of sectioning (mean squared distance of the replications from the pooled
// value), which has less bias than the mean of the replications' own percentiles: a p99.9 of a
// short run is too low on average, the pooled one hardly. A replication without a sample keeps its
// place in `each`, by which replications are paired. `order_low` and `order_high` bound the
// percentile by order statistics of the pooled sample, and the interval is never narrower.
struct PercentileSample {
  double pooled = 0;
  std::vector<std::optional<double>> each;
  double order_low = 0;
  double order_high = 0;
};
Interval percentile_interval(const PercentileSample&, Confidence);

// Paired: the same replications under two policies, and the difference of their ratios.
Interval ratio_difference(const std::vector<RatioSample>& policy,
                          const std::vector<RatioSample>& baseline, Confidence);
Interval percentile_difference(const PercentileSample& policy, const PercentileSample& baseline,
                               Confidence);

enum class Change : std::uint8_t { better, worse, equivalent, inconclusive };
inline constexpr std::array<std::string_view, 4> change_names{"better", "worse", "equivalent",
                                                              "inconclusive"};

// Equivalent: the whole interval of the difference lies within +-margin. Otherwise better or worse
// when it excludes zero.
Change compare_difference(const Interval& difference, double margin, bool lower_is_better);

}  // namespace seatrial::analysis
