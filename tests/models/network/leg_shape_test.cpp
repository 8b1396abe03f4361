#include "models/network/leg_shape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace seatrial::models {
namespace {

constexpr Duration round_trip = Duration::milliseconds(100);

// A leg's excess in shares of the round trip, `slower` of the legs being slower.
double excess_at(double slower) {
  const auto word = static_cast<std::uint64_t>(std::ldexp(slower, 64));
  return LegShape::published().excess(round_trip, word).s() / round_trip.s();
}

struct Atom {
  double excess;
  double share;
};

// The distribution of one leg as narrow strata of equal share, narrower in the tail; ascending.
std::vector<Atom> strata() {
  std::vector<Atom> atoms;
  const auto add = [&](double high, double low, int parts) {
    const double share = (high - low) / parts;
    for (int i = 0; i < parts; ++i) {
      atoms.push_back({excess_at(high - (i + 0.5) * share), share});
    }
  };
  add(1 - 0x1p-40, 0.125, 4000);
  add(0.125, 0.01, 2000);
  add(0.01, 0.001, 1000);
  add(0.001, 1e-4, 500);
  add(1e-4, 1e-6, 500);
  add(1e-6, 0, 1);
  return atoms;
}

// P(the excesses of two independent legs sum to at most `limit`).
double share_up_to(const std::vector<Atom>& leg, double limit) {
  double share = 0;
  double other = 0;  // P(other leg <= limit - this leg), this leg descending
  auto next = leg.begin();
  for (auto atom = leg.rbegin(); atom != leg.rend(); ++atom) {
    while (next != leg.end() && next->excess <= limit - atom->excess) other += (next++)->share;
    share += atom->share * other;
  }
  return share;
}

double round_trip_quantile(const std::vector<Atom>& leg, double p) {
  double low = -1;
  double high = 4;
  for (int i = 0; i < 50; ++i) {
    const double middle = (low + high) / 2;
    (share_up_to(leg, middle) < p ? low : high) = middle;
  }
  return 1 + high;
}

// Medians over the wide-area pairs of the source, of percentile columns over the p50.
std::vector<double> source_ratios() {
  std::ifstream file{std::string{SEATRIAL_SOURCE_DIR} + "/data/ec2-rtt-percentiles-2013.csv"};
  std::vector<std::vector<double>> columns(6);
  for (std::string line; std::getline(file, line);) {
    const bool within_a_region = line.find('-') != std::string::npos;
    if (line.starts_with('#') || line.starts_with("from,") || within_a_region) continue;
    std::stringstream cells{line};
    std::vector<double> numbers;
    std::string cell;
    for (int column = 0; std::getline(cells, cell, ','); ++column) {
      if (column >= 3) numbers.push_back(std::stod(cell));
    }
    for (std::size_t i = 0; i < 6; ++i) columns[i].push_back(numbers.at(i + 1) / numbers.at(0));
  }
  std::vector<double> medians;
  for (auto& column : columns) {
    EXPECT_EQ(column.size(), 56u);
    std::sort(column.begin(), column.end());
    medians.push_back((column.at(27) + column.at(28)) / 2);
  }
  return medians;
}

TEST(LegShape, HasTheExcessOfTheSourceAtHalfItsProbability) {
  const std::vector<double> ratios = source_ratios();

  const double slower[] = {0.25, 0.05, 0.01, 1e-3, 1e-4, 1e-5};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_NEAR(excess_at(slower[i] / 2), ratios.at(i) - 1, 0.01) << "at " << slower[i] / 2;
  }
}

TEST(LegShape, KeepsThePublishedRoundTripAndItsTailsInTheSumOfTwoLegs) {
  const std::vector<Atom> leg = strata();
  const std::vector<double> ratios = source_ratios();

  const double p50 = round_trip_quantile(leg, 0.5);
  const double p99 = round_trip_quantile(leg, 0.99);
  const double p999 = round_trip_quantile(leg, 0.999);

  std::printf(
      "two legs: p50 %.4f (law 1 +-1 %%), p99/p50 %.4f (source %.4f), "
      "p99.9/p50 %.4f (source %.4f)\n",
      p50, p99 / p50, ratios.at(2), p999 / p50, ratios.at(3));
  EXPECT_NEAR(p50, 1, 0.001);
  EXPECT_NEAR(p99 / p50 / ratios.at(2), 1, 0.05);
  EXPECT_NEAR(p999 / p50 / ratios.at(3), 1, 0.05);
}

TEST(LegShape, GrowsWithoutJumpsFromTheFastestToTheSlowestLeg) {
  double before = excess_at(1 - 0x1p-40);
  EXPECT_NEAR(before, -0.0274, 0.0001);
  for (double slower = 0.999; slower > 1e-7; slower *= 0.999) {
    const double now = excess_at(slower);
    EXPECT_GE(now, before) << "at " << slower;
    EXPECT_LE(now - before, 0.001) << "at " << slower;
    before = now;
  }
  EXPECT_EQ(LegShape::published().excess(round_trip, 0),
            LegShape::published().excess(round_trip, 1));
}

TEST(LegShape, DoesNothingToALinkWithoutDelay) {
  EXPECT_EQ(LegShape::published().excess(Duration{}, 12345), Duration{});
}

}  // namespace
}  // namespace seatrial::models
