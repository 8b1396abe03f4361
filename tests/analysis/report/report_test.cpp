#include "analysis/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using synthetic::example;
using synthetic::flat;
using synthetic::Judged;
using synthetic::unmet;
using testing::HasSubstr;

TEST(TerminalReport, NamesTheRecommendedTheMissedAndTheBoundBehindAZero) {
  const Judged judged = example();

  const std::string text = judged.terminal();

  EXPECT_THAT(text, HasSubstr("RECOMMENDED  token"));
  EXPECT_THAT(text, HasSubstr("RUNNER-UP    as is"));
  EXPECT_THAT(text, HasSubstr("misses \"own cart\" (21,"));
  EXPECT_THAT(text, testing::ContainsRegex("as is +21,[0-9]+ x"));
  EXPECT_THAT(text, testing::ContainsRegex("token +0 <[0-9.]+"));
  EXPECT_THAT(text, HasSubstr("100 % had no token"));
  EXPECT_THAT(text, HasSubstr("1 yours and 1 assumed"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(TerminalReport, RecommendsNothingWhenNoPolicyMeetsAll) {
  const Judged judged = unmet(300, 0.001);

  const std::string text = judged.terminal();

  EXPECT_THAT(text, HasSubstr("NO POLICY MEETS ALL OBJECTIVES\nNEAREST    token"));
  EXPECT_THAT(text, HasSubstr("1 of 2 objectives"));
  EXPECT_EQ(text.find("RECOMMENDED"), std::string::npos);
}

TEST(TerminalReport, SaysInWhichPhaseAnObjectiveIsMissed) {
  const Judged judged = unmet(300, 0.001);

  EXPECT_THAT(flat(judged.terminal()),
              testing::ContainsRegex("\\(30,[0-9]+ > 1,000 per million in outage\\)"));
}

TEST(TerminalReport, SaysWhyEveryFailingPolicyReadsWrong) {
  const Judged judged = unmet(300, 0.001);

  EXPECT_THAT(
      flat(judged.terminal()),
      testing::ContainsRegex("\"token\": 2,[0-9]+ reads missed their own write: 100 % had no "
                             "token;.* East 50 % and West 50 %; 100 % in outage"));
}

// "token" misses an objective about all devices; of its own sessions none is asked.
Judged asked_about_devices() {
  Judged judged = unmet(300, 0.001);
  judged.scenario.objectives[0].metric = "ryw_user";
  judged.scenario.objectives[1].metric = "availability";
  WrongReads& wrong = judged.comparison.policies[1].wrong_reads;
  wrong.user.reads.violations = wrong.own.reads.violations + 5;
  wrong.user.by_region = wrong.own.by_region;
  wrong.user.by_phase = wrong.own.by_phase;
  wrong.by_cause[static_cast<std::size_t>(Guarantee::ryw_user)][0] = wrong.user.reads.violations;
  return judged;
}

TEST(TerminalReport, SaysAllOfWhatAPolicyFailsOnWhereItsOwnWritesAreNotAskedFor) {
  const Judged judged = asked_about_devices();

  const std::string text = flat(judged.terminal());

  EXPECT_THAT(text,
              testing::ContainsRegex("\"token\": 2,[0-9]+ reads missed their user's write, on "
                                     "any device: 100 % had no token"));
  EXPECT_THAT(text, testing::Not(HasSubstr("\"token\": 5 more")));
}

TEST(TerminalReport, CountsOnlyWhatIsNewOfAllDevicesAfterALineAboutOwnWrites) {
  Judged judged = asked_about_devices();
  judged.scenario.objectives.push_back(synthetic::own_cart(0.001));
  auto& objectives = judged.comparison.policies[1].objectives;
  objectives.push_back(objectives[0]);
  for (auto& policy : judged.comparison.policies)
    if (policy.objectives.size() < 3) policy.objectives.push_back(policy.objectives[0]);
  for (auto& policy : judged.comparison.policies)
    if (!policy.differences.empty()) policy.differences.push_back(policy.differences[0]);

  const std::string text = flat(judged.terminal());

  EXPECT_THAT(text, HasSubstr("\"token\": 5 more missed a write of the user's other device"));
}

TEST(TerminalReport, PutsTheDoubtsAboutTheRecommendedPolicyBesideIt) {
  Judged judged = example();
  judged.comparison.warnings = {"a.json:3:1: warning: /policies/token/store/consistency: blocked",
                                "a.json:4:1: warning: /policies/other/pods: odd"};

  const std::string text = flat(judged.terminal());

  EXPECT_THAT(text, testing::ContainsRegex("RECOMMENDED +token .*mind: blocked RUNNER-UP"));
}

TEST(TerminalReport, SaysHowManyReplicationsWouldDecide) {
  const Judged judged = unmet(100, 0.0102);

  const std::string text = flat(judged.terminal());

  const Interval& interval =
      judged.comparison.policies[1].objectives[0].worst().measurement.interval;
  const double half = std::max(interval.high - interval.estimate, interval.estimate - interval.low);
  const double needed = std::ceil(4 * std::pow(half / (0.0102 - interval.estimate), 2));
  ASSERT_GT(needed, 4);
  EXPECT_THAT(text, HasSubstr("about " + rounded(needed) + " replications would decide"));
}

TEST(TerminalReport, PricesReadsAndUpdatesWhereTheyAreWorst) {
  const Judged judged = unmet(0, 0.001);

  EXPECT_THAT(flat(judged.terminal()),
              testing::ContainsRegex("\"token\" against \"as is\": p99 of all reads at most "
                                     "\\+[0-9.]+ ms \\(West\\), of all updates at most "
                                     "\\+[0-9.]+ ms \\(West\\), -0.5 RU an operation"));
}

TEST(TerminalReport, CountsOneInTheSingularAndTellsSourcesFromChoices) {
  Judged judged = example();
  judged.scenario.resolved["token"] = {
      {"/regions/cross_zone_round_trip", "\"5s\"", scenarios::Origin::defaulted, "a publication",
       0},
      {"/regions/route", "\"nearest\"", scenarios::Origin::defaulted, "", 0},
      {"/session_token/pod_cache", "\"user\"", scenarios::Origin::policy, "", 3}};

  const std::string text = flat(judged.terminal());

  EXPECT_THAT(text, HasSubstr("1 of 1 objective,"));
  EXPECT_THAT(text, HasSubstr("1 of \"token\", 1 default with a source and 1 choice of ours"));
}

TEST(TerminalReport, ColoursOnlyWhenAsked) {
  const Judged judged = example();

  EXPECT_THAT(judged.terminal({true, ""}), HasSubstr("\x1b["));
}

TEST(MarkdownReport, SaysWhatToUseAndHowToRepeatIt) {
  const Judged judged = example();

  const std::string text = judged.markdown();

  EXPECT_THAT(text, HasSubstr("### seatrial: use **token**"));
  EXPECT_THAT(text, HasSubstr("| as is (baseline) | **21,"));
  EXPECT_THAT(text, HasSubstr("seed 3"));
}

TEST(MarkdownReport, NamesTheNearestWhenNoPolicyMeetsAll) {
  const Judged judged = unmet(300, 0.001);

  const std::string text = judged.markdown();

  EXPECT_THAT(text,
              HasSubstr("### seatrial: no policy meets all objectives; nearest is **token**"));
  EXPECT_THAT(text, HasSubstr(" Misses \"own cart\" ("));
  EXPECT_EQ(text.find("\nIt "), std::string::npos);
}

TEST(MarkdownReport, CanBeReadWithoutItsScenario) {
  Judged judged = example();
  judged.scenario.objectives[0].outside = "outage";
  judged.comparison = compare(judged.scenario, judged.experiment);
  judged.scenario.resolved["as is"] = {
      {"/store/replication_lag/link", "\"20ms\"", scenarios::Origin::file, "", 5}};
  judged.scenario.resolved["token"].push_back(
      {"/session_token/carry/0", "\"client\"", scenarios::Origin::policy, "", 9});
  judged.scenario.resolved["token"].push_back(
      {"/session_token/carry/1", "\"broker\"", scenarios::Origin::policy, "", 9});

  const std::string text = judged.markdown();

  EXPECT_THAT(text, HasSubstr("| own cart <= 1,000 per million outside outage |"));
  EXPECT_THAT(text, HasSubstr("\"outside\": all other phases pooled"));
  EXPECT_EQ(text.find("names no phase"), std::string::npos);
  EXPECT_THAT(text, HasSubstr("- Users: East 50 % and West 50 %."));
  EXPECT_THAT(text, HasSubstr("- Phases: normal ("));
  EXPECT_THAT(text, HasSubstr("- Replication lag beyond the wire: link 20ms."));
  EXPECT_THAT(text, HasSubstr("- *as is*: nothing changed."));
  EXPECT_THAT(text, HasSubstr("- *token*: session_token/carry: client, broker."));
  EXPECT_THAT(text, HasSubstr("- Assumed: pods/cpu: 2."));
}

TEST(MetricsTable, HasAPartForEachPhaseAndRegion) {
  const Judged judged = example();

  const std::string text = metrics_table(judged.scenario, judged.experiment.runs[0]);

  EXPECT_THAT(text, HasSubstr("\nphase outage\n"));
  EXPECT_THAT(text, HasSubstr("\nregion West\n"));
}

TEST(Results, CountWrongReadsByCauseRegionAndPhase) {
  const Judged judged = example();

  const auto json = nlohmann::json::parse(
      results_json(judged.scenario, judged.experiment, judged.comparison, {}));

  const auto& wrong = json["policies"][0]["wrong_reads"]["ryw"];
  const std::uint64_t all = wrong["wrong"];
  EXPECT_GT(all, 0U);
  EXPECT_EQ(wrong["by_cause"]["no token"], all);
  EXPECT_EQ(wrong["by_region"]["West"], all / 2);
  EXPECT_EQ(wrong["by_phase"]["outage"], all / 2);
  EXPECT_EQ(json["policies"][1]["wrong_reads"]["ryw"]["wrong"], 0);
}

TEST(Results, AreEqualBytesForAnyNumberOfJobs) {
  const Judged one = example(1);
  const Judged many = example(5);

  EXPECT_EQ(results_json(one.scenario, one.experiment, one.comparison, {}),
            results_json(many.scenario, many.experiment, many.comparison, {}));
}

TEST(Results, HoldWhatVerifyNeeds) {
  const Judged judged = example();

  const auto json = nlohmann::json::parse(
      results_json(judged.scenario, judged.experiment, judged.comparison, {{"/pods/count=3"}}));

  EXPECT_EQ(json["format"], "seatrial-results/1");
  EXPECT_EQ(json["scenario"]["file"], "synthetic.json");
  EXPECT_EQ(json["scenario"]["text"], "{}");
  EXPECT_EQ(json["scenario"]["overrides"][0], "/pods/count=3");
  EXPECT_EQ(json["run"]["seed"], 3);
  EXPECT_EQ(json["run"]["replications"], 4);
  EXPECT_EQ(json["policies"][0]["checkpoints"].size(), checkpoint_count);
  EXPECT_EQ(json["policies"][0]["replications"].size(), 4U);
  EXPECT_EQ(json["policies"][1]["inputs"][0]["value"], "30min");
}

TEST(Results, DoNotSayInWhichFolderTheScenarioLay) {
  Judged judged = example();
  judged.scenario.warnings = {"somewhere/synthetic.json:3:1: warning: odd"};
  judged.comparison = compare(judged.scenario, judged.experiment);

  const std::string text = results_json(judged.scenario, judged.experiment, judged.comparison, {});

  EXPECT_THAT(text, HasSubstr("synthetic.json:3:1: warning: odd"));
  EXPECT_EQ(text.find("somewhere"), std::string::npos);
}

TEST(Results, StateEveryMetricWithItsIntervalAndDenominator) {
  const Judged judged = example();

  const auto json = nlohmann::json::parse(
      results_json(judged.scenario, judged.experiment, judged.comparison, {}));

  const auto& overall = json["policies"][0]["metrics"][0];
  EXPECT_TRUE(overall["phase"].is_null());
  EXPECT_EQ(overall["values"]["ryw"]["denominator"], 160'000);
  EXPECT_LT(overall["values"]["ryw"]["low"], overall["values"]["ryw"]["estimate"]);
  EXPECT_TRUE(json["policies"][1]["metrics"][0]["values"]["ryw"]["zero_bound"]);
  EXPECT_EQ(json["policies"][0]["metrics"].size(), 9U);  // (2 phases + all) x (2 regions + all)
  EXPECT_EQ(json["policies"][1]["objectives"][0]["parts"][0]["minus_baseline"]["is"], "better");
}

TEST(Version, IsThatOfTheBuild) {
  std::ifstream file{SEATRIAL_SOURCE_DIR "/CMakeLists.txt"};
  std::stringstream text;
  text << file.rdbuf();

  EXPECT_THAT(text.str(), HasSubstr("VERSION " + std::string{program_version}));
}

TEST(Text, KeepsThreeSignificantDigits) {
  EXPECT_EQ(rounded(20'812.4), "20,800");
  EXPECT_EQ(rounded(0.4), "0.4");
  EXPECT_EQ(rounded(1234567), "1,230,000");
  EXPECT_EQ(rounded(41.26), "41.3");
  EXPECT_EQ(rounded(0), "0");
  EXPECT_EQ(rounded(-154.2), "-154");
  EXPECT_EQ(rounded(999.96), "1,000");
}

TEST(Text, SaysThatTooFewWereSeenRatherThanAnIntervalOfEverything) {
  Interval wide{.estimate = 0.3, .low = 0, .high = 1, .defined = true, .zero_bound = false};
  EXPECT_EQ(long_text(wide, Shown::per_million), "300,000 [too few to say]");
  wide.estimate = 0, wide.zero_bound = true;
  EXPECT_EQ(short_text(wide, Shown::per_million), "too few to say");
  const Interval slow{530e6, 0, 4560e6, true, false};
  EXPECT_EQ(long_text(slow, Shown::milliseconds), "530 ms [at most 4,560 ms]");
  Interval open{15e6, 14e6, 0, true, false};
  open.high = Interval{}.high;
  EXPECT_EQ(long_text(open, Shown::milliseconds), "15 ms [at least 14 ms]");
  open.estimate = open.low = 0;
  EXPECT_EQ(long_text(open, Shown::plain), "0 [too few to say]");
}

TEST(Text, GivesASmallShareItsDigits) {
  const Interval none{0, 0, 0.0000312, true, true};
  EXPECT_EQ(long_text(none, Shown::percent), "0 % (< 0.00312 %)");
}

TEST(Text, CountsOneInTheSingular) {
  EXPECT_EQ(counted(1, "warning"), "1 warning");
  EXPECT_EQ(counted(0, "warning"), "0 warnings");
  EXPECT_EQ(counted(1200, "policy", "policies"), "1,200 policies");
}

TEST(Text, ShowsValuesInTheUnitThatPeopleUse) {
  EXPECT_EQ(value_text(0.0208, Shown::per_million), "20,800");
  EXPECT_EQ(value_text(0.99951, Shown::percent), "99.951 %");
  EXPECT_EQ(value_text(1, Shown::percent), "100 %");
  EXPECT_EQ(value_text(15e6, Shown::milliseconds), "15 ms");
  EXPECT_EQ(joined({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(count_text(279e6), "279 million");
  EXPECT_EQ(count_text(48213), "48,213");
}

}  // namespace
}  // namespace seatrial::analysis
