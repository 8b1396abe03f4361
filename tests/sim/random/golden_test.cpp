// The exact bits of the first draws: equal under every compiler, optimisation and instruction set.
// Changing one changes every result anyone has pinned; do it knowingly.
#include <gtest/gtest.h>

#include <bit>

#include "sim/random/distribution.hpp"
#include "sim/random/math.hpp"
#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

struct Golden {
  const char* name;
  Distribution distribution;
  double first[3];
  std::uint64_t bits_of_thousand;  // a rotating exclusive or over the next thousand samples
};

const Golden goldens[] = {
    {"uniform",
     Distribution::uniform(1, 3),
     {0x1.ec72f77fd338fp+0, 0x1.2c6e506a0638ep+1, 0x1.690005dfbc318p+1},
     0xb9e020287b971501},
    {"exponential",
     Distribution::exponential(2),
     {0x1.5f48abc5b05b2p+1, 0x1.68bf525180073p+0, 0x1.19631f1b7f33bp+1},
     0x503fa01aae9e0b5f},
    {"normal",
     Distribution::normal(1, 2),
     {0x1.7d99fe3c91104p+1, -0x1.21486d110f4fep-1, 0x1.a70fc4a630fbcp+1},
     0xbd2f4dbff1f5ef36},
    {"lognormal",
     Distribution::lognormal(2, 9),
     {0x1.e5bbc92b42bd4p+1, 0x1.34b5fa6d551c7p+0, 0x1.0dad2258c4b9p+2},
     0xb4be46d31ba796e5},
    {"pareto",
     Distribution::pareto(1, 2.5),
     {0x1.bb37704a6fe69p+0, 0x1.5357ccfc5fdc5p+0, 0x1.8d5c63e6da379p+0},
     0xc170650a8e3c069c},
    {"geometric", Distribution::geometric(5), {0x1.cp+2, 0x1p+2, 0x1.4p+2}, 0x8fd5b005407a25b2},
    {"mixture",
     Distribution::mixture({{1, Distribution::constant(2)}, {3, Distribution::exponential(1)}}),
     {0x1.68bf525180073p-1, 0x1.de4566db20d21p-3, 0x1.1e3be52789145p-3},
     0x60b2b0120a5e12e7},
    {"percentiles",
     Distribution::percentiles({{0, 1}, {0.5, 2}, {0.9, 5}, {1, 20}}),
     {0x1.ec72f77fd338fp+0, 0x1.a69dad8d97556p+1, 0x1.a180dc4611414p+2},
     0x293f5ba482c7a921},
    {"samples",
     Distribution::samples({1, 2, 3, 4, 5, 6}),
     {0x1.8p+1, 0x1.4p+2, 0x1.8p+2},
     0x4e7c1eb9825638a},
    {"discrete",
     Distribution::discrete({{1, 2}, {2, 3}, {4, 1}}),
     {0x1p+1, 0x1.8p+1, 0x1.8p+1},
     0xa565b075326b1ab5},
    {"scaled and shifted",
     Distribution::normal(1, 2).scaled(0.1).shifted(7),
     {0x1.d3147fe96da73p+2, 0x1.bc624b6fc968ap+2, 0x1.d527303b8273p+2},
     0x6ad9b2e9e9dd887d},
};

TEST(Golden, DistributionsGiveTheSameBitsForEver) {
  for (const Golden& golden : goldens) {
    Stream stream = test_stream();
    for (const double expected : golden.first) {
      const double sample = golden.distribution.sample(stream);
      EXPECT_EQ(sample, expected) << golden.name << std::hexfloat << " first " << sample;
    }
    std::uint64_t bits = 0;
    for (int i = 0; i < 1000; ++i) {
      bits = std::rotl(bits, 1) ^ std::bit_cast<std::uint64_t>(golden.distribution.sample(stream));
    }
    EXPECT_EQ(bits, golden.bits_of_thousand) << golden.name << std::hex << " bits 0x" << bits;
  }
}

TEST(Golden, FunctionsGiveTheSameBitsForEver) {
  std::uint64_t bits = 0;
  const auto see = [&](double x) { bits = std::rotl(bits, 1) ^ std::bit_cast<std::uint64_t>(x); };
  Stream stream = test_stream();
  for (int i = 0; i < 10'000; ++i) {
    const double u = stream.uniform();
    see(exp(1400 * (u - 0.5)));
    see(log(u));
    see(log_one_plus(u));
    see(exp_minus_one(u));
    see(pow(u, 30 * u));
  }

  EXPECT_EQ(bits, 0x444d08d266ad7027u) << std::hex << "0x" << bits;
}

}  // namespace
}  // namespace seatrial::sim
