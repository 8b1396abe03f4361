#include "sim/random/zipf.hpp"

#include <gtest/gtest.h>

#include <boost/math/special_functions/zeta.hpp>
#include <cmath>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

double sum_by_hand(std::uint64_t items, double exponent) {
  long double sum = 0;
  for (std::uint64_t k = items; k >= 1; --k) {
    sum += std::pow(static_cast<long double>(k), static_cast<long double>(-exponent));
  }
  return static_cast<double>(sum);
}

TEST(Zipf, SharesAreThePowersOverTheirSum) {
  for (const double exponent : {0.0, 0.3, 0.99, 1.0, 1.0 + 1e-12, 1.2, 2.0, 7.0}) {
    for (const std::uint64_t items : {1, 2, 10, 256, 257, 1000, 100'000}) {
      const Zipf zipf{items, exponent};
      const double sum = sum_by_hand(items, exponent);

      EXPECT_NEAR(zipf.share(0) * sum, 1, 1e-12) << exponent << " " << items;
      const double last = std::pow(static_cast<double>(items), -exponent) / sum;
      EXPECT_NEAR(zipf.share(items - 1) / last, 1, 1e-12) << exponent << " " << items;
    }
  }
}

TEST(Zipf, WithManyItemsApproachesTheZetaDistribution) {
  // The rest of zeta(2) behind 2^40 terms is 2^-40.
  const Zipf zipf{std::uint64_t{1} << 40, 2};

  EXPECT_NEAR(1 / zipf.share(0), boost::math::zeta(2.0) - 0x1p-40, 1e-13);
}

void expect_fit(std::uint64_t items, double exponent) {
  const Zipf zipf{items, exponent};
  Stream stream = test_stream(items);
  std::vector<std::uint64_t> counts(items);
  std::vector<double> share(items);
  for (int i = 0; i < 400'000; ++i) ++counts.at(zipf.sample(stream));
  for (std::uint64_t rank = 0; rank < items; ++rank) share[rank] = zipf.share(rank);

  EXPECT_GT(chi_square_p_value(counts, share), improbable) << items << " " << exponent;
}

TEST(Zipf, SamplesHaveThoseShares) {
  for (const double exponent : {0.0, 0.3, 0.99, 1.0, 1.0 + 1e-12, 1.2, 2.0, 7.0}) {
    expect_fit(2, exponent);
    expect_fit(10, exponent);
    expect_fit(1000, exponent);
  }
}

TEST(Zipf, SamplesOfMillionsOfItemsFillTheirDecades) {
  const Zipf zipf{10'000'000, 0.99};
  Stream stream = test_stream();
  const auto decade = [](std::uint64_t position) {
    return static_cast<std::size_t>(std::log10(static_cast<double>(position)));
  };
  std::vector<std::uint64_t> counts(8);
  std::vector<double> share(8);
  for (int i = 0; i < 400'000; ++i) ++counts[decade(zipf.sample(stream) + 1)];
  for (std::uint64_t rank = 0; rank < zipf.items(); ++rank) {
    share[decade(rank + 1)] += zipf.share(rank);
  }

  EXPECT_GT(chi_square_p_value(counts, share), improbable);
}

TEST(Zipf, OneItemIsAlwaysTaken) {
  Stream stream = test_stream();
  for (const double exponent : {0.0, 1.0, 3.0}) {
    const Zipf zipf{1, exponent};
    for (int i = 0; i < 100; ++i) EXPECT_EQ(zipf.sample(stream), 0u);
  }
}

TEST(Zipf, FirstSamplesStayWhatTheyAre) {
  const Zipf zipf{1'000'000, 0.99};
  Stream stream = test_stream();
  std::vector<std::uint64_t> first;
  for (int i = 0; i < 8; ++i) first.push_back(zipf.sample(stream));

  EXPECT_EQ(first, (std::vector<std::uint64_t>{1663, 76, 1, 49257, 10457, 385648, 35027, 41988}));
}

}  // namespace
}  // namespace seatrial::sim
