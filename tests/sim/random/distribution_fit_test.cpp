// Every distribution against Boost.Math: the function, the quantiles and a million samples.
#include <gtest/gtest.h>

#include <bit>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/pareto.hpp>
#include <boost/math/distributions/uniform.hpp>

#include "sim/random/distribution.hpp"
#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

const double lognormal_sigma = std::log(4.5) / quantile(boost::math::normal{}, 0.99);

template <class Exact>
void expect_exact(const Distribution& distribution, const Exact& exact) {
  EXPECT_NEAR(distribution.mean() / mean(exact), 1, 1e-12);
  for (double p = 0.001; p < 1; p += 0.001) {
    const double x = quantile(exact, p);
    EXPECT_NEAR(distribution.quantile(p), x, 1e-11 * std::max(1.0, std::abs(x))) << p;
    EXPECT_NEAR(distribution.cdf(x), p, 1e-12) << p;
  }
}

template <class Exact>
void expect_samples(const Distribution& distribution, const Exact& exact) {
  Stream stream = test_stream(1);
  const auto sample = draws(1'000'000, [&] { return distribution.sample(stream); });
  EXPECT_LT(kolmogorov_distance(sample, [&](double x) { return cdf(exact, x); }), kolmogorov_limit);
}

template <class Exact>
void expect_fit(const Distribution& distribution, const Exact& exact) {
  expect_exact(distribution, exact);
  expect_samples(distribution, exact);
}

TEST(DistributionFit, UniformIsBoosts) {
  expect_fit(Distribution::uniform(-1, 3), boost::math::uniform{-1, 3});
}

TEST(DistributionFit, ExponentialIsBoosts) {
  expect_fit(Distribution::exponential(4), boost::math::exponential{0.25});
}

TEST(DistributionFit, NormalIsBoosts) {
  expect_fit(Distribution::normal(3, 2), boost::math::normal{3, 2});
}

TEST(DistributionFit, LognormalIsBoosts) {
  expect_fit(Distribution::lognormal(2, 9), boost::math::lognormal{std::log(2), lognormal_sigma});
}

TEST(DistributionFit, ParetoIsBoosts) {
  expect_fit(Distribution::pareto(2, 1.5), boost::math::pareto{2, 1.5});
}

TEST(DistributionFit, GeometricIsBoostsWithTheSuccessCounted) {
  const Distribution geometric = Distribution::geometric(5);
  const boost::math::geometric exact{0.2};  // counts the failures alone
  EXPECT_EQ(geometric.cdf(0.99), 0);
  for (int trials = 1; trials < 100; ++trials) {
    EXPECT_NEAR(geometric.cdf(trials), cdf(exact, trials - 1), 1e-14);
    EXPECT_EQ(geometric.quantile(cdf(exact, trials - 1) - 1e-12), trials);
  }

  Stream stream = test_stream(1);
  std::vector<std::uint64_t> counts(200);
  std::vector<double> share(200);
  for (int i = 0; i < 1'000'000; ++i)
    ++counts.at(static_cast<std::size_t>(geometric.sample(stream)));
  for (std::size_t i = 1; i < share.size(); ++i) share[i] = pdf(exact, static_cast<double>(i - 1));
  EXPECT_GT(chi_square_p_value(counts, share), improbable);
}

TEST(DistributionFit, ListsAndMixturesFollowTheirOwnFunction) {
  const std::vector<Distribution> continuous{
      Distribution::percentiles({{0, 1}, {0.5, 2}, {0.99, 10}, {1, 20}}),
      Distribution::mixture({{3, Distribution::normal(10, 1)}, {1, Distribution::exponential(1)}}),
      Distribution::lognormal(2, 9).scaled(1e6).shifted(-3)};
  for (const Distribution& distribution : continuous) {
    Stream stream = test_stream(2);
    const auto sample = draws(1'000'000, [&] { return distribution.sample(stream); });
    EXPECT_LT(kolmogorov_distance(sample, [&](double x) { return distribution.cdf(x); }),
              kolmogorov_limit);
  }

  const std::vector<Distribution> stepwise{Distribution::samples({1, 2, 2, 4}),
                                           Distribution::discrete({{1, 1}, {5, 2}, {0.5, 4}})};
  for (const Distribution& distribution : stepwise) {
    Stream stream = test_stream(2);
    std::vector<std::uint64_t> counts(5);
    std::vector<double> share(5);
    for (int i = 0; i < 1'000'000; ++i)
      ++counts.at(static_cast<std::size_t>(distribution.sample(stream)));
    for (int i = 1; i < 5; ++i) share[i] = distribution.cdf(i) - distribution.cdf(i - 1);
    EXPECT_GT(chi_square_p_value({counts[1], counts[2], counts[4]}, {share[1], share[2], share[4]}),
              improbable);
    EXPECT_EQ(counts[0] + counts[3], 0u);
  }
}

}  // namespace
}  // namespace seatrial::sim
