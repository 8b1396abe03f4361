#include "sim/random/math.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/ulp.hpp>
#include <cmath>
#include <limits>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
static_assert(std::numeric_limits<long double>::digits >= 64, "the oracle needs its extra bits");

// The distance in units of the last place of the true value.
double ulps(double got, long double truth) {
  const double rounded = static_cast<double>(truth);
  const double ulp = boost::math::ulp(rounded);
  return std::abs(static_cast<double>((static_cast<long double>(got) - truth) / ulp));
}

struct Worst {
  double ulps = 0;
  double at = 0;
  void see(double error, double x) {
    if (error > ulps) *this = {error, x};
  }
};

TEST(Math, ExpIsWithinAlmostHalfAUnitOfTheLastPlace) {
  Worst worst;
  Stream stream = test_stream();
  for (int i = 0; i < 300'000; ++i) {
    const double range = i % 2 == 0 ? 708 : 1;
    const double x = (2 * stream.uniform() - 1) * range;
    worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x);
  }

  EXPECT_LT(worst.ulps, 0.52) << "at " << worst.at;
}

TEST(Math, ExpGoesSmoothlyIntoSubnormalNumbers) {
  Worst worst;
  for (double x = -745; x < -708; x += 0.001) {
    worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x);
  }

  EXPECT_LT(worst.ulps, 1.1) << "at " << worst.at;
}

TEST(Math, LogIsWithinAlmostHalfAUnitOfTheLastPlace) {
  Worst worst;
  Stream stream = test_stream();
  for (int i = 0; i < 300'000; ++i) {
    const double wide = std::ldexp(stream.uniform(), static_cast<int>(stream.below(2040)) - 1060);
    const double close_to_one = 1 + (stream.uniform() - 0.5) * std::ldexp(1, -(i % 50));
    for (const double x : {wide, close_to_one}) {
      worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
    }
  }

  EXPECT_LT(worst.ulps, 0.52) << "at " << worst.at;
}

TEST(Math, LogIsContinuousOverTheCellsOfItsTable) {
  Worst worst;
  for (int i = 0; i <= 256; ++i) {
    const double edge = 0.6875 + i * 0.6875 / 256;
    for (const double x : {std::nextafter(edge, 0.0), edge, std::nextafter(edge, 2.0)}) {
      worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
    }
  }

  EXPECT_LT(worst.ulps, 0.52) << "at " << worst.at;
}

TEST(Math, PowIsWithinAlmostHalfAUnitOfTheLastPlace) {
  Worst worst;
  Stream stream = test_stream();
  for (int i = 0; i < 300'000; ++i) {
    const double range = i % 2 == 0 ? 1000 : 0.1;
    const double x = std::exp((stream.uniform() - 0.5) * range);
    const double y = (stream.uniform() - 0.5) * 1300 / std::max(0.01, std::abs(std::log(x)));
    const long double truth = std::pow(static_cast<long double>(x), static_cast<long double>(y));
    worst.see(ulps(pow(x, y), truth), x);
  }

  EXPECT_LT(worst.ulps, 0.53) << "at " << worst.at;
}

TEST(Math, SmallArgumentsKeepTheirBits) {
  Worst plus;
  Worst minus;
  Stream stream = test_stream();
  for (int i = 0; i < 300'000; ++i) {
    const double x = (2 * stream.uniform() - 1) * std::ldexp(0.99, -(i % 60));
    plus.see(ulps(log_one_plus(x), std::log1p(static_cast<long double>(x))), x);
    minus.see(ulps(exp_minus_one(3 * x), std::expm1(static_cast<long double>(3 * x))), x);
  }

  EXPECT_LT(plus.ulps, 1.5) << "at " << plus.at;
  EXPECT_LT(minus.ulps, 2.5) << "at " << minus.at;
}

TEST(Math, TheEndsAreAsOneExpects) {
  EXPECT_EQ(exp(0), 1);
  EXPECT_EQ(exp(710), infinity);
  EXPECT_EQ(exp(infinity), infinity);
  EXPECT_EQ(exp(-746), 0);
  EXPECT_EQ(exp(-infinity), 0);
  EXPECT_EQ(exp(-745.13), std::numeric_limits<double>::denorm_min());

  EXPECT_EQ(log(1), 0);
  EXPECT_EQ(log(0), -infinity);
  EXPECT_EQ(log(infinity), infinity);
  EXPECT_TRUE(std::isnan(log(-1)));
  EXPECT_TRUE(std::isnan(log(std::numeric_limits<double>::quiet_NaN())));

  EXPECT_EQ(pow(0, 2), 0);
  EXPECT_EQ(pow(0, -2), infinity);
  EXPECT_EQ(pow(5, 0), 1);
  EXPECT_EQ(pow(1, 1e300), 1);
  EXPECT_EQ(pow(2, 2000), infinity);
  EXPECT_EQ(pow(2, -2000), 0);
  EXPECT_EQ(pow(infinity, 1), infinity);
  EXPECT_EQ(pow(infinity, -1), 0);
  EXPECT_TRUE(std::isnan(pow(-2, 2)));
}

TEST(Math, PowersOfWholeNumbersAreExact) {
  EXPECT_EQ(pow(2, 10), 1024);
  EXPECT_EQ(pow(3, 20), 3486784401.0);
  EXPECT_EQ(pow(10, -1), 0.1);
  EXPECT_EQ(pow(144, 0.5), 12);
}

}  // namespace
}  // namespace seatrial::sim
