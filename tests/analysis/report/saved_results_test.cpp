#include "analysis/report/saved_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "tests/analysis/report/saved_example.hpp"

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

// What reading says of a good result after `change`; "read" when it says nothing.
std::string said_of(const std::function<void(Json&)>& change) {
  Json results = Json::parse(saved::results());
  change(results);
  try {
    read_results(results.dump());
    return "read";
  } catch (const ResultsError& error) {
    return error.what();
  }
}

std::string said_of_text(const std::string& text) {
  try {
    read_results(text);
    return "read";
  } catch (const ResultsError& error) {
    return error.what();
  }
}

TEST(SavedResults, HoldWhatWasWritten) {
  const SavedResults results = read_results(saved::results());

  EXPECT_EQ(results.scenario.title, "Cart");
  EXPECT_EQ(results.run.seed, 7U);
  EXPECT_EQ(results.policies[results.recommended].name, "token");
  EXPECT_EQ(results.objectives[0].limit, 0.001);
  const SavedVerdict& verdict = results.policies[0].objectives[0];
  EXPECT_EQ(verdict.verdict, Verdict::fail);
  EXPECT_EQ(verdict.parts[verdict.decided_by].region, "West Europe");
  EXPECT_TRUE(results.policies[1].objectives[0].parts[0].interval.zero_bound);
  EXPECT_EQ(results.policies[0].inputs.at("/pods/count").value, "4");
}

TEST(SavedResults, IgnoreKeysOfNewerPrograms) {
  EXPECT_EQ(said_of([](Json& results) { results["policies"][0]["new key"] = {1, 2}; }), "read");
}

TEST(SavedResults, SayThatTheyAreOfAnotherFormat) {
  EXPECT_EQ(said_of([](Json& results) { results["format"] = "seatrial-results/2"; }),
            "the format is seatrial-results/2, this program reads seatrial-results/1: repeat the "
            "comparison");
  EXPECT_THAT(said_of([](Json& results) { results["format"] = "trace/1"; }),
              HasSubstr("/format: expected \"seatrial-results/1\", got \"trace/1\""));
  EXPECT_THAT(said_of_text("[]"), HasSubstr("expected an object, got a list"));
}

TEST(SavedResults, NameThePlaceOfWhatIsMissingOrOfAnotherKind) {
  EXPECT_EQ(said_of([](Json& results) { results["policies"][1].erase("digest"); }),
            "/policies/1: the key \"digest\" is missing");
  EXPECT_EQ(said_of([](Json& results) { results["run"]["seed"] = -1; }),
            "/run/seed: expected a whole number from 0 to 18446744073709551615, got -1");
  EXPECT_EQ(
      said_of([](Json& results) { results["policies"][0]["objectives"][0]["verdict"] = "x"; }),
      "/policies/0/objectives/0/verdict: expected one of pass, fail, inconclusive, got "
      "\"x\"");
  EXPECT_EQ(said_of([](Json& results) { results["policies"] = 3; }),
            "/policies: expected a list, got 3");
}

TEST(SavedResults, AgreeWithThemselves) {
  EXPECT_EQ(said_of([](Json& results) { results["recommended"] = "nobody"; }),
            "/recommended: is none of /policies");
  EXPECT_EQ(said_of([](Json& results) { results["policies"] = Json::array(); }),
            "/policies: the list is empty");
  EXPECT_EQ(said_of([](Json& results) { results["policies"][1]["name"] = "as is"; }),
            "/policies/1/name: stands twice");
  EXPECT_EQ(
      said_of([](Json& results) { results["policies"][0]["objectives"][0]["decided_by"] = 9; }),
      "/policies/0/objectives/0/decided_by: expected a whole number from 0 to 1, got 9");
  EXPECT_EQ(said_of([](Json& results) { results["policies"][0]["objectives"] = Json::array(); }),
            "/policies/0/objectives: are not those of /objectives");
  EXPECT_EQ(
      said_of([](Json& results) { results["policies"][0]["objectives"][0]["name"] = "another"; }),
      "/policies/0/objectives/0/name: is not that of /objectives");
}

TEST(SavedResults, SayWhereTheyAreNoJson) {
  EXPECT_EQ(said_of_text("{\n  \"format\": nul\n}"), "line 2, column 16: this is not JSON");
  EXPECT_EQ(said_of_text(""), "line 1, column 1: this is not JSON");
  EXPECT_THAT(said_of_text("{\"format\": \"\xff\"}"), HasSubstr("this is not JSON"));
  EXPECT_EQ(said_of_text("{\"a\": 1e999}"), "a number is out of range");
  EXPECT_EQ(said_of_text("{\"a\": 1, \"a\": 2}"), "the key \"a\" stands twice in one object");
  EXPECT_EQ(said_of_text(std::string(100'000, '[')), "nested deeper than 32 levels");
}

TEST(SavedResults, AreRefusedBeforeTheyFillTheMemory) {
  std::string many = "[0";
  for (int i = 0; i < 4'000'000; ++i) many += ",0";

  EXPECT_EQ(said_of_text(many + "]"), "more than 4000000 values");
}

TEST(SavedResults, LetNoNameSteerTheTerminal) {
  const std::string said = said_of([](Json& results) { results["program"] = "\x1b[2J"; });

  EXPECT_THAT(said, HasSubstr("/program: expected an object"));
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace seatrial::analysis
