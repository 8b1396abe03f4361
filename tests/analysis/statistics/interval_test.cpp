// Coverage by simulation: an interval stated at 95 % must hold the truth in at least 95 % of many
// synthetic experiments, up to what chance allows, and must not be so wide that it always does.
#include "analysis/statistics/interval.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "analysis/statistics/quantiles.hpp"

namespace seatrial::analysis {
namespace {

constexpr int experiments = 2000;

// A small generator of its own (Steele, Lea, Flood 2014), so that the test checks the statistics
// and not the engine's streams.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_{seed} {}
  double uniform() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    z ^= z >> 31;
    return (static_cast<double>(z >> 11) + 0.5) / 9007199254740992.0;
  }
  double exponential(double mean) { return -mean * std::log(uniform()); }
  int binomial(int n, double p) {
    int hits = 0;
    for (int i = 0; i < n; ++i) hits += uniform() < p ? 1 : 0;
    return hits;
  }

 private:
  std::uint64_t state_;
};

// How many of the experiments may miss at a true coverage of `coverage`: four standard deviations.
double least_share(double coverage) {
  return coverage - 4 * std::sqrt(coverage * (1 - coverage) / experiments);
}

TEST(Quantiles, AgreeWithPublishedTables) {
  EXPECT_NEAR(normal_quantile(0.975), 1.959964, 1e-6);
  EXPECT_NEAR(student_t_quantile(0.975, 9), 2.262157, 1e-6);
  EXPECT_NEAR(student_t_quantile(0.975, 1), 12.706205, 1e-6);
  EXPECT_NEAR(beta_quantile(0.5, 1, 1), 0.5, 1e-12);
}

TEST(RatioInterval, CoversARateThatVariesBetweenReplications) {
  Draws draws{1};
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    std::vector<RatioSample> samples(10);
    for (RatioSample& sample : samples) {
      sample.denominator = 500 + std::floor(500 * draws.uniform());
      const double rate_here = 0.1 + 0.2 * draws.uniform();  // mean 0.2
      sample.numerator = draws.binomial(static_cast<int>(sample.denominator), rate_here);
    }
    const Interval interval = ratio_interval(samples, {});
    covered += interval.low <= 0.2 && 0.2 <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered / double{experiments}, least_share(0.94));
  EXPECT_LE(covered / double{experiments}, 0.975);
}

TEST(ShareInterval, CoversRareViolationsThatComeInBursts) {
  Draws draws{2};
  const double bursts_per_replication = 0.4;
  const double burst = 3;
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    std::vector<RatioSample> samples(10);
    for (RatioSample& sample : samples) {
      sample.denominator = 3000;
      sample.numerator = burst * draws.binomial(1000, bursts_per_replication / 1000);
    }
    const double truth = bursts_per_replication * burst / 3000;
    const Interval interval = share_interval(samples, burst, {});
    covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered / double{experiments}, least_share(0.95));
}

TEST(ShareInterval, IsTooNarrowWhenBurstsAreIgnored) {
  Draws draws{3};
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    std::vector<RatioSample> samples(10);
    for (RatioSample& sample : samples) {
      sample.denominator = 30000;
      sample.numerator = 30 * draws.binomial(1000, 0.0001);
    }
    const double truth = 0.0001;
    const Interval interval = share_interval(samples, 1, {});
    covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
  }
  EXPECT_LT(covered / double{experiments}, 0.9);
}

TEST(ShareInterval, PutsMinusLogAlphaOverNBehindAZero) {
  const std::vector<RatioSample> none(10, RatioSample{0, 1000});

  const Interval alone = share_interval(none, 1, {});
  const Interval of_sessions = share_interval(none, 2.5, {});
  const Interval together = share_interval(none, 1, {0.95, 50});

  EXPECT_TRUE(alone.zero_bound);
  EXPECT_EQ(alone.low, 0);
  EXPECT_NEAR(alone.high, -std::log(0.05) / 10000, 1e-12);
  EXPECT_NEAR(of_sessions.high, 2.5 * alone.high, 1e-12);
  EXPECT_NEAR(together.high, -std::log(0.001) / 10000, 1e-12);
}

TEST(ShareInterval, SaysNothingWhereNothingCouldGoWrong) {
  EXPECT_FALSE(share_interval({{0, 0}, {0, 0}}, 1, {}).defined);
  EXPECT_FALSE(share_interval({}, 1, {}).defined);
}

TEST(RatioInterval, OfOneReplicationIsInfinitelyWide) {
  const Interval interval = ratio_interval({{5, 10}}, {});

  EXPECT_EQ(interval.estimate, 0.5);
  EXPECT_TRUE(std::isinf(interval.low));
  EXPECT_TRUE(std::isinf(interval.high));
}

// The p-quantile of sorted values, as a histogram without buckets would give it.
double quantile_of(std::vector<double> values, double p) {
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  const double rank = std::clamp(std::ceil(p * n) - 1, 0.0, n - 1);
  return values[static_cast<std::size_t>(rank)];
}

PercentileSample percentile_sample(const std::vector<std::vector<double>>& replications, double p,
                                   double alpha) {
  std::vector<double> all;
  PercentileSample sample;
  for (const auto& values : replications) {
    all.insert(all.end(), values.begin(), values.end());
    sample.each.push_back(quantile_of(values, p));
  }
  const auto n = static_cast<double>(all.size());
  const double reach = normal_quantile(1 - alpha / 2) * std::sqrt(p * (1 - p) / n);
  sample.pooled = quantile_of(all, p);
  sample.order_low = quantile_of(all, p - reach);
  sample.order_high = quantile_of(all, std::min(1.0, p + reach));
  return sample;
}

TEST(PercentileInterval, CoversThePercentileOfSkewedLatencies) {
  Draws draws{4};
  const double truth = -std::log(0.01);  // p99 of a unit exponential
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    std::vector<std::vector<double>> replications(10);
    for (auto& values : replications)
      for (int i = 0; i < 300; ++i) values.push_back(draws.exponential(1));
    const Interval interval = percentile_interval(percentile_sample(replications, 0.99, 0.05), {});
    covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered / double{experiments}, least_share(0.94));
}

TEST(PercentileInterval, KnowsThatReplicationsDiffer) {
  Draws draws{5};
  // Each replication's latencies share one scale; a median over all reads alone would be sure.
  std::vector<double> many;
  for (int i = 0; i < 400'000; ++i) {
    const double scale = draws.uniform() < 0.5 ? 1 : 2;
    many.push_back(draws.exponential(scale));
  }
  const double truth = quantile_of(many, 0.5);
  int covered = 0;
  for (int e = 0; e < experiments; ++e) {
    std::vector<std::vector<double>> replications(12);
    for (auto& values : replications) {
      const double scale = draws.uniform() < 0.5 ? 1 : 2;
      for (int i = 0; i < 200; ++i) values.push_back(draws.exponential(scale));
    }
    const Interval interval = percentile_interval(percentile_sample(replications, 0.5, 0.05), {});
    covered += interval.low <= truth && truth <= interval.high ? 1 : 0;
  }
  EXPECT_GE(covered / double{experiments}, least_share(0.93));
}

TEST(Difference, OfPairedReplicationsIsNarrowerThanEitherAlone) {
  Draws draws{6};
  std::vector<RatioSample> baseline(10), policy(10);
  for (std::size_t i = 0; i < 10; ++i) {
    const double shared = 0.2 + 0.1 * draws.uniform();  // the replication's luck, common to both
    baseline[i] = {shared * 1e6, 1e6};
    policy[i] = {(shared - 0.05 + 0.001 * draws.uniform()) * 1e6, 1e6};
  }

  const Interval difference = ratio_difference(policy, baseline, {});
  const Interval alone = ratio_interval(policy, {});

  EXPECT_NEAR(difference.estimate, -0.0495, 0.001);
  EXPECT_LT(difference.high - difference.low, (alone.high - alone.low) / 10);
  EXPECT_EQ(compare_difference(difference, 0.01, true), Change::better);
  EXPECT_EQ(compare_difference(difference, 0.01, false), Change::worse);
  EXPECT_EQ(compare_difference(difference, 0.1, true), Change::equivalent);
}

TEST(Difference, IsInconclusiveWhenItsIntervalHoldsZeroAndMore) {
  EXPECT_EQ(compare_difference({0.1, -1, 1.2, true, false}, 0.5, true), Change::inconclusive);
  EXPECT_EQ(compare_difference({}, 0.5, true), Change::inconclusive);
}

}  // namespace
}  // namespace seatrial::analysis
