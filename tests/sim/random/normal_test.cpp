#include "sim/random/normal.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/normal.hpp>
#include <cmath>
#include <limits>

namespace seatrial::sim {
namespace {

TEST(Normal, DistributionFunctionAgreesWithBoost) {
  const boost::math::normal exact;
  for (double z = -37; z < 10; z += 0.01) {
    EXPECT_NEAR(normal_cdf(z) / cdf(exact, z), 1, 1e-12) << z;
  }
}

TEST(Normal, QuantileAgreesWithBoost) {
  const boost::math::normal exact;
  for (double exponent = -290; exponent < 0; exponent += 0.5) {
    const double p = std::pow(10, exponent);
    EXPECT_NEAR(normal_quantile(p) / quantile(exact, p), 1, 1e-13) << p;
  }
  for (double p = 0.001; p < 1; p += 0.001) {
    EXPECT_NEAR(normal_quantile(p), quantile(exact, p), 2e-14) << p;
  }
}

TEST(Normal, IsSymmetricAndEndsInInfinity) {
  EXPECT_EQ(normal_cdf(0), 0.5);
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_EQ(normal_quantile(0.25), -normal_quantile(0.75));
  EXPECT_EQ(normal_quantile(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(normal_quantile(1), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace seatrial::sim
