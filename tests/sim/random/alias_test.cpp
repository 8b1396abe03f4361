#include "sim/random/alias.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

void expect_shares(const std::vector<double>& weights) {
  const Alias alias{weights};
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    EXPECT_NEAR(alias.share(i), weights[i] / sum, 1e-14) << i;
  }
}

TEST(Alias, SharesAreTheWeightsOverTheirSum) {
  expect_shares({1});
  expect_shares({1, 1, 1});
  expect_shares({0.1, 0.2, 0.7});
  expect_shares({1e-9, 1, 1e9});
  std::vector<double> many(1000);
  Stream stream = test_stream();
  for (double& weight : many) weight = stream.uniform() * stream.uniform();
  expect_shares(many);
}

TEST(Alias, SamplesHaveThoseShares) {
  const std::vector<double> weights{5, 1, 0, 3, 0.25};
  const Alias alias{weights};
  Stream stream = test_stream();
  std::vector<std::uint64_t> counts(weights.size());
  for (int i = 0; i < 1'000'000; ++i) ++counts[alias.sample(stream)];

  std::vector<double> share;
  for (const double weight : weights) share.push_back(weight / 9.25);
  EXPECT_GT(chi_square_p_value(counts, share), improbable);
}

TEST(Alias, AWeightOfZeroIsNeverTaken) {
  for (std::size_t size = 2; size < 60; ++size) {
    std::vector<double> weights(size, 0.1);
    weights[size / 2] = 0;
    EXPECT_EQ(Alias{weights}.share(size / 2), 0) << size;
  }
}

TEST(Alias, FirstSamplesStayWhatTheyAre) {
  const Alias alias{std::vector<double>{5, 1, 0, 3, 0.25}};
  Stream stream = test_stream();
  std::vector<std::size_t> first;
  for (int i = 0; i < 12; ++i) first.push_back(alias.sample(stream));

  EXPECT_EQ(first, (std::vector<std::size_t>{0, 3, 3, 1, 0, 0, 1, 1, 0, 0, 0, 3}));
}

TEST(AliasDeathTest, RefusesWhatIsNoChoice) {
  EXPECT_DEATH(Alias(std::vector<double>{}), "positive sum");
  EXPECT_DEATH(Alias(std::vector<double>{0, 0}), "positive sum");
  EXPECT_DEATH(Alias(std::vector<double>{1, -1}), "not negative");
}

}  // namespace
}  // namespace seatrial::sim
