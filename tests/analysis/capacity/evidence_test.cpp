#include "analysis/capacity/evidence.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "analysis/report/capacity_text.hpp"
#include "analysis/report/read_back.hpp"
#include "analysis/statistics/metric.hpp"
#include "scenarios/load.hpp"

namespace seatrial::analysis {
namespace {

const std::string library = SEATRIAL_SOURCE_DIR "/scenarios/library/";

scenarios::Scenario first_steps(const std::vector<std::string>& overrides = {}) {
  return scenarios::load_scenario(library + "first-steps.json", overrides);
}

// A zero of as many trials as are needed is just bounded by the limit, by the interval's own code.
TEST(Evidence, NeedsAsManyAsTheIntervalOfAZeroDoes) {
  const Evidence evidence = evidence_for(first_steps()).front();
  const Confidence confidence{.comparisons = 6};  // three policies in two regions

  const Interval interval = share_interval({{0, evidence.needed}}, evidence.burst, confidence);

  EXPECT_NEAR(interval.high, 0.001, 1e-9);
  EXPECT_EQ(evidence.of, "reads that had an own write to see");
  EXPECT_NEAR(evidence.each_run, 5 * 600 / 2, 1e-6);
  EXPECT_EQ(evidence.replications, std::ceil(evidence.needed / 1500));
}

TEST(Evidence, OfRecoveryIsTheFaultsAndNeverCalledEnough) {
  const auto scenario = scenarios::load_scenario(library + "region-failover.json");
  const Evidence evidence = evidence_for(scenario).front();

  EXPECT_EQ(evidence.each_run, 1) << "one fault of the store in a replication";
  EXPECT_FALSE(is_enough(evidence, 1'000));
  EXPECT_EQ(evidence_text(evidence, 10),
            "10 replications give about 10 faults; how many decide shows only a run");
}

TEST(Evidence, IsOfThePartThatHasTheLeast) {
  const auto scenario = first_steps(
      {"/regions/users={\"East US\":\"90%\",\"West Europe\":\"10%\"}", "/run/replications=4"});
  const Evidence evidence = evidence_for(scenario).front();

  EXPECT_EQ(evidence.region, "West Europe");
  EXPECT_NEAR(evidence.each_run, 300, 1e-6);
  EXPECT_FALSE(is_enough(evidence, 4));
  EXPECT_NE(evidence_text(evidence, 4).find("raise /run/replications to 16"), std::string::npos)
      << evidence_text(evidence, 4);
}

TEST(Evidence, SaysThatNoRunShowsALimitOfNothing) {
  const auto scenario = first_steps({"/objectives/own cart/at_most=0%"});

  EXPECT_FALSE(is_enough(evidence_for(scenario).front(), 100'000));
  EXPECT_NE(evidence_text(evidence_for(scenario).front(), 5).find("allow some"), std::string::npos);
}

TEST(Evidence, FollowsSessionsFromThePhaseOfTheirArrivalToThatOfTheirOperations) {
  auto scenario =
      first_steps({"/phases=[{\"name\":\"a\",\"for\":\"10s\"},"
                   "{\"name\":\"b\",\"for\":\"90s\"}]",
                   "/workload/pause=30s", "/workload/steps_per_session=2"});
  const Expected all = expected_opportunities(scenario.policies.front().world, "read.p50", "cart");

  // 50 sessions arrive in a; their second steps, and few of the first, belong to b.
  EXPECT_LT(all.by_phase[0], 60);
  EXPECT_GT(all.by_phase[0], 20);
  EXPECT_NEAR(all.by_phase[0] + all.by_phase[1], 2 * 500, 1e-6);
}

TEST(LoadWarnings, SayWhatIsFullAndThatThrottlingIsNotModelled) {
  EXPECT_TRUE(load_warnings(first_steps()).empty());

  const auto warnings = load_warnings(
      first_steps({"/workload/sessions=4000/s", "/pods/cpu_per_operation=4ms", "/pods/count=6"}));

  ASSERT_GE(warnings.size(), 2u);
  EXPECT_NE(warnings.front().find("requests wait longer and longer"), std::string::npos)
      << warnings.front();
  bool throttled = false;
  for (const std::string& warning : warnings)
    throttled = throttled || warning.find("an account throttles (429)") != std::string::npos;
  EXPECT_TRUE(throttled) << warnings.back();
}

TEST(ReadBack, SaysWhetherAStepIsOfOneSharedDocumentOrOfSeveral) {
  const auto edit_in = [](const std::vector<std::string>& overrides) {
    const auto scenario =
        scenarios::load_scenario(library + "multi-write-conflicts.json", overrides);
    for (const ReadBackLine& line : read_back(scenario))
      if (line.text.find("edit: ") != std::string::npos) return line.text;
    return std::string{};
  };
  const std::string step =
      "30 % of the steps: edit: update board, then wait 100 ms, then read board";

  EXPECT_EQ(edit_in({}), step + "; all of one document of board");
  EXPECT_EQ(edit_in({"/workload/steps/edit/documents=each_its_own"}),
            step + "; each of another document of board");
}

TEST(ReadBack, SaysWhatASessionDoesStepByStep) {
  const auto scenario = scenarios::load_scenario(library + "shopping-cart.json");
  const auto has = [&](const std::string& text) {
    for (const ReadBackLine& line : read_back(scenario))
      if (line.text.find(text) != std::string::npos) return true;
    return false;
  };

  EXPECT_TRUE(has("lasts about 24.6 s beside the time of its requests: 6 steps"));
  EXPECT_TRUE(has("20 % of the steps: add item: update cart, then wait 60 ms, then read cart"));
  EXPECT_TRUE(has("8 % of the users have a second device"));
  EXPECT_TRUE(has("outage (60 s, x5, broker of West Europe unreachable): 120 new sessions/s"));
  EXPECT_TRUE(has("own cart: ryw of cart at most 1,000 per million in all phases but outage"));
  EXPECT_TRUE(has("as is (the baseline): as above"));
}

TEST(ReadBack, NamesWhatAPolicyTakesAwayWithNull) {
  std::stringstream file;
  file << std::ifstream{library + "region-failover.json"}.rdbuf();
  std::string text = file.str();
  const auto has = [&](const std::string& expected) {
    for (const ReadBackLine& line : read_back(scenarios::parse_scenario(text, "")))
      if (line.text == expected) return true;
    return false;
  };

  EXPECT_TRUE(has("no failover: store/failover: none"));

  const std::string gone = "\"failover\": null";
  text.replace(text.find(gone), gone.size(), "\"failover\": { \"after\": null }");
  EXPECT_TRUE(has("no failover: store/failover/after: 1min")) << "the default stands there then";
}

}  // namespace
}  // namespace seatrial::analysis
