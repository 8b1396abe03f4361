// Percentiles of replications that do not all have a sample.
#include "analysis/statistics/percentile.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace seatrial::analysis {
namespace {

// One value in each replication; 0: no sample at all.
PercentileSample sample_of(const std::vector<std::int64_t>& values) {
  std::vector<sim::Histogram> histograms(values.size());
  std::vector<const sim::Histogram*> each;
  sim::Histogram pooled;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != 0) histograms[i].record(values[i]);
    pooled.merge(histograms[i]);
    each.push_back(&histograms[i]);
  }
  return percentile_sample(each, pooled, 0.5, {});
}

TEST(Percentile, PairsReplicationsByTheirNumberWhereBothHaveASample) {
  const PercentileSample policy = sample_of({0, 21, 31, 41});
  const PercentileSample baseline = sample_of({10, 20, 30, 0});

  const Interval difference = percentile_difference(policy, baseline, {});

  // Two pairs, with the difference 1 in each; slipped by one they would differ by 10 and more.
  const double pooled = policy.pooled - baseline.pooled;
  const double error = std::abs(1 - pooled);  // the root of 2 such squares over 2 * (2 - 1)
  ASSERT_TRUE(difference.defined);
  EXPECT_DOUBLE_EQ(difference.estimate, pooled);
  EXPECT_NEAR(difference.high - pooled, 12.7062 * error, 0.001 * error);  // t, 1 degree
}

TEST(Percentile, PairsWhatIsLeftWhenBothMissEquallyMany) {
  const Interval difference =
      percentile_difference(sample_of({0, 20, 30}), sample_of({10, 20, 0}), {});

  ASSERT_TRUE(difference.defined);
  EXPECT_TRUE(std::isinf(difference.high));  // one pair alone bounds nothing
}

TEST(Percentile, HasNoDifferenceWithoutAnyPair) {
  EXPECT_FALSE(percentile_difference(sample_of({0, 20}), sample_of({10, 0}), {}).defined);
  EXPECT_FALSE(percentile_difference(sample_of({0, 0}), sample_of({10, 10}), {}).defined);
}

TEST(Percentile, OfOnePolicyIsOfTheReplicationsThatHaveASample) {
  const Interval some = percentile_interval(sample_of({10, 0, 14, 0}), {});
  const Interval same = percentile_interval(sample_of({10, 14}), {});

  ASSERT_TRUE(some.defined);
  EXPECT_DOUBLE_EQ(some.low, same.low);
  EXPECT_DOUBLE_EQ(some.high, same.high);
}

}  // namespace
}  // namespace seatrial::analysis
