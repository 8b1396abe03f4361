// The laws of the token that travels: a partial order and its least upper bound.
#include "models/store/session_token.hpp"

#include <gtest/gtest.h>

#include "sim/random/stream.hpp"

namespace seatrial::models {
namespace {

class Tokens {
 public:
  explicit Tokens(std::uint64_t seed) : random_{seed, 0} {}

  SessionToken next() {
    SessionToken token;
    token.epoch = static_cast<std::uint32_t>(draws_.below(3));
    token.lsn = draws_.below(3);
    for (std::uint32_t& lsn : token.further) {
      lsn = static_cast<std::uint32_t>(draws_.below(3) / 2);
    }
    return token;
  }

 private:
  sim::RandomSource random_;
  sim::Stream draws_ = sim::Stream::sequence(random_.key(sim::Purpose{"test/tokens"}), 0);
};

TEST(SessionToken, MergesToTheLeastUpperBound) {
  Tokens tokens{11};

  for (int i = 0; i < 20'000; ++i) {
    const SessionToken a = tokens.next();
    const SessionToken b = tokens.next();
    const SessionToken c = tokens.next();
    const SessionToken both = merge(a, b);

    ASSERT_EQ(both, merge(b, a));
    ASSERT_EQ(merge(both, c), merge(a, merge(b, c)));
    ASSERT_EQ(merge(a, a), a);
    ASSERT_TRUE(a <= both && b <= both);
    ASSERT_EQ(a <= c && b <= c, both <= c);
    ASSERT_EQ(a <= b, both == b);
  }
}

TEST(SessionToken, IsOrderedByEpochThenLsnWithOneWriteRegion) {
  const SessionToken old_epoch{1, 9};
  const SessionToken new_epoch{2, 3};

  EXPECT_LT(old_epoch, new_epoch);
  EXPECT_EQ(merge(old_epoch, new_epoch), new_epoch);
  EXPECT_LT((SessionToken{1, 8}), old_epoch);
  EXPECT_TRUE(SessionToken{}.is_none());
}

TEST(SessionToken, OfTwoWriteRegionsMayBeNeitherAboveNorBelow) {
  SessionToken here{1, 4};
  here.further[0] = 1;
  SessionToken there{1, 2};
  there.further[0] = 7;

  EXPECT_FALSE(here <= there);
  EXPECT_FALSE(there <= here);
  EXPECT_EQ(merge(here, there).lsn, 4u);
  EXPECT_EQ(merge(here, there).further[0], 7u);
  SessionToken only_there{1, 0};
  only_there.further[1] = 1;
  EXPECT_FALSE(only_there.is_none());
}

}  // namespace
}  // namespace seatrial::models
