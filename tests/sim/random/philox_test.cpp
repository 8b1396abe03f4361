#include "sim/random/philox.hpp"

#include <gtest/gtest.h>

namespace seatrial::sim {
namespace {

// Source: the known-answer vectors published with Random123 (kat_vectors, philox2x64, 10 rounds).
TEST(Philox, GivesThePublishedAnswers) {
  constexpr std::uint64_t ones = ~std::uint64_t{0};

  EXPECT_EQ(philox2x64(0, 0, 0), (Block{0xca00a0459843d731, 0x66c24222c9a845b5}));
  EXPECT_EQ(philox2x64(ones, ones, ones), (Block{0x65b021d60cd8310f, 0x4d02f3222f86df20}));
  EXPECT_EQ(philox2x64(0xa4093822299f31d0, 0x243f6a8885a308d3, 0x13198a2e03707344),
            (Block{0x0a5e742c2997341c, 0xb0f883d38000de5d}));
}

TEST(Philox, IsTheSameWhileCompilingAndWhileRunning) {
  constexpr Block compiled = philox2x64(1, 2, 3);
  volatile std::uint64_t key = 1;

  EXPECT_EQ(philox2x64(key, 2, 3), compiled);
}

}  // namespace
}  // namespace seatrial::sim
