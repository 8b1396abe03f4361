#include "sim/random/ziggurat.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

const boost::math::exponential exact_exponential;
const boost::math::normal exact_normal;

TEST(Ziggurat, ItsLayersHaveEqualAreasAndCloseAtTheTop) {
  for (const Ziggurat* z : {&exponential_ziggurat, &normal_ziggurat}) {
    const double area = z->edge[0] * z->density[1];
    for (std::size_t i = 1; i < Ziggurat::layers; ++i) {
      EXPECT_NEAR(z->edge[i] * (z->density[i + 1] - z->density[i]), area, 1e-13) << i;
    }
  }
}

TEST(Ziggurat, TheBaseLayerHasTheAreaOfItsRectangleAndTail) {
  const Ziggurat& e = exponential_ziggurat;
  const double exponential_tail = std::exp(-e.edge[1]);
  EXPECT_NEAR(e.edge[0] * e.density[1], e.edge[1] * e.density[1] + exponential_tail, 1e-15);

  const Ziggurat& n = normal_ziggurat;
  const double normal_tail =
      std::sqrt(2 * std::acos(-1.0)) * cdf(complement(exact_normal, n.edge[1]));
  EXPECT_NEAR(n.edge[0] * n.density[1], n.edge[1] * n.density[1] + normal_tail, 1e-15);
}

TEST(Ziggurat, ExponentialFollowsItsDistribution) {
  Stream stream = test_stream();
  const auto sample = draws(1'000'000, [&] { return standard_exponential(stream); });

  const auto exact = [](double x) { return cdf(exact_exponential, x); };
  EXPECT_LT(kolmogorov_distance(sample, exact), kolmogorov_limit);
}

TEST(Ziggurat, NormalFollowsItsDistribution) {
  Stream stream = test_stream();
  const auto sample = draws(1'000'000, [&] { return standard_normal(stream); });

  const auto exact = [](double x) { return cdf(exact_normal, x); };
  EXPECT_LT(kolmogorov_distance(sample, exact), kolmogorov_limit);
}

// A distance of distribution functions is blind to the far tail; what lies beyond the ziggurat's
// last edge is tested by itself.
TEST(Ziggurat, TailsFollowTheirDistributionToo) {
  std::vector<double> exponential_tail;
  std::vector<double> normal_tail;
  Stream stream = test_stream(1);
  const double edge = exponential_ziggurat.edge[1];
  const double normal_edge = normal_ziggurat.edge[1];
  constexpr int count = 10'000'000;
  for (int i = 0; i < count; ++i) {
    const double e = standard_exponential(stream);
    if (e > edge) exponential_tail.push_back(e);
    const double n = standard_normal(stream);
    if (std::abs(n) > normal_edge) normal_tail.push_back(std::abs(n));
  }

  const double beyond_e = cdf(complement(exact_exponential, edge));
  const double beyond_n = cdf(complement(exact_normal, normal_edge));
  // Five standard deviations of a count: 6e-7.
  EXPECT_NEAR(static_cast<double>(exponential_tail.size()), count * beyond_e,
              5 * std::sqrt(count * beyond_e));
  EXPECT_NEAR(static_cast<double>(normal_tail.size()), count * 2 * beyond_n,
              5 * std::sqrt(count * 2 * beyond_n));
  EXPECT_LT(kolmogorov_distance(exponential_tail, [&](double x) { return 1 - std::exp(edge - x); }),
            kolmogorov_limit);
  EXPECT_LT(
      kolmogorov_distance(
          normal_tail, [&](double x) { return 1 - cdf(complement(exact_normal, x)) / beyond_n; }),
      kolmogorov_limit);
}

}  // namespace
}  // namespace seatrial::sim
