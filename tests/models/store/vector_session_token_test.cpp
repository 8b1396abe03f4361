// The laws of vector session tokens over random histories of one partition's topology, and where
// the published rule ends to keep them.
#include "models/store/vector_session_token.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "models/store/token_text.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {
namespace {

constexpr std::array rules{TokenRule::newest, TokenRule::older};

VectorSessionToken token(std::string_view text) {
  const auto read = parse_token(text);
  EXPECT_TRUE(std::holds_alternative<VectorSessionToken>(read)) << text;
  return std::get<VectorSessionToken>(read);
}

std::string shown(const std::optional<VectorSessionToken>& merged) {
  return merged ? to_text(*merged) : "none";
}

// Which regions a partition has in each version: added and removed, never added again.
class Topology {
 public:
  static constexpr std::int64_t versions = 4;

  explicit Topology(sim::Stream& draws) {
    for (Life& life : lives_) {
      life.from = static_cast<std::int64_t>(draws.below(versions));
      life.to = life.from + static_cast<std::int64_t>(draws.below(versions + 1));
    }
  }

  // Of any version, with small numbers so that equal ones are met often.
  VectorSessionToken draw(sim::Stream& draws) const {
    VectorSessionToken drawn;
    drawn.version = static_cast<std::int64_t>(draws.below(versions));
    drawn.global_lsn = static_cast<std::int64_t>(draws.below(4));
    for (std::uint32_t r = 0; r != lives_.size(); ++r) {
      if (drawn.version < lives_[r].from || drawn.version > lives_[r].to) continue;
      const auto lsn = static_cast<std::int64_t>(draws.below(4));
      drawn.regions.push_back({r, lsn});
    }
    return drawn;
  }

 private:
  struct Life {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };
  std::array<Life, 4> lives_;
};

// A rule's check on three tokens of one partition, for many partitions.
template <class Check>
void for_each_triple(std::uint64_t seed, Check check) {
  const sim::RandomSource random{seed, 0};
  for (std::uint64_t i = 0; i != 20'000; ++i) {
    sim::Stream draws{sim::Stream::sequence(random.key(sim::Purpose{"tokens"}), i)};
    const Topology topology{draws};
    const VectorSessionToken a = topology.draw(draws);
    const VectorSessionToken b = topology.draw(draws);
    const VectorSessionToken c = topology.draw(draws);
    SCOPED_TRACE("seed " + std::to_string(seed) + ", triple " + std::to_string(i) + ": " +
                 to_text(a) + "  " + to_text(b) + "  " + to_text(c));
    for (const TokenRule rule : rules) check(a, b, c, rule);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(VectorSessionToken, MergesCommutatively) {
  for_each_triple(1, [](const auto& a, const auto& b, const auto&, TokenRule rule) {
    EXPECT_EQ(shown(merge(a, b, rule)), shown(merge(b, a, rule)));
  });
}

TEST(VectorSessionToken, MergesIdempotently) {
  for_each_triple(2, [](const auto& a, const auto& b, const auto&, TokenRule rule) {
    EXPECT_EQ(shown(merge(a, a, rule)), to_text(a));
    const auto merged = merge(a, b, rule);
    ASSERT_TRUE(merged);
    EXPECT_EQ(shown(merge(*merged, b, rule)), to_text(*merged));
  });
}

TEST(VectorSessionToken, MergesAssociativelyWhereNoRegionComesBack) {
  for_each_triple(3, [](const auto& a, const auto& b, const auto& c, TokenRule rule) {
    const auto left = merge(a, b, rule);
    const auto right = merge(b, c, rule);
    ASSERT_TRUE(left && right);
    EXPECT_EQ(shown(merge(*left, c, rule)), shown(merge(a, *right, rule)));
  });
}

// The published rule itself: version 2 has no region 2, so what version 1 knew of it is forgotten
// or kept, by the order in which a client happens to see the three.
TEST(VectorSessionToken, DoesNotMergeAssociativelyWhenARegionComesBack) {
  const VectorSessionToken a = token("1#1#1=5#2=9");
  const VectorSessionToken b = token("2#1#1=3");
  const VectorSessionToken c = token("3#1#1=1#2=1");

  for (const TokenRule rule : rules) {
    EXPECT_EQ(shown(merge(*merge(a, b, rule), c, rule)), "3#1#1=5#2=1");
    EXPECT_EQ(shown(merge(a, *merge(b, c, rule), rule)), "3#1#1=5#2=9");
    // Nor is the order transitive: whoever may answer c might lack what a asks of region 2.
    const VectorSessionToken higher = token("2#1#1=5");
    const VectorSessionToken last = token("3#1#1=5#2=1");
    EXPECT_EQ(may_answer(a, higher, rule), true);
    EXPECT_EQ(may_answer(higher, last, rule), true);
    EXPECT_EQ(may_answer(a, last, rule), false);
  }
}

TEST(VectorSessionToken, ComparesAsAPartialOrderWhereNoRegionComesBack) {
  for_each_triple(4, [](const auto& a, const auto& b, const auto& c, TokenRule rule) {
    EXPECT_EQ(may_answer(a, a, rule), true);
    const bool a_b = may_answer(a, b, rule).value();
    const bool b_a = may_answer(b, a, rule).value();
    const bool b_c = may_answer(b, c, rule).value();
    if (a_b && b_a) {
      EXPECT_EQ(to_text(a), to_text(b));
    }
    if (a_b && b_c) {
      EXPECT_EQ(may_answer(a, c, rule), true);
    }
  });
}

TEST(VectorSessionToken, IsBelowWhatItIsMergedInto) {
  for_each_triple(5, [](const auto& a, const auto& b, const auto& c, TokenRule rule) {
    const auto merged = merge(a, b, rule);
    ASSERT_TRUE(merged);
    EXPECT_EQ(may_answer(a, *merged, rule), true);
    EXPECT_EQ(may_answer(b, *merged, rule), true);
    // The least: whoever may answer both may answer what they are merged into.
    const bool both = may_answer(a, c, rule).value() && may_answer(b, c, rule).value();
    EXPECT_EQ(may_answer(*merged, c, rule).value(), both);
  });
}

TEST(VectorSessionToken, OfTwoVersionsHasTheGlobalLsnOfTheHigherOne) {
  const VectorSessionToken before = token("1#100#7=40");
  const VectorSessionToken after = token("2#60#7=45");

  EXPECT_EQ(shown(merge(before, after, TokenRule::newest)), "2#60#7=45");
  EXPECT_EQ(shown(merge(before, after, TokenRule::older)), "2#100#7=45");
  EXPECT_EQ(may_answer(before, after, TokenRule::newest), true);
  EXPECT_EQ(may_answer(before, after, TokenRule::older), false);
  EXPECT_EQ(may_answer(after, before, TokenRule::newest), false);
}

TEST(VectorSessionToken, OfOneVersionWithOtherRegionsDoesNotFit) {
  const VectorSessionToken a = token("1#10#1=1");
  const VectorSessionToken more = token("1#11#1=1#2=2");
  const VectorSessionToken other = token("1#11#2=1");

  EXPECT_EQ(may_answer(a, more), std::nullopt);
  EXPECT_EQ(may_answer(a, other), std::nullopt);
  EXPECT_EQ(merge(a, more), std::nullopt);
  EXPECT_EQ(merge(a, other), std::nullopt);
}

TEST(VectorSessionToken, AsksForEveryRegionThatBothKnow) {
  EXPECT_EQ(may_answer(token("1#10#1=5#2=6"), token("1#10#1=5#2=5")), false);
  EXPECT_EQ(may_answer(token("1#10#1=5#2=6"), token("1#10#1=5#2=6")), true);
  EXPECT_EQ(may_answer(token("1#11#1=5"), token("1#10#1=9")), false);
  EXPECT_EQ(may_answer(token("1#10#1=5#2=6"), token("2#1#1=5#3=0")), true);
}

}  // namespace
}  // namespace seatrial::models
