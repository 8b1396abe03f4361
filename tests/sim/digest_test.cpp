#include "sim/digest.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <set>
#include <vector>

namespace seatrial::sim {
namespace {

Hash128 digest_of(const std::vector<std::uint64_t>& words) {
  Digest digest;
  for (const std::uint64_t word : words) digest.add(word);
  return digest.value();
}

TEST(Digest, ValuesStayWhatTheyAre) {
  EXPECT_EQ(digest_of({}).hex(), "7eadb9f563a59b1a2980f7175e0bf63e");
  EXPECT_EQ(digest_of({0}).hex(), "64a7dae7c307dbc1f4e011a3861df2e7");
  EXPECT_EQ(digest_of({1, 2, 3}).hex(), "b72ab455e17c86318d5e1fe1dab852aa");
}

TEST(Digest, HexShowsTheHighWordFirstWithItsZeros) {
  EXPECT_EQ((Hash128{0x1, 0xabcdef}).hex(), "00000000000000010000000000abcdef");
}

TEST(Digest, DependsOnOrderAndLength) {
  EXPECT_NE(digest_of({1, 2}), digest_of({2, 1}));
  EXPECT_NE(digest_of({}), digest_of({0}));
  EXPECT_NE(digest_of({0}), digest_of({0, 0}));
  EXPECT_NE(digest_of({5, 0}), digest_of({0, 5}));
}

TEST(Digest, MayBeReadOnTheWay) {
  Digest read;
  read.add(1);
  (void)read.value();
  read.add(2);

  EXPECT_EQ(read.value(), digest_of({1, 2}));
}

TEST(Digest, EveryInputBitChangesHalfOfTheOutputBits) {
  // Each of 64 * 4 flips: 64 +- 5.66 of 128 bits; the mean over all of them is 64 +- 0.36.
  const std::vector<std::uint64_t> words{0, 7, 1'000'000'007, 0};
  const Hash128 before = digest_of(words);
  double sum = 0;
  for (std::size_t at = 0; at < words.size(); ++at) {
    for (int bit = 0; bit < 64; ++bit) {
      auto flipped = words;
      flipped[at] ^= std::uint64_t{1} << bit;
      const Hash128 after = digest_of(flipped);
      const int changed =
          std::popcount(before.high ^ after.high) + std::popcount(before.low ^ after.low);
      EXPECT_GT(changed, 64 - 32) << at << " " << bit;
      EXPECT_LT(changed, 64 + 32) << at << " " << bit;
      sum += changed;
    }
  }

  EXPECT_NEAR(sum / 256, 64, 5 * 0.36);
}

TEST(Digest, SmallChangesInNeighbouringWordsDoNotCancel) {
  std::set<Hash128> seen;
  std::set<std::uint64_t> low;
  for (std::uint64_t a = 0; a < 300; ++a) {
    for (std::uint64_t b = 0; b < 300; ++b) {
      const Hash128 hash = digest_of({a << (a % 5 * 12), b});
      seen.insert(hash);
      low.insert(hash.low);
    }
  }

  std::set<std::uint64_t> distinct;
  for (std::uint64_t a = 0; a < 300; ++a) distinct.insert(a << (a % 5 * 12));
  EXPECT_EQ(seen.size(), distinct.size() * 300);
  EXPECT_EQ(low.size(), seen.size());
}

TEST(CommutativeDigest, DependsOnWhatWasAddedAndHowOftenNeverOnTheOrder) {
  CommutativeDigest forward;
  CommutativeDigest backward;
  CommutativeDigest twice;
  for (std::uint64_t i = 0; i < 1000; ++i) forward.add(i);
  for (std::uint64_t i = 1000; i > 0; --i) backward.add(i - 1);
  twice.add(forward);
  twice.add(std::uint64_t{5});

  EXPECT_EQ(forward, backward);
  EXPECT_NE(forward, twice);
}

TEST(CommutativeDigest, MergesAsIfAddedToOne) {
  CommutativeDigest all;
  CommutativeDigest even;
  CommutativeDigest odd;
  for (std::uint64_t i = 0; i < 100; ++i) {
    all.add(i);
    (i % 2 == 0 ? even : odd).add(i);
  }
  odd.add(even);

  EXPECT_EQ(odd, all);
}

TEST(CommutativeDigest, CarriesIntoTheHighWord) {
  CommutativeDigest digest;
  digest.add(Hash128{1, ~std::uint64_t{0}});
  digest.add(Hash128{2, 1});

  EXPECT_EQ(digest.value(), (Hash128{4, 0}));
}

}  // namespace
}  // namespace seatrial::sim
