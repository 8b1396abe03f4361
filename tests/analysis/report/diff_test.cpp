#include "analysis/report/diff.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "tests/analysis/report/saved_example.hpp"

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Json = nlohmann::ordered_json;
using Change = std::function<void(Json&)>;

// Two results and what is between them, with its texts.
struct Compared {
  explicit Compared(const Change& change) : Compared([](Json&) {}, change) {}
  Compared(const Change& change_before, const Change& change_after)
      : before{changed(change_before)},
        after{changed(change_after)},
        diff{diff_of(before, after)} {}

  static SavedResults changed(const Change& change) {
    Json results = Json::parse(saved::results());
    change(results);
    return read_results(results.dump());
  }
  std::string terminal() const { return terminal_diff(before, after, diff, {"old", "new"}); }
  std::string markdown() const { return markdown_diff(before, after, diff, {"main", "new"}); }
  Json json() const { return Json::parse(json_diff(before, after, diff)); }

  SavedResults before, after;
  ResultsDiff diff;
};

// The tokens of the second policy no longer help.
void break_token(Json& results) {
  results["digest"] = "ffff";
  results["policies"][1] = Json::parse(saved::policy("token", 0.01, "client"));
}

void set_verdict(Json& results, int policy, const char* verdict) {
  results["policies"][policy]["objectives"][0]["verdict"] = verdict;
}

TEST(Diff, SaysInOneLineThatNothingChanged) {
  const Compared same{[](Json&) {}};

  EXPECT_TRUE(same.diff.nothing_changed());
  EXPECT_EQ(same.terminal(), "nothing changed: the same experiment, digest 0123456789ab\n");
}

TEST(Diff, TellsOtherRunsFromTheSameExperiment) {
  const Compared other{[](Json& results) { results["digest"] = "ffff"; }};

  EXPECT_THAT(other.terminal(), HasSubstr("yet the runs are not the same ones"));
}

TEST(Diff, SaysThatOnlyTheWordingDiffers) {
  const Compared reworded{[](Json& results) { results["scenario"]["text"] = "{ }"; }};

  EXPECT_TRUE(reworded.diff.nothing_changed());
  EXPECT_THAT(reworded.terminal(), HasSubstr("only the scenario's wording differs"));
}

TEST(Diff, PutsTheDecisionBeforeWorseVerdictsBeforeMetricsBeforeInputs) {
  const Compared worse{[](Json& results) {
    break_token(results);
    results["recommended"] = "as is";
    results["policies"][1]["inputs"][0]["value"] = 3;
  }};

  const std::string text = worse.terminal();

  const std::size_t decision = text.find("DECISION  now \"as is\", 0 of 1 objective (the nearest");
  const std::size_t verdict = text.find(
      "WORSE     \"token\", \"own cart\": met -> missed; 0 (< 400) ->"
      " 10,000 [9,000, 11,000] per million, West Europe, normal");
  const std::size_t metric = text.find(
      "METRICS   \"token\": ryw 0 <400 -> 10,000 per million (worse),"
      " overall and in 1 part");
  const std::size_t input = text.find("INPUTS    /pods/count: 4 -> 3 (file), under \"token\"");
  EXPECT_LT(decision, verdict) << text;
  EXPECT_LT(verdict, metric) << text;
  EXPECT_LT(metric, input) << text;
  EXPECT_NE(input, std::string::npos) << text;
}

TEST(Diff, TurnsEveryPairOfVerdictsOneWay) {
  const auto turn_of = [](const char* before, const char* after) {
    const Compared pair{[&](Json& results) { set_verdict(results, 1, before); },
                        [&](Json& results) { set_verdict(results, 1, after); }};
    return pair.diff.verdicts.at(0).turn;
  };

  EXPECT_EQ(turn_of("pass", "fail"), Turn::worse);
  EXPECT_EQ(turn_of("inconclusive", "fail"), Turn::worse);
  EXPECT_EQ(turn_of("fail", "pass"), Turn::better);
  EXPECT_EQ(turn_of("inconclusive", "pass"), Turn::better);
  EXPECT_EQ(turn_of("pass", "inconclusive"), Turn::undecided);
  EXPECT_EQ(turn_of("fail", "inconclusive"), Turn::better);
}

TEST(Diff, CallsNoMetricMovedWhileItsIntervalsOverlap) {
  const auto moved_to = [](double low, double high) {
    const Compared moved{[&](Json& results) {
      results["policies"][1]["metrics"][0]["values"]["read.p99"] =
          Json::parse(saved::interval((low + high) / 2, low, high));
    }};
    return moved.diff.moves.size();
  };

  EXPECT_EQ(moved_to(4.05e6, 5e6), 0U);  // it was 3.9 to 4.1 ms
  EXPECT_EQ(moved_to(4.15e6, 5e6), 1U);
  EXPECT_EQ(moved_to(3.0e6, 3.8e6), 1U);
}

TEST(Diff, PutsMovesOfWrongReadsBeforeThoseOfLatency) {
  const Compared both{[](Json& results) {
    Json& values = results["policies"][1]["metrics"][0]["values"];
    values["read.p99"] = Json::parse(saved::interval(9e6, 8.9e6, 9.1e6));
    values["ryw"] = Json::parse(saved::interval(0.01, 0.009, 0.011));
  }};

  ASSERT_THAT(both.diff.moves, SizeIs(2));
  EXPECT_EQ(both.diff.moves[0].metric, "ryw");
  EXPECT_EQ(both.diff.moves[1].metric, "read.p99");
}

TEST(Diff, CountsSmallMovesWithoutListingThem) {
  const Compared small{[](Json& results) {
    results["policies"][0]["metrics"][0]["values"]["read.p99"] =
        Json::parse(saved::interval(4.15e6, 4.11e6, 4.2e6));
  }};

  EXPECT_THAT(small.diff.moves, SizeIs(1));
  EXPECT_EQ(small.terminal().find("read.p99"), std::string::npos);
  EXPECT_THAT(small.terminal(), HasSubstr("1 more value moved by less than 5 %"));
}

TEST(Diff, NamesPoliciesAndObjectivesThatCameAndWent) {
  const Compared renamed{[](Json& results) {
    results["policies"][1] = Json::parse(saved::policy("redis", 0, "broker"));
    results["recommended"] = "redis";
    results["objectives"][0]["name"] = "cart";
    for (Json& policy : results["policies"]) policy["objectives"][0]["name"] = "cart";
  }};

  EXPECT_THAT(renamed.diff.verdicts, IsEmpty());
  EXPECT_THAT(renamed.terminal(), HasSubstr("NEW       policy \"redis\": 1 of 1 objective"));
  EXPECT_THAT(renamed.terminal(), HasSubstr("objective \"cart\": 1 policy meets it, 1 misses it"));
  EXPECT_THAT(renamed.terminal(), HasSubstr("GONE      policy \"token\": it met 1 of 1 objective"));
}

TEST(Diff, ShowsInputsOnceForAllPoliciesAndByNameForOne) {
  const Compared inputs{[](Json& results) {
    for (Json& policy : results["policies"])
      policy["inputs"][1]["value"] = "5ms", policy["inputs"][1]["origin"] = "command_line";
    results["policies"][0]["inputs"].erase(2);
    results["run"]["seed"] = 8;
  }};

  const std::string text = inputs.terminal();

  EXPECT_THAT(text, HasSubstr("INPUTS    seed: 7 -> 8\n"));
  EXPECT_THAT(text, HasSubstr("/store/replication_lag: {\"exponential\":{\"mean\":\"30ms\"}} -> "
                              "\"5ms\" (command_line, was file)\n"));
  EXPECT_THAT(text, HasSubstr("/session_token/carry/0: \"none\" -> (none) (policy), under \"as "
                              "is\"\n"));
}

TEST(Diff, ShowsAnObjectiveThatAsksForSomethingElse) {
  const Compared limits{[](Json& results) { results["objectives"][0]["at_most"] = 0.002; }};

  EXPECT_THAT(limits.terminal(),
              HasSubstr("objective \"own cart\": \"ryw at most 0.001, of cart, in "
                        "each region\" -> \"ryw at most 0.002"));
}

TEST(Diff, WarnsOfAnotherQuestionAndOfAnInterruptedResult) {
  const Compared doubtful{[](Json& results) {
    results["scenario"]["title"] = "Orders";
    results["run"]["replications_asked"] = 5;
  }};

  EXPECT_THAT(doubtful.terminal(), HasSubstr("NOTE      the titles differ"));
  EXPECT_THAT(doubtful.terminal(), HasSubstr("the newer result was interrupted: 2 of 5"));
}

TEST(Diff, SaysInAPullRequestWhatChangedSinceMain) {
  const Compared added{[](Json& results) {
    results["digest"] = "ffff";
    results["policies"].push_back(Json::parse(saved::policy("cookie", 0, "client")));
  }};

  EXPECT_THAT(added.markdown(),
              HasSubstr("Since main (0123456): recommended as before: \"token\", 1 of 1 objective; "
                        "policy \"cookie\" is new; no objective got worse.\n"));
  EXPECT_THAT(Compared{break_token}.markdown(), HasSubstr("1 verdict got worse"));
}

TEST(Diff, LetsNoNameSteerTheTerminalOrWriteMarkup) {
  const Compared hostile{[](Json& results) {
    results["policies"][1]["name"] = "\x1b[2J<img src=x>|`a`\u202e";
    results["recommended"] = "\x1b[2J<img src=x>|`a`\u202e";
    results["policies"][0]["inputs"][0]["pointer"] = "/\x07\u009b";
    results["policies"][0]["inputs"][0]["value"] = "\u009b";
  }};

  for (const std::string& text : {hostile.terminal(), hostile.markdown()}) {
    EXPECT_EQ(text.find_first_of("\x1b\x07"), std::string::npos);
    EXPECT_EQ(text.find("\u202e"), std::string::npos);
    EXPECT_EQ(text.find("\u009b"), std::string::npos);
  }
  EXPECT_EQ(hostile.markdown().find("<img"), std::string::npos);
  EXPECT_THAT(hostile.markdown(), HasSubstr("\\|\\`a\\`"));
}

TEST(Diff, HoldsEverythingForMachines) {
  const Json json = Compared{break_token}.json();

  EXPECT_EQ(json["format"], "seatrial-diff/1");
  EXPECT_EQ(json["verdicts"][0]["is"], "worse");
  EXPECT_EQ(json["verdicts"][0]["before"]["verdict"], "pass");
  EXPECT_EQ(json["verdicts"][0]["after"]["value"]["estimate"], 0.01);
  EXPECT_EQ(json["metrics"].size(), 2U);
  EXPECT_FALSE(json["nothing_changed"]);
}

}  // namespace
}  // namespace seatrial::analysis
