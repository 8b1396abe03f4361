#include "analysis/report/report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;

struct Judged {
  scenarios::Scenario scenario;
  Experiment experiment;
  Comparison comparison;
};

Judged example(unsigned jobs = 1) {
  synthetic::Behaviour wrong, cured;
  wrong.wrong_per_10000 = wrong.wrong_in_outage = 208;
  cured.ru_thousandths = 1500;
  const synthetic::Behaviours behaviours{{"as is", wrong}, {"token", cured}};
  Judged judged;
  judged.scenario = synthetic::scenario_of(behaviours, "as is");
  judged.scenario.objectives = {synthetic::own_cart(0.001)};
  judged.scenario.resolved["token"] = {
      {"/broker/ttl", "\"30min\"", scenarios::Origin::file, "", 12},
      {"/pods/cpu", "2", scenarios::Origin::assumed, "assumed", 0}};
  ExperimentOptions options;
  options.jobs = jobs;
  judged.experiment =
      run_experiment(judged.scenario, options, synthetic::simulation_of(behaviours));
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

TEST(TerminalReport, NamesTheRecommendedTheMissedAndTheBoundBehindAZero) {
  const Judged judged = example();

  const std::string text =
      terminal_report(judged.scenario, judged.experiment, judged.comparison, false);

  EXPECT_THAT(text, HasSubstr("RECOMMENDED  token"));
  EXPECT_THAT(text, HasSubstr("RUNNER-UP    as is"));
  EXPECT_THAT(text, HasSubstr("misses \"own cart\" (21,"));
  EXPECT_THAT(text, testing::ContainsRegex("as is +21,[0-9]+ x"));
  EXPECT_THAT(text, testing::ContainsRegex("token +0 <[0-9.]+"));
  EXPECT_THAT(text, HasSubstr("100 % were read without a token"));
  EXPECT_THAT(text, HasSubstr("1 yours and 1 assumed"));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
}

TEST(TerminalReport, ColoursOnlyWhenAsked) {
  const Judged judged = example();

  EXPECT_THAT(terminal_report(judged.scenario, judged.experiment, judged.comparison, true),
              HasSubstr("\x1b["));
}

TEST(MarkdownReport, SaysWhatToUseAndHowToRepeatIt) {
  const Judged judged = example();

  const std::string text = markdown_report(judged.scenario, judged.experiment, judged.comparison);

  EXPECT_THAT(text, HasSubstr("### seatrial: use **token**"));
  EXPECT_THAT(text, HasSubstr("| as is (baseline) | **21,"));
  EXPECT_THAT(text, HasSubstr("seed 3"));
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
