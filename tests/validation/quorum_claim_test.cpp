// The claim "a quorum is always fresh", on quorum-freshness.json, shortened.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "analysis/experiment/simulate.hpp"
#include "analysis/statistics/fresh.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

class QuorumFreshness : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const scenarios::Scenario scenario = scenarios::load_scenario(
        SEATRIAL_SOURCE_DIR "/scenarios/library/quorum-freshness.json", {{"/phases/0/for=120s"}});
    for (const scenarios::Policy& policy : scenario.policies) {
      const analysis::RunSummary summary = analysis::simulate(policy.world, {});
      const analysis::Counts counts = counts_of(summary);
      const auto fresh = analysis::freshness_of(policy.world.probes.freshness, {summary});
      std::printf(
          "  %-18s ryw %5lu of %lu, stale %5lu of %lu, mr %4lu of %lu, failed %lu, fresh at "
          "the commit %.3f\n",
          policy.name.c_str(), counts.ryw.violations, counts.ryw.opportunities,
          counts.stale.violations, counts.stale.opportunities, counts.mr.violations,
          counts.mr.opportunities, counts.failed, fresh.at(0).curve[0].share.estimate);
      all()[policy.name] = {counts, fresh.at(0).curve[0].share.estimate};
    }
  }
  static void TearDownTestSuite() { all().clear(); }

  struct Seen {
    analysis::Counts counts;
    double fresh_at_commit = 0;
  };
  static std::map<std::string, Seen>& all() {
    static std::map<std::string, Seen> seen;
    return seen;
  }
  static const analysis::Counts& counts(const std::string& policy) {
    return all().at(policy).counts;
  }
};

TEST_F(QuorumFreshness, IsNotAlwaysFreshWhereReadsAndWritesNeedNotMeet) {
  for (const std::string policy : {"R1 W1", "R1 W2"}) {
    EXPECT_GT(counts(policy).ryw.violations, counts(policy).ryw.opportunities / 100) << policy;
    EXPECT_GT(counts(policy).stale.violations, 0U) << policy;
    EXPECT_LT(all().at(policy).fresh_at_commit, 0.8) << policy;
  }
}

TEST_F(QuorumFreshness, IsFreshWhereTheyMeetHoweverManyAreAsked) {
  for (const std::string policy : {"majority", "majority, asks 2", "R1 W3"}) {
    EXPECT_GT(counts(policy).ryw.opportunities, 1'000U);
    EXPECT_EQ(counts(policy).ryw.violations, 0U) << policy;
    EXPECT_EQ(counts(policy).stale.violations, 0U) << policy;
    EXPECT_EQ(all().at(policy).fresh_at_commit, 1) << policy;
  }
}

// Of writes that are still on their way a quorum says nothing: one read sees them, the next not.
TEST_F(QuorumFreshness, StillGoesBackInTime) {
  for (const std::string policy : {"majority", "majority, asks 2", "R1 W3"})
    EXPECT_GT(counts(policy).mr.violations, 0U) << policy;
}

// Repairs overtake nothing: reads that begin before one has come still go back, but fewer.
TEST(ReadRepair, LetsFewerReadsGoBack) {
  const auto backwards = [](const std::string& repair) {
    const std::vector<std::string> overrides{"/phases/0/for=240s",
                                             "/store/replication/lost_writes=1%",
                                             "/store/replication/read_repair=" + repair};
    const scenarios::Scenario scenario = scenarios::load_scenario(
        SEATRIAL_SOURCE_DIR "/scenarios/library/quorum-freshness.json", overrides);
    return counts_of(analysis::simulate(scenario.policies.front().world, {})).mr;
  };

  const analysis::Tally without = backwards("0%"), with = backwards("100%");
  std::printf("  R1 W1, 1 %% lost: mr %lu of %lu, with read repair %lu of %lu\n",
              without.violations, without.opportunities, with.violations, with.opportunities);
  EXPECT_GT(without.violations, 100U);
  EXPECT_LT(with.violations, without.violations / 3);
  EXPECT_GT(with.violations, 0U);
}

TEST_F(QuorumFreshness, PaysForAskingLessByWaitingLonger) {
  const auto& all_asked = counts("majority");
  const auto& two_asked = counts("majority, asks 2");

  EXPECT_LT(two_asked.ru_thousandths, all_asked.ru_thousandths);
  EXPECT_LT(two_asked.store_requests, all_asked.store_requests);
}

}  // namespace
}  // namespace seatrial::validation
