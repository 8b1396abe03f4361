#include "sim/random/distribution.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double sample_mean(const Distribution& distribution, int count) {
  Stream stream = test_stream(3);
  double sum = 0;
  for (int i = 0; i < count; ++i) sum += distribution.sample(stream);
  return sum / count;
}

TEST(Distribution, ByDefaultIsTheConstantZeroAndTakesNoWord) {
  Stream stream = test_stream();
  Stream untouched = stream;

  EXPECT_TRUE(Distribution{}.is_zero());
  EXPECT_EQ(Distribution{}.sample(stream), 0);
  EXPECT_EQ(stream.next(), untouched.next());
}

TEST(Distribution, DegenerateOnesAreConstants) {
  const Distribution five = Distribution::constant(5);

  EXPECT_EQ(Distribution::uniform(5, 5), five);
  EXPECT_EQ(Distribution::normal(5, 0), five);
  EXPECT_EQ(Distribution::lognormal(5, 5), five);
  EXPECT_EQ(Distribution::percentiles({{0.5, 5}}), five);
  EXPECT_EQ(Distribution::samples({5, 5}), five);
  EXPECT_EQ(Distribution::discrete({{1, 5}, {2, 5}}), five);
  EXPECT_EQ(Distribution::mixture({{1, five}}), five);
  EXPECT_EQ(Distribution::geometric(1), Distribution::constant(1));
  EXPECT_EQ(Distribution::exponential(0), Distribution{});
  EXPECT_EQ(Distribution::exponential(7).scaled(0).shifted(5), five);
  EXPECT_TRUE(five.is_constant());
  EXPECT_FALSE(five.is_zero());
  EXPECT_FALSE(Distribution::exponential(5).is_constant());
}

TEST(Distribution, EqualMeansStatedInTheSameWay) {
  EXPECT_EQ(Distribution::exponential(3), Distribution::exponential(3));
  EXPECT_NE(Distribution::exponential(3), Distribution::exponential(4));
  EXPECT_NE(Distribution::exponential(3), Distribution::pareto(3, 1));
  EXPECT_NE(Distribution::exponential(3), Distribution::exponential(3).shifted(1));
  EXPECT_EQ(Distribution::samples({1, 2}), Distribution::samples({2, 1}));
  EXPECT_NE(Distribution::samples({1, 2}), Distribution::samples({1, 3}));
  EXPECT_EQ(Distribution::discrete({{1, 3}, {2, 1}}), Distribution::discrete({{2, 1}, {1, 3}}));
}

TEST(Distribution, ScalingAndShiftingActOnTheValues) {
  const Distribution base = Distribution::exponential(2);
  const Distribution moved = base.shifted(1).scaled(3).shifted(4);
  Stream one = test_stream();
  Stream other = test_stream();

  for (int i = 0; i < 100; ++i) {
    EXPECT_DOUBLE_EQ(moved.sample(one), (base.sample(other) + 1) * 3 + 4);
  }
  EXPECT_DOUBLE_EQ(moved.mean(), 13);
  EXPECT_DOUBLE_EQ(moved.cdf(13), base.cdf(2));
  EXPECT_DOUBLE_EQ(moved.quantile(0.3), (base.quantile(0.3) + 1) * 3 + 4);
}

TEST(Distribution, LognormalHasTheStatedMedianAndP99) {
  const Distribution lognormal = Distribution::lognormal(2, 9);

  EXPECT_NEAR(lognormal.quantile(0.5), 2, 1e-14);
  EXPECT_NEAR(lognormal.quantile(0.99), 9, 1e-12);
}

TEST(Distribution, PercentilesAreFlatOutsideOfTheirKnots) {
  const Distribution knots = Distribution::percentiles({{0.1, 10}, {0.5, 20}, {0.9, 60}});

  EXPECT_EQ(knots.quantile(0), 10);
  EXPECT_EQ(knots.quantile(0.1), 10);
  EXPECT_DOUBLE_EQ(knots.quantile(0.3), 15);
  EXPECT_EQ(knots.quantile(0.95), 60);
  EXPECT_EQ(knots.cdf(9.99), 0);
  EXPECT_DOUBLE_EQ(knots.cdf(10), 0.1);
  EXPECT_DOUBLE_EQ(knots.cdf(40), 0.7);
  EXPECT_EQ(knots.cdf(60), 1);
  EXPECT_DOUBLE_EQ(knots.mean(), 0.1 * 10 + 0.4 * 15 + 0.4 * 40 + 0.1 * 60);
}

TEST(Distribution, PercentilesWithManyKnotsAreFoundBySearchToo) {
  std::vector<std::pair<double, double>> knots;
  for (int i = 0; i <= 100; ++i) knots.emplace_back(i / 100.0, i * i);
  const Distribution many = Distribution::percentiles(knots);

  EXPECT_NEAR(many.quantile(0.505), (50 * 50 + 51 * 51) / 2.0, 1e-9);
  EXPECT_EQ(many.quantile(0), 0);
  EXPECT_EQ(many.quantile(1), 10'000);
}

TEST(Distribution, MixtureQuantileInvertsItsDistributionFunction) {
  const Distribution mixture = Distribution::mixture({{1, Distribution::constant(2)},
                                                      {2, Distribution::exponential(1)},
                                                      {1, Distribution::normal(10, 1)}});
  for (double p = 0.01; p < 1; p += 0.01) {
    const double x = mixture.quantile(p);
    EXPECT_GE(mixture.cdf(x), p);
    EXPECT_LT(mixture.cdf(std::nextafter(x, -1)), p);
  }
  EXPECT_DOUBLE_EQ(mixture.mean(), 0.25 * 2 + 0.5 * 1 + 0.25 * 10);
}

TEST(Distribution, ListsHaveTheQuantilesOfTheirSteps) {
  const Distribution samples = Distribution::samples({30, 10, 20, 40});
  const Distribution discrete = Distribution::discrete({{0, 5}, {1, 30}, {3, 10}});

  EXPECT_EQ(samples.quantile(0), 10);
  EXPECT_EQ(samples.quantile(0.25), 10);
  EXPECT_EQ(samples.quantile(0.26), 20);
  EXPECT_EQ(samples.quantile(1), 40);
  EXPECT_EQ(samples.cdf(20), 0.5);
  EXPECT_EQ(samples.mean(), 25);
  EXPECT_EQ(discrete.quantile(0), 10);
  EXPECT_EQ(discrete.quantile(0.75), 10);
  EXPECT_EQ(discrete.quantile(0.76), 30);
  EXPECT_EQ(discrete.cdf(5), 0);
  EXPECT_EQ(discrete.cdf(10), 0.75);
  EXPECT_EQ(discrete.mean(), 15);
}

TEST(Distribution, ParetoWithoutAMeanSaysSo) {
  EXPECT_EQ(Distribution::pareto(1, 1).mean(), infinity);
  EXPECT_DOUBLE_EQ(Distribution::pareto(2, 3).mean(), 3);
}

TEST(Distribution, SamplesHaveTheStatedMean) {
  const std::vector<Distribution> all{
      Distribution::uniform(1, 3),
      Distribution::exponential(2),
      Distribution::normal(3, 0.5),
      Distribution::lognormal(2, 9),
      Distribution::pareto(1, 5),
      Distribution::geometric(4),
      Distribution::mixture({{1, Distribution::constant(2)}, {1, Distribution::exponential(1)}}),
      Distribution::percentiles({{0, 1}, {0.5, 2}, {0.99, 10}, {1, 20}}),
      Distribution::samples({1, 5, 2}),
      Distribution::discrete({{1, 1}, {3, 5}})};
  // Standard deviations are below 1.8 times the mean: five standard errors of 400,000.
  for (const Distribution& distribution : all) {
    EXPECT_NEAR(sample_mean(distribution, 400'000) / distribution.mean(), 1, 5 * 1.8 / 632);
  }
}

TEST(Distribution, DurationsAreRoundedAndStayInRange) {
  Stream stream = test_stream();
  const auto duration = [&](double ns) {
    return Distribution::constant(ns).sample_duration(stream).ns();
  };

  EXPECT_EQ(duration(2.49), 2);
  EXPECT_EQ(duration(2.5), 3);
  EXPECT_EQ(duration(0.5), 1);
  EXPECT_EQ(duration(0.49), 0);
  EXPECT_EQ(duration(-7), 0);
  EXPECT_EQ(duration(1e30), Distribution::longest.ns());
}

TEST(DistributionDeathTest, RefusesNumbersThatMakeNoDistribution) {
  EXPECT_DEATH(Distribution::lognormal(3, 2), "median");
  EXPECT_DEATH(Distribution::geometric(0.5), "trial");
  EXPECT_DEATH(Distribution::percentiles({{0.5, 1}, {0.4, 2}}), "rise");
  EXPECT_DEATH(Distribution::percentiles({{0.5, 2}, {0.6, 1}}), "rise");
  EXPECT_DEATH(Distribution::samples({}), "sample");
  EXPECT_DEATH(Distribution::constant(infinity), "finite");
}

}  // namespace
}  // namespace seatrial::sim
