#include <gtest/gtest.h>

#include "analysis/run_summary.hpp"

namespace seatrial::analysis {
namespace {

// A counter that merge() forgets would silently lack in every report over several replications.
TEST(Counts, MergeAddsEveryCounter) {
  Counts one;
  auto* const words = reinterpret_cast<std::uint64_t*>(&one);
  constexpr std::size_t size = sizeof(Counts) / sizeof(std::uint64_t);
  for (std::size_t i = 0; i < size; ++i) words[i] = i + 1;

  Counts sum = one;
  sum.merge(one);

  const auto* const sums = reinterpret_cast<const std::uint64_t*>(&sum);
  for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(sums[i], 2 * (i + 1)) << "word " << i;
}

}  // namespace
}  // namespace seatrial::analysis
