// The claim "PATCH saves RU", on patch-or-replace.json: refuted, but for the read that a replace
// needs. What a PATCH does save is bytes, and the updates of those who write other paths.
#include <gtest/gtest.h>

#include <cstdio>
#include <map>

#include "analysis/experiment/simulate.hpp"
#include "models/store/request_units.hpp"
#include "scenarios/load.hpp"

namespace seatrial::validation {
namespace {

class PatchOrReplace : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::vector<std::string> overrides{"/phases/0/for=20min"};
    const scenarios::Scenario scenario = scenarios::load_scenario(
        SEATRIAL_SOURCE_DIR "/scenarios/library/patch-or-replace.json", overrides);
    for (const scenarios::Policy& policy : scenario.policies) {
      models::RunOptions options;
      options.seed = scenario.run.seed;
      const analysis::RunSummary summary = analysis::simulate(policy.world, options);
      for (const analysis::Cell& cell : summary.cells) all()[policy.name].merge(cell.counts);
      for (std::size_t i = 1; i < summary.cells.size(); i += 2) {
        updates()[policy.name].merge(summary.cells[i].counts);
      }
    }
  }
  static void TearDownTestSuite() {
    all().clear();
    updates().clear();
  }

  static std::map<std::string, analysis::Counts>& all() {
    static std::map<std::string, analysis::Counts> counts;
    return counts;
  }
  static std::map<std::string, analysis::Counts>& updates() {
    static std::map<std::string, analysis::Counts> counts;
    return counts;
  }

  static double ru_of_an_update(const std::string& policy) {
    const analysis::Counts& counts = updates().at(policy);
    return static_cast<double>(counts.ru_thousandths) / 1000 /
           static_cast<double>(counts.operations);
  }
  static double bytes_of_an_operation(const std::string& policy) {
    const analysis::Counts& counts = all().at(policy);
    return static_cast<double>(counts.bytes) / static_cast<double>(counts.operations);
  }
  static double lost(const std::string& policy) {
    const analysis::Tally& tally = updates().at(policy).lost_update;
    return static_cast<double>(tally.violations) / static_cast<double>(tally.opportunities);
  }
};

TEST_F(PatchOrReplace, APatchIsChargedAsAReplaceAndSavesOnlyTheReadBeforeIt) {
  const auto ru = [](models::RequestUnits units) {
    return static_cast<double>(units.thousandths) / 1000;
  };
  const double write = ru(models::cost_of_write(models::OperationKind::update, 16 * 1024));
  const double read = ru(models::cost_of_read(16 * 1024));

  std::printf("RU an update: patch %.2f (law %.2f), replace %.2f (law %.2f)\n",
              ru_of_an_update("patch"), write, ru_of_an_update("replace"), write + read);

  EXPECT_NEAR(ru_of_an_update("patch"), write, 0.01 * write);
  EXPECT_NEAR(ru_of_an_update("replace"), write + read, 0.01 * write);
  EXPECT_GT(ru_of_an_update("replace if match"), write + read);
}

TEST_F(PatchOrReplace, APatchSavesBytesBetweenRegions) {
  std::printf("bytes an operation: patch %.0f, replace %.0f\n", bytes_of_an_operation("patch"),
              bytes_of_an_operation("replace"));

  EXPECT_LT(bytes_of_an_operation("patch"), 0.15 * bytes_of_an_operation("replace"));
}

TEST_F(PatchOrReplace, AllLoseOnTheirOwnPathsButOnTheConditionOfWhatTheUserSaw) {
  for (const auto& [policy, counts] : updates()) {
    std::printf("%-18s lost %llu of %llu\n", policy.c_str(),
                static_cast<unsigned long long>(counts.lost_update.violations),
                static_cast<unsigned long long>(counts.lost_update.opportunities));
  }

  // A replace loses these, too, and what its pod had not read.
  EXPECT_GT(lost("patch"), 0.002);
  EXPECT_GT(lost("replace"), 3 * lost("patch"));
  EXPECT_LT(lost("replace + redis"), lost("replace"));
  EXPECT_NEAR(lost("replace if match"), lost("patch"), 0.5 * lost("patch"));
  EXPECT_EQ(lost("conditional patch"), 0);
}

}  // namespace
}  // namespace seatrial::validation
