#include "analysis/statistics/fresh.hpp"

#include <gtest/gtest.h>

namespace seatrial::analysis {
namespace {

using models::Duration;

models::FreshnessConfig probe() {
  models::FreshnessConfig config;
  config.present = true;
  config.after_commit = {Duration::milliseconds(0), Duration::milliseconds(10),
                         Duration::milliseconds(20)};
  config.level = 0.9;
  return config;
}

// Probe i of each of two replications is fresh after i ms, or, when `only_at_offsets`, at the first
// offset from there.
std::vector<RunSummary> runs(int probes, bool only_at_offsets) {
  Shape shape;
  shape.phases = shape.data_classes = 1;
  shape.regions = 2;
  std::vector<RunSummary> all;
  for (int replication = 0; replication < 2; ++replication) {
    RunSummary& summary = all.emplace_back(shape);
    summary.freshness.resize(2);
    for (int i = 0; i < probes; ++i) {
      models::FreshnessObserved seen;
      seen.fresh_after = Duration::milliseconds(i);
      seen.is_exact = !only_at_offsets;
      if (only_at_offsets) {
        seen.fresh_after = models::Instant::never() - models::Instant{};
        for (const Duration offset : probe().after_commit)
          if (offset >= Duration::milliseconds(i))
            seen.fresh_after = std::min(seen.fresh_after, offset);
      }
      summary.freshness[1].add(seen, probe().after_commit);
    }
  }
  return all;
}

TEST(Freshness, CountsTheReadsThatSeeTheCommitAtEachOffset) {
  for (const bool only_at_offsets : {false, true}) {
    const auto found = freshness_of(probe(), runs(40, only_at_offsets));

    ASSERT_EQ(found.size(), 1U) << "of the region where something was probed";
    EXPECT_EQ(found[0].region, 1U);
    EXPECT_EQ(found[0].probes, 80U);
    ASSERT_EQ(found[0].curve.size(), 3U);
    EXPECT_DOUBLE_EQ(found[0].curve[0].share.estimate, 1.0 / 40);
    EXPECT_DOUBLE_EQ(found[0].curve[1].share.estimate, 11.0 / 40);
    EXPECT_DOUBLE_EQ(found[0].curve[2].share.estimate, 21.0 / 40);
  }
}

TEST(Freshness, KnowsTVisibilityBetweenAndBeyondTheOffsets) {
  const auto found = freshness_of(probe(), runs(40, false));

  EXPECT_TRUE(found[0].t_visibility.defined);
  EXPECT_NEAR(found[0].t_visibility.estimate, 35e6, 1.1e6);  // 90 % of 40
  EXPECT_LT(found[0].t_visibility.low, 35e6);
  EXPECT_GT(found[0].t_visibility.high, 35e6);
}

TEST(Freshness, KnowsTVisibilityOfLogsAtTheOffsets) {
  const auto soon = freshness_of(probe(), runs(21, true));
  const auto late = freshness_of(probe(), runs(40, true));

  EXPECT_FALSE(soon[0].is_exact);
  EXPECT_TRUE(soon[0].t_visibility.defined);
  EXPECT_DOUBLE_EQ(soon[0].t_visibility.estimate, 20e6);
  EXPECT_FALSE(late[0].t_visibility.defined) << "none of the offsets reaches the level";
}

TEST(Freshness, IsNothingWhereNothingIsProbed) {
  EXPECT_TRUE(freshness_of({}, runs(3, false)).empty());
}

TEST(Freshness, MergesInAnyOrder) {
  const auto few = runs(5, false)[0].freshness[1], many = runs(40, false)[0].freshness[1];
  Freshness one = few, other = many;
  one.merge(many);
  other.merge(few);

  EXPECT_EQ(one, other);
  EXPECT_EQ(one.probes, 45U);
}

}  // namespace
}  // namespace seatrial::analysis
