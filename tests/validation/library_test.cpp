// What must hold in the scenarios of the library, whatever the numbers: the qualitative laws of
// the policies on shopping-cart.json, made smaller, and the oracle of allowed reads on all.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <optional>
#include <set>

#include "analysis/experiment/comparison.hpp"
#include "analysis/experiment/simulate.hpp"
#include "analysis/read_level.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/still_world.hpp"
#include "tests/validation/watchers.hpp"

namespace seatrial::validation {
namespace {

const std::string library = SEATRIAL_SOURCE_DIR "/scenarios/library/";

struct PolicyRun {
  analysis::RunSummary summary;
  UntouchedUsers untouched;
};

class ShoppingCart : public testing::Test {
 protected:
  static constexpr std::uint32_t east_us = 0, west_europe = 1, japan_east = 2;
  static constexpr std::uint32_t outage = 2;  // of the phases

  static scenarios::Scenario small(const std::string& sessions) {
    const std::vector<std::string> overrides{"/workload/sessions=" + sessions,
                                             "/phases/0/for=60s",
                                             "/phases/1/for=40s",
                                             "/phases/1/ramp=10s",
                                             "/phases/2/for=40s",
                                             "/phases/3/for=30s",
                                             "/run/warmup=10s"};
    return scenarios::load_scenario(library + "shopping-cart.json", overrides);
  }

  static void SetUpTestSuite() {
    const scenarios::Scenario scenario = small("40/s");
    for (const scenarios::Policy& policy : scenario.policies) {
      PolicyRun& run = runs()[policy.name];
      run.summary = analysis::simulate_watched(policy.world, {}, run.untouched);
    }
  }
  static void TearDownTestSuite() { runs().clear(); }

  static std::map<std::string, PolicyRun>& runs() {
    static std::map<std::string, PolicyRun> all;
    return all;
  }

  // All cells of a region, or of a phase; any: all of them.
  static constexpr std::uint32_t any = ~0U;
  static analysis::Cell part(const std::string& policy, std::uint32_t region,
                             std::uint32_t phase = any, std::uint32_t kind = any) {
    const analysis::RunSummary& summary = runs().at(policy).summary;
    const analysis::Shape& shape = summary.shape;
    analysis::Cell sum;
    for (std::size_t i = 0; i < summary.cells.size(); ++i) {
      const auto cell_kind = i % shape.kinds;
      const auto cell_region = i / shape.kinds / shape.data_classes % shape.regions;
      const auto cell_phase = i / shape.kinds / shape.data_classes / shape.regions;
      if ((region == any || cell_region == region) && (phase == any || cell_phase == phase) &&
          (kind == any || cell_kind == kind)) {
        sum.merge(summary.cells[i]);
      }
    }
    return sum;
  }

  static double wrong_share(const std::string& policy, std::uint32_t region) {
    const analysis::Tally ryw = part(policy, region).counts.ryw;
    EXPECT_GT(ryw.opportunities, 1000u);
    return static_cast<double>(ryw.violations) / static_cast<double>(ryw.opportunities);
  }

  static double ru_per_operation(const std::string& policy) {
    const analysis::Counts counts = part(policy, any).counts;
    return static_cast<double>(counts.ru_thousandths) / 1000 /
           static_cast<double>(counts.operations);
  }

  static void expect_kept(const analysis::Tally& tally, const std::string& what) {
    std::printf("  %-28s %lu violations of %lu\n", what.c_str(), tally.violations,
                tally.opportunities);
    EXPECT_GT(tally.opportunities, 500u) << what;
    EXPECT_EQ(tally.violations, 0u) << what;
  }
};

TEST_F(ShoppingCart, KeepsTheSessionGuaranteesUnderABrokerWhereTheOutageDidNotReach) {
  for (const std::string policy : {"redis session", "redis cart", "cookie + redis"}) {
    expect_kept(runs().at(policy).untouched.ryw, policy + ": ryw");
    expect_kept(runs().at(policy).untouched.mr, policy + ": mr");
  }
}

TEST_F(ShoppingCart, KeepsTheSessionGuaranteesUnderAClientCookieEverywhere) {
  for (const std::string policy : {"client cookie", "cookie + redis"}) {
    expect_kept(part(policy, any).counts.ryw, policy + ": ryw");
    expect_kept(part(policy, any).counts.mr, policy + ": mr");
  }
}

TEST_F(ShoppingCart, ShowsASecondDeviceWhatTheFirstWroteOnlyWhenTheBrokerIsKeyedByDocument) {
  expect_kept(runs().at("redis cart").untouched.ryw_user, "redis cart: ryw_user");
  expect_kept(runs().at("cookie + redis").untouched.ryw_user, "cookie + redis: ryw_user");

  for (const std::string policy : {"client cookie", "redis session"}) {
    const analysis::Tally& users = runs().at(policy).untouched.ryw_user;
    std::printf("  %-28s %lu violations of %lu\n", (policy + ": ryw_user").c_str(),
                users.violations, users.opportunities);
    EXPECT_GT(users.violations, 0u) << policy;
  }
}

TEST_F(ShoppingCart, IsWrongWithoutCoordinationInReadRegionsAndHardlyInTheWriteRegion) {
  const double near = wrong_share("as is", east_us);
  std::printf("  wrong: East US %.4f, West Europe %.4f, Japan East %.4f\n", near,
              wrong_share("as is", west_europe), wrong_share("as is", japan_east));

  EXPECT_GT(wrong_share("as is", west_europe), 0.01);
  EXPECT_GT(wrong_share("as is", japan_east), 0.01);
  EXPECT_LT(near, wrong_share("as is", west_europe) / 20);
}

TEST_F(ShoppingCart, DegradesInTheOutageAndFailsNobody) {
  for (const std::string policy : {"redis session", "redis cart", "cookie + redis"}) {
    const analysis::Counts there = part(policy, west_europe, outage).counts;
    EXPECT_GT(there.degraded, 500u) << policy;
    EXPECT_EQ(there.failed, 0u) << policy;
    EXPECT_EQ(part(policy, east_us, outage).counts.degraded, 0u) << policy;
    EXPECT_EQ(part(policy, japan_east, outage).counts.degraded, 0u) << policy;
  }
}

TEST_F(ShoppingCart, WithStrongConsistencyIsNeverStaleAndCostsTimeAndRequestUnits) {
  const analysis::Counts strong = part("strong", any).counts;
  EXPECT_GT(strong.stale.opportunities, 10'000u);
  EXPECT_EQ(strong.stale.violations, 0u);
  EXPECT_EQ(strong.ryw.violations, 0u);

  const double update_as_is = part("as is", east_us, 0, 1).latency.mean() / 1e6;
  const double update_strong = part("strong", east_us, 0, 1).latency.mean() / 1e6;
  std::printf("  RU/operation %.3f and %.3f; update in East US %.1f ms and %.1f ms\n",
              ru_per_operation("as is"), ru_per_operation("strong"), update_as_is, update_strong);
  EXPECT_GT(ru_per_operation("strong"), 1.05 * ru_per_operation("as is"));
  EXPECT_GT(update_strong, update_as_is + 100) << "a round trip to Japan East";
}

TEST_F(ShoppingCart, IsTheSameWorkloadUnderEveryPolicy) {
  for (const auto& [policy, run] : runs()) {
    EXPECT_EQ(run.summary.totals.workload_digest, runs().at("as is").summary.totals.workload_digest)
        << policy;
  }
}

// Verdicts with the events of one instant in another order.
std::vector<analysis::Verdict> verdicts(const scenarios::Scenario& scenario,
                                        std::int64_t replications,
                                        std::optional<std::uint64_t> shuffle) {
  analysis::ExperimentOptions options;
  options.jobs = 1;
  options.replications = replications;
  options.shuffle_ties = shuffle;
  const auto experiment = analysis::run_experiment(scenario, options, analysis::simulate);
  std::vector<analysis::Verdict> all;
  for (const auto& policy : analysis::compare(scenario, experiment).policies) {
    for (const auto& objective : policy.objectives) all.push_back(objective.verdict);
  }
  return all;
}

TEST_F(ShoppingCart, KeepsItsVerdictsWhenTiesAreShuffled) {
  const scenarios::Scenario scenario = small("4/s");
  const auto in_order = verdicts(scenario, 2, std::nullopt);

  EXPECT_EQ(verdicts(scenario, 2, 1), in_order);
}

TEST(FirstStepsVerdicts, AreDecidedAndStayWhenTiesAreShuffled) {
  const auto scenario = scenarios::load_scenario(library + "first-steps.json");
  const auto in_order = verdicts(scenario, 10, std::nullopt);

  EXPECT_EQ(in_order.front(), analysis::Verdict::fail);
  for (std::size_t i = 1; i < in_order.size(); ++i) {
    EXPECT_NE(in_order[i], analysis::Verdict::fail);
  }
  for (const std::uint64_t seed : {1, 2}) EXPECT_EQ(verdicts(scenario, 10, seed), in_order);
}

TEST(Library, HasNoReadOutsideTheAllowedSet) {
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator{library}) {
    if (entry.path().extension() == ".json") files.insert(entry.path().string());
  }
  ASSERT_GE(files.size(), 3u);
  for (const std::string& file : files) {
    const scenarios::Scenario scenario = scenarios::load_scenario(file);
    for (scenarios::Policy policy : scenario.policies) {
      models::WorldConfig& world = policy.world;
      world.workload.sessions_per_second = std::min(world.workload.sessions_per_second, 4.0);
      AllowedReads allowed{analysis::classes_that_heed_tokens(world)};
      models::run_world(world, {}, allowed);

      std::printf("  %-20s %-16s reads %7lu stale %6lu with token %7lu\n",
                  std::filesystem::path{file}.stem().c_str(), policy.name.c_str(), allowed.reads,
                  allowed.stale, allowed.with_token);
      EXPECT_GT(allowed.reads, 400u);
      EXPECT_EQ(allowed.disallowed, 0u) << file << ", " << policy.name;
      EXPECT_EQ(allowed.below_token, 0u) << file << ", " << policy.name;
    }
  }
}

}  // namespace
}  // namespace seatrial::validation
