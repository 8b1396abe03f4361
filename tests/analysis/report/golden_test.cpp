// The whole of what is said of one synthetic experiment, so that a change of any word or column is
// seen where it is reviewed. When it should be so, copy what the failure names over the file.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

testing::AssertionResult is_as_kept(const std::string& text, const std::string& name) {
  const std::string kept = SEATRIAL_SOURCE_DIR "/tests/analysis/report/golden/" + name;
  std::stringstream golden;
  golden << std::ifstream{kept}.rdbuf();
  if (golden.str() == text) return testing::AssertionSuccess();
  const std::string now = testing::TempDir() + name;
  std::ofstream{now} << text;
  return testing::AssertionFailure() << "diff " << kept << " " << now;
}

// Two policies of four objectives in two phases, with a month, zeros, misses and what is undecided.
synthetic::Judged whole() {
  synthetic::Behaviour bad, better, fair;
  bad.wrong_per_10000 = 208;
  bad.wrong_in_outage = 300;
  fair.wrong_in_outage = 100;
  fair.ru_thousandths = 1200;
  better.west_read_ns = 45'000'000;
  better.ru_thousandths = 1500;
  const synthetic::Behaviours behaviours{
      {"as is", bad}, {"cookie + redis", better}, {"redis", fair}};
  synthetic::Judged judged;
  judged.scenario = synthetic::scenario_of(behaviours, "as is");
  judged.scenario.objectives = {synthetic::own_cart(0.001), synthetic::own_cart(0.0102)};
  judged.scenario.objectives[0].outside = "outage";
  judged.scenario.objectives[1].name = "own cart, outage";
  judged.scenario.objectives[1].during = "outage";
  scenarios::Objective read;
  read.name = "cart read";
  read.metric = "read.p99";
  read.each_region = true;
  read.limit = 40e6;
  judged.scenario.objectives.push_back(read);
  for (scenarios::Policy& policy : judged.scenario.policies) {
    policy.world.phases[0].length = policy.world.phases[1].length = models::Duration::seconds(60);
    policy.world.phases[0].stands_for_hours_per_month = 700;
    policy.world.phases[1].stands_for_hours_per_month = 0.5;
    judged.scenario.resolved[policy.name] = {
        {"/store/replication_lag/link", "\"20ms\"", scenarios::Origin::file, "", 5},
        {"/pods/cpu", "2", scenarios::Origin::assumed, "assumed", 0}};
  }
  judged.scenario.resolved["redis"].push_back(
      {"/session_token/carry/0", "\"broker\"", scenarios::Origin::policy, "", 9});
  judged.experiment = run_experiment(judged.scenario, {}, synthetic::simulation_of(behaviours));
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

TEST(Golden, IsWhatTheTerminalSays) { EXPECT_TRUE(is_as_kept(whole().terminal(), "terminal.txt")); }

TEST(Golden, IsWhatGoesIntoAPullRequest) {
  EXPECT_TRUE(is_as_kept(whole().markdown(), "report.md"));
}

TEST(Golden, IsNoWiderThanAScreen) {
  std::istringstream lines{whole().terminal()};
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 112U) << line;
}

}  // namespace
}  // namespace seatrial::analysis
