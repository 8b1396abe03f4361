#include "sim/random/stream.hpp"

#include <gtest/gtest.h>

#include <set>
#include <type_traits>

#include "tests/sim/random/goodness_of_fit.hpp"

namespace seatrial::sim {
namespace {

static_assert(std::is_trivially_copyable_v<Stream>);

constexpr RandomSource source{7, 0};
constexpr StreamKey key = source.key(Purpose{"test/stream"});

TEST(Stream, FirstWordsStayWhatTheyAre) {
  EXPECT_EQ(key.value(), 0xe0a90e713aeb9bd9u);
  Stream named{key, 42, 5, 1};
  Stream script = Stream::sequence(key, 42);

  EXPECT_EQ(named.next(), 0x316687647d8951c4u);
  EXPECT_EQ(named.next(), 0x85edce83afaa8da6u);
  EXPECT_EQ(named.next(), 0x6d98f41d572882ecu);
  EXPECT_EQ(script.next(), 0x87a3f78f78e5ef1eu);
  EXPECT_EQ(script.next(), 0x37e2b63787e0798du);
}

TEST(Stream, EqualNamesGiveEqualWords) {
  Stream one{key, 42, 5, 1};
  Stream other{key, 42, 5, 1};

  for (int i = 0; i < 510; ++i) EXPECT_EQ(one.next(), other.next());
}

TEST(Stream, ACopyGoesOnWhereTheOriginalWas) {
  Stream original{key, 1};
  original.next();

  Stream copy = original;

  EXPECT_EQ(copy.next(), original.next());
  EXPECT_EQ(copy.next(), original.next());
}

TEST(Stream, UsesBothWordsOfABlockInOrder) {
  Stream stream{key, 9, 3, 2};
  const Block first = philox2x64(key.value(), 3 << 16 | 2 << 8, 9);
  const Block second = philox2x64(key.value(), 3 << 16 | 2 << 8 | 1, 9);

  EXPECT_EQ(stream.next(), first.first);
  EXPECT_EQ(stream.next(), first.second);
  EXPECT_EQ(stream.next(), second.first);
  EXPECT_EQ(stream.next(), second.second);
}

TEST(Stream, NoTwoNamesAndNoScriptShareAWord) {
  std::set<std::uint64_t> seen;
  std::size_t drawn = 0;
  const auto draw_all = [&](Stream stream, int words) {
    for (int i = 0; i < words; ++i) seen.insert(stream.next());
    drawn += static_cast<std::size_t>(words);
  };

  const std::uint64_t last = Stream::index_limit - 1;
  for (const std::uint32_t replication : {0, 1}) {
    const StreamKey a_key = RandomSource{7, replication}.key(Purpose{"test/stream"});
    for (const std::uint64_t entity : {0, 1}) {
      for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{1}, last}) {
        for (const int attempt : {0, 1, 255}) {
          draw_all(Stream{a_key, entity, index, static_cast<std::uint8_t>(attempt)}, 510);
        }
      }
      draw_all(Stream::sequence(a_key, entity), 5000);
    }
  }

  // Equal words of different blocks: fewer than 1e-10 expected among these.
  EXPECT_EQ(seen.size(), drawn);
}

TEST(Stream, KeysDifferByAnyPartOfTheirName) {
  std::set<std::uint64_t> keys;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (std::uint32_t replication = 0; replication < 100; ++replication) {
      keys.insert(RandomSource{seed, replication}.key(Purpose{"hop"}).value());
      keys.insert(RandomSource{seed, replication}.key(Purpose{"pop"}).value());
    }
  }

  EXPECT_EQ(keys.size(), 20'000u);
}

TEST(Stream, NeighbouringEntitiesAreIndependent) {
  // The first bits of 2^20 streams that differ by one in entity, index or attempt, in pairs.
  std::vector<std::uint64_t> pairs(64);
  for (std::uint64_t entity = 0; entity < 1 << 18; ++entity) {
    const std::uint64_t a = Stream{key, entity, entity % 7}.next() >> 61;
    const std::uint64_t b = Stream{key, entity, entity % 7 + 1}.next() >> 61;
    const std::uint64_t c = Stream{key, entity, entity % 7, 1}.next() >> 61;
    const std::uint64_t d = Stream{key, entity + 1, entity % 7}.next() >> 61;
    ++pairs[a << 3 | b];
    ++pairs[a << 3 | c];
    ++pairs[a << 3 | d];
  }

  EXPECT_GT(chi_square_p_value(pairs, std::vector<double>(64, 1.0 / 64)), improbable);
}

TEST(Stream, UniformFollowsItsDistributionAndStaysInside) {
  Stream stream = test_stream();
  const std::vector<double> sample = draws(1'000'000, [&] { return stream.uniform(); });

  EXPECT_GT(*std::min_element(sample.begin(), sample.end()), 0);
  EXPECT_LT(*std::max_element(sample.begin(), sample.end()), 1);
  EXPECT_LT(kolmogorov_distance(sample, [](double x) { return x; }), kolmogorov_limit);
}

TEST(Stream, BelowIsEvenForAWidthThatDoesNotDivideTheWords) {
  // Of 3 * 2^62, plain multiplication or modulo would take every third number twice as often.
  const std::uint64_t width = std::uint64_t{3} << 62;
  Stream stream = test_stream();
  std::vector<std::uint64_t> thirds(3);
  std::vector<std::uint64_t> remainders(3);
  for (int i = 0; i < 300'000; ++i) {
    const std::uint64_t number = stream.below(width);
    ASSERT_LT(number, width);
    ++thirds[number >> 62];
    ++remainders[number % 3];
  }

  const std::vector<double> third(3, 1.0 / 3);
  EXPECT_GT(chi_square_p_value(thirds, third), improbable);
  EXPECT_GT(chi_square_p_value(remainders, third), improbable);
}

TEST(Stream, BelowOneIsZero) {
  Stream stream = test_stream();

  EXPECT_EQ(stream.below(1), 0u);
}

TEST(StreamDeathTest, RefusesWhatWouldOverlapAnotherStream) {
  Stream stream{key, 1};
  for (int i = 0; i < 510; ++i) stream.next();

  EXPECT_DEATH(stream.next(), "drawn dry");
  EXPECT_DEATH((Stream{key, 1, Stream::index_limit}), "46 bits");
}

}  // namespace
}  // namespace seatrial::sim
