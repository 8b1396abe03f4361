// explain on results that the program itself has written, and on results that somebody changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/experiment/simulate.hpp"
#include "app/command_line.hpp"
#include "tests/app/hostile_name.hpp"

namespace seatrial::app {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using Json = nlohmann::ordered_json;

class ExplainCommand : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("seatrial-explain-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
    ASSERT_EQ(call({"compare", SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json", "--set",
                    "/phases/0/for=20s", "--replications", "2", "-o", folder_}),
              exit_code::good);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  int call(const std::vector<std::string>& arguments) {
    out_.str("");
    error_.str("");
    Environment environment{
        out_, error_, false, false, analysis::simulate, analysis::simulate_watched};
    return run_command_line(arguments, environment);
  }
  int explain(const std::vector<std::string>& options) {
    std::vector<std::string> arguments{"explain", folder_};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return call(arguments);
  }
  // Explains violation 1 of the results after `change`.
  int explain_changed(const std::function<void(Json&)>& change) {
    std::stringstream text;
    text << std::ifstream{folder_ / "results.json"}.rdbuf();
    Json results = Json::parse(text.str());
    change(results);
    std::ofstream{folder_ / "changed.json"} << results.dump(1) << "\n";
    return call({"explain", folder_ / "changed.json", "--violation", "1"});
  }
  std::string out() const { return out_.str(); }
  std::string error() const { return error_.str(); }

  std::filesystem::path folder_;
  std::ostringstream out_, error_;
};

TEST_F(ExplainCommand, ShowsAViolationOfFirstStepsAndItsCureBesideIt) {
  ASSERT_EQ(explain({"--violation", "1", "--beside", "client cookie"}), exit_code::good);

  EXPECT_THAT(out(), AllOf(HasSubstr("\"as is\"\nWRONG: the cart as it was before the write"),
                           HasSubstr("\"client cookie\"\nRIGHT: the cart with the write"),
                           HasSubstr("✓ read cart, carries LSN"), HasSubstr("✗ WRONG")));
  EXPECT_EQ(error(), "");
}

TEST_F(ExplainCommand, TakesTheRecommendedPolicyWhereNoneIsNamed) {
  ASSERT_EQ(explain({"--violation", "1", "--json"}), exit_code::good);

  const Json pairs = Json::parse(out());
  EXPECT_EQ(pairs.at(0).at("number"), 1);
  EXPECT_EQ(pairs.at(0).at("right").at("policy"), "client cookie");
}

TEST_F(ExplainCommand, ListsWhatThereIsToChooseFrom) {
  ASSERT_EQ(explain({}), exit_code::good);

  EXPECT_THAT(out(), AllOf(HasSubstr("\"as is\", own writes missed (ryw)"),
                           HasSubstr("     1  West Europe"), HasSubstr("60 ms")));
  EXPECT_THAT(error(), HasSubstr("--violation 1"));
}

TEST_F(ExplainCommand, RefusesWhatIsNotThere) {
  EXPECT_EQ(explain({"--violation", "4711"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("there is no violation 4711"));
  EXPECT_EQ(explain({"--violation", "1", "--beside", "client-cookie"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("did you mean \"client cookie\"?"));
  EXPECT_EQ(explain({"--violation", "1", "--beside", "as is"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("--beside names another policy"));
  EXPECT_EQ(explain({"--violation", "-1"}), exit_code::usage);
  EXPECT_EQ(explain({"--beside", "client cookie"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("say which: --violation N"));
}

TEST_F(ExplainCommand, RefusesResultsOfAnotherForm) {
  EXPECT_EQ(explain_changed([](Json& results) { results["format"] = "seatrial-results/99"; }),
            exit_code::usage);
  EXPECT_EQ(explain_changed([](Json& results) { results.erase("violations"); }), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("/violations: expected a list"));
  EXPECT_EQ(explain_changed([](Json& results) { results["violations"][0]["user"] = -3; }),
            exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("/violations/0/user: expected text"));
  EXPECT_EQ(explain_changed([](Json& results) { results["violations"][0]["cause"] = "rain"; }),
            exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("/violations/0/cause: expected one of no token, "));
}

TEST_F(ExplainCommand, LetsNoNameOfAFileSteerTheTerminal) {
  const auto rename = [](Json& results) {
    const std::string old = results["policies"][0]["name"];
    results["policies"][0]["name"] = hostile_name;
    for (const char* const choice : {"recommended", "runner_up"})
      if (results[choice] == old) results[choice] = hostile_name;
    for (Json& violation : results["violations"])
      if (violation["policy"] == old) violation["policy"] = hostile_name;
  };

  EXPECT_EQ(explain_changed(rename), exit_code::usage);
  EXPECT_THAT(error(), AllOf(HasSubstr("no policy \"evil?[31m"), SteersNothing()));
  EXPECT_EQ(call({"explain", folder_ / "changed.json"}), exit_code::good);
  EXPECT_THAT(out() + error(), AllOf(HasSubstr("evil?[31m"), SteersNothing()));
  EXPECT_EQ(call({"verify", folder_ / "changed.json"}), exit_code::usage);
  EXPECT_THAT(error(), AllOf(HasSubstr("no policy \"evil?[31m"), SteersNothing()));
}

TEST_F(ExplainCommand, SaysThatARunNoLongerHasTheWrongRead) {
  const int code = explain_changed([](Json& results) { results["run"]["seed"] = 4711; });

  EXPECT_EQ(code, exit_code::different);
  EXPECT_THAT(error(), HasSubstr("violation 1 is not in replication"));
  EXPECT_EQ(out(), "");
}

}  // namespace
}  // namespace seatrial::app
