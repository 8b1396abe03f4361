#include "sim/statistics/histogram.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

// Values of every magnitude: the exponent is as random as the rest.
std::vector<std::int64_t> values_of_all_sizes(int count) {
  Stream stream = test_stream(11);
  std::vector<std::int64_t> values;
  for (int i = 0; i < count; ++i) {
    const std::uint64_t shift = 1 + stream.below(63);
    values.push_back(static_cast<std::int64_t>(stream.next() >> shift));
  }
  return values;
}

template <class H>
H of(const std::vector<std::int64_t>& values) {
  H histogram;
  for (const std::int64_t value : values) histogram.record(value);
  return histogram;
}

template <class H>
double worst_relative_error(std::vector<std::int64_t> values) {
  const H histogram = of<H>(values);
  std::sort(values.begin(), values.end());
  double worst = 0;
  for (int i = 0; i <= 1000; ++i) {
    const double p = i / 1000.0;
    const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size())));
    const double exact = static_cast<double>(values[rank == 0 ? 0 : rank - 1]);
    const double error = std::abs(static_cast<double>(histogram.quantile(p)) - exact);
    if (error > 0) worst = std::max(worst, error / exact);
  }
  return worst;
}

TEST(Histogram, QuantilesAreOffByLessThanHalfABucket) {
  const auto values = values_of_all_sizes(20'000);

  EXPECT_LE(worst_relative_error<Histogram>(values), 1.0 / 256);
  EXPECT_LE(worst_relative_error<WindowHistogram>(values), 1.0 / 64);
}

TEST(Histogram, SmallValuesAndBothEndsAreExact) {
  Histogram histogram;
  for (int value = 0; value < 256; ++value) histogram.record(value);
  histogram.record(123'456'789);

  for (int value = 0; value < 256; ++value) {
    EXPECT_EQ(histogram.quantile((value + 0.5) / 257), value);
    EXPECT_EQ(histogram.count_at_most(value), static_cast<std::uint64_t>(value) + 1);
  }
  EXPECT_EQ(histogram.quantile(0), 0);
  EXPECT_EQ(histogram.quantile(1), 123'456'789);
}

TEST(Histogram, ASingleValueIsEveryQuantile) {
  const auto histogram = of<Histogram>({987'654'321});

  for (const double p : {0.0, 0.01, 0.5, 1.0}) EXPECT_EQ(histogram.quantile(p), 987'654'321);
}

TEST(Histogram, CountSumMeanMinAndMaxAreExact) {
  const auto histogram = of<WindowHistogram>({1'000'000'007, 3, 12'345'678'901, 3});

  EXPECT_EQ(histogram.count(), 4u);
  EXPECT_TRUE(histogram.sum() == 13'345'678'914u);
  EXPECT_DOUBLE_EQ(histogram.mean(), 13'345'678'914.0 / 4);
  EXPECT_EQ(histogram.min(), 3);
  EXPECT_EQ(histogram.max(), 12'345'678'901);
}

TEST(Histogram, TheSumDoesNotOverflow) {
  const auto histogram = of<Histogram>({INT64_MAX, INT64_MAX, INT64_MAX, INT64_MAX, 0});

  EXPECT_TRUE(histogram.sum() == static_cast<Unsigned128>(INT64_MAX) * 4);
  EXPECT_DOUBLE_EQ(histogram.mean(), 0.8 * static_cast<double>(INT64_MAX));
  EXPECT_EQ(histogram.quantile(0.9), INT64_MAX);
}

TEST(Histogram, MergingEqualsRecordingEverythingInOneInAnyOrder) {
  const auto values = values_of_all_sizes(6000);
  const auto all = of<Histogram>(values);
  // Overlapping, disjoint and single-valued parts, so that merging grows at both ends.
  std::vector<Histogram> parts(5);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t by_size = values[i] < 1000 ? 0 : values[i] > INT64_MAX / 4 ? 1 : 2 + i % 2;
    parts[by_size].record(values[i]);
  }

  Histogram forward;
  for (const Histogram& part : parts) forward.merge(part);
  Histogram backward;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) backward.merge(*part);

  EXPECT_TRUE(forward == all);
  EXPECT_TRUE(backward == all);
}

TEST(Histogram, RecordingManyAtOnceEqualsRecordingThemOneByOne) {
  Histogram at_once;
  at_once.record(77, 3);
  at_once.record(5'000'000, 2);
  at_once.record(9, 0);

  EXPECT_TRUE(at_once == of<Histogram>({77, 77, 77, 5'000'000, 5'000'000}));
}

TEST(Histogram, BucketsTileTheNumbersWithoutGapOrOverlap) {
  Histogram histogram;
  for (std::int64_t value = 0; value < 70'000; ++value) histogram.record(value);
  histogram.record(INT64_MAX);

  std::int64_t next = 0;
  std::int64_t end = 0;
  histogram.for_each_bucket([&](std::int64_t low, std::int64_t high, std::uint64_t count) {
    if (low < 65'536) {
      EXPECT_EQ(low, next);
      EXPECT_EQ(count, static_cast<std::uint64_t>(high - low + 1));
      EXPECT_EQ(histogram.count_at_most(high), static_cast<std::uint64_t>(high) + 1);
      EXPECT_LE(high - low, low / 128);
      next = high + 1;
    }
    end = high;
  });
  EXPECT_EQ(next, 65'536);
  EXPECT_EQ(end, INT64_MAX);
}

TEST(Histogram, EmptyOneAnswersZeroAndMergesAsNothing) {
  Histogram empty;
  Histogram some = of<Histogram>({5});
  some.merge(empty);
  empty.merge(Histogram{});

  EXPECT_TRUE(some == of<Histogram>({5}));
  EXPECT_EQ(empty.count(), 0u);
  EXPECT_EQ(empty.min(), 0);
  EXPECT_EQ(empty.max(), 0);
  EXPECT_EQ(empty.mean(), 0);
  EXPECT_EQ(empty.quantile(0.5), 0);
  EXPECT_EQ(empty.count_at_most(10), 0u);
}

TEST(HistogramDeathTest, RefusesNegativeValues) {
  Histogram histogram;

  EXPECT_DEATH(histogram.record(-1), "negative");
}

}  // namespace
}  // namespace seatrial::sim
