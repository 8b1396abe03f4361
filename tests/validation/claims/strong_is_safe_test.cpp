// The claim "strong is the safe choice", on scenarios/library/strong-is-safe.json. What holds: no
// wrong cart. What does not: it is not safer than a session token, it loses the updates of all
// regions until a region that is cut off has been dropped, and there it serves no reads at all.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

constexpr std::uint32_t east_us = 0, central_us = 1, west_europe = 2;
// The cut begins within 15 s of a phase of 60 s.
constexpr double before_the_cut = 0.3;
constexpr std::uint32_t normal = 0, slow_ocean = 1, cut_off = 2;

class StrongIsSafe : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto scenario =
        scenarios::load_scenario(SEATRIAL_SOURCE_DIR "/scenarios/library/strong-is-safe.json");
    for (const scenarios::Policy& policy : scenario.policies)
      runs()[policy.name] = analysis::simulate(policy.world, {});
  }
  static void TearDownTestSuite() { runs().clear(); }

  static std::map<std::string, analysis::RunSummary>& runs() {
    static std::map<std::string, analysis::RunSummary> all;
    return all;
  }

  static const analysis::Cell& updates(const std::string& policy, std::uint32_t phase,
                                       std::uint32_t region) {
    return runs().at(policy).cell(models::PhaseId{phase}, models::RegionId{region},
                                  models::DataClassId{0}, models::OperationKind::update);
  }

  static double served(const analysis::Counts& counts) {
    EXPECT_GT(counts.operations, 100u);
    return 1 - static_cast<double>(counts.failed) / static_cast<double>(counts.operations);
  }
  static double served(const std::string& policy, std::uint32_t phase, std::uint32_t region) {
    return served(updates(policy, phase, region).counts);
  }
  static double served_reads(const std::string& policy, std::uint32_t phase, std::uint32_t region) {
    return served(runs()
                      .at(policy)
                      .cell(models::PhaseId{phase}, models::RegionId{region},
                            models::DataClassId{0}, models::OperationKind::read)
                      .counts);
  }

  static double p99_ms(const std::string& policy, std::uint32_t phase, std::uint32_t region) {
    return static_cast<double>(updates(policy, phase, region).latency.quantile(0.99)) / 1e6;
  }

  static analysis::Tally own_cart(const std::string& policy) {
    const analysis::Tally tally = counts_of(runs().at(policy)).ryw;
    std::printf("  %-16s wrong carts %5lu of %lu\n", policy.c_str(), tally.violations,
                tally.opportunities);
    return tally;
  }
};

TEST_F(StrongIsSafe, ConfirmedNoCartIsWrongUnderItAndNoneUnderASessionTokenEither) {
  for (const std::string policy : {"session token", "strong", "strong, far"}) {
    const analysis::Tally own = own_cart(policy);
    EXPECT_GT(own.opportunities, 3'000u);
    EXPECT_EQ(own.violations, 0u);
  }
  EXPECT_EQ(counts_of(runs().at("strong")).stale.violations, 0u);
}

TEST_F(StrongIsSafe, LevelsBelowThatTakeNoTokenShowWrongCarts) {
  for (const std::string policy : {"bounded", "bounded, tight", "local quorum", "eventual"})
    EXPECT_GT(own_cart(policy).violations, 50u);
}

TEST_F(StrongIsSafe, EveryUpdateWaitsForTheFarthestRegion) {
  for (const std::uint32_t region : {east_us, central_us, west_europe}) {
    const double token = p99_ms("session token", normal, region);
    const double strong = p99_ms("strong", normal, region);
    std::printf("  add item p99: %.0f ms with a token, %.0f ms strong\n", token, strong);
    EXPECT_GT(strong, token + 40);
  }
  EXPECT_GT(p99_ms("strong, far", normal, central_us), p99_ms("strong", normal, east_us) + 20);
  EXPECT_GT(p99_ms("strong", slow_ocean, east_us), p99_ms("strong", normal, east_us) + 150);
  EXPECT_LT(p99_ms("session token", slow_ocean, east_us),
            p99_ms("session token", normal, east_us) + 10);
}

// Until the region is dropped, 5 s after it was cut off.
TEST_F(StrongIsSafe, RefutedWhenARegionIsCutOffTheOthersLoseUpdatesToo) {
  for (const std::uint32_t region : {east_us, central_us}) {
    std::printf("  updates served while West Europe is cut off: %.4f with a token, %.4f strong\n",
                served("session token", cut_off, region), served("strong", cut_off, region));
    EXPECT_GT(served("session token", cut_off, region), 0.99);
    EXPECT_GT(served("bounded", cut_off, region), 0.99);
    EXPECT_LT(served("strong", cut_off, region), 0.985);
    EXPECT_LT(served("strong, far", cut_off, region), 0.985);
  }
  EXPECT_LT(served("session token", cut_off, west_europe), before_the_cut);
}

TEST_F(StrongIsSafe, RefutedARegionThatIsCutOffServesNoStrongReads) {
  const double token = served_reads("session token", cut_off, west_europe);
  const double strong = served_reads("strong", cut_off, west_europe);
  std::printf("  reads served in West Europe meanwhile: %.4f with a token, %.4f strong\n", token,
              strong);
  EXPECT_GT(token, 0.95);
  EXPECT_LT(strong, 0.6);
}

TEST_F(StrongIsSafe, ATightBoundTurnsWritesAwayAsWell) {
  EXPECT_LT(served("bounded, tight", cut_off, east_us), 0.5);
  EXPECT_GT(served("bounded, tight", normal, east_us), 0.999);
}

}  // namespace
}  // namespace seatrial::validation
