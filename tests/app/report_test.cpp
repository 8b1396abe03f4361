// What `compare` writes beside its answer, and `report` from it alone. The runs are synthetic; the
// scenario is a real file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command_line.hpp"

namespace seatrial::app {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::ordered_json;

const std::string first_steps = SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json";

analysis::RunSummary synthetic(const models::WorldConfig& world,
                               const models::RunOptions& options) {
  analysis::RunSummary run{analysis::shape_of(world)};
  const bool wrong = world.session_token.carry.empty();
  for (analysis::Cell& cell : run.cells) {
    cell.counts.operations = 10'000;
    cell.counts.ryw = {10'000, wrong ? 1000 + options.replication : 0};
    cell.latency.record(5'000'000, 10'000);
  }
  run.digest = {options.seed, options.replication};
  return run;
}

class Reports : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("seatrial-reports-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  int call(const std::vector<std::string>& arguments) {
    out_.str("");
    error_.str("");
    Environment environment{out_, error_, false, false, synthetic, {}};
    return run_command_line(arguments, environment);
  }
  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  std::string text_of(const std::string& name) const {
    std::ifstream file{folder_ / name};
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }

  std::filesystem::path folder_;
  std::ostringstream out_, error_;
};

TEST_F(Reports, AreAllThreeAndSayWhereAndHowLong) {
  ASSERT_EQ(call({"compare", first_steps, "-o", path("out")}), exit_code::good);

  EXPECT_THAT(out_.str(), HasSubstr(path("out") + "/report.html  " + path("out") + "/report.md  "));
  EXPECT_THAT(out_.str(), testing::ContainsRegex(" on [0-9]+ cores?, seed [0-9]+, digest "));
  EXPECT_THAT(text_of("out/report.md"), HasSubstr("### seatrial: use **client cookie**"));
  EXPECT_THAT(text_of("out/report.html"), HasSubstr("<html"));
  for (const char* file : {"out/report.md", "out/results.json"})
    EXPECT_THAT(text_of(file), Not(testing::ContainsRegex(" on [0-9]+ cores?,"))) << file;
}

TEST_F(Reports, AreMadeAnewFromResultsAlone) {
  ASSERT_EQ(call({"compare", first_steps, "-o", path("out")}), exit_code::good);

  ASSERT_EQ(call({"report", path("out"), "-o", path("again")}), exit_code::good) << error_.str();

  EXPECT_EQ(text_of("again/report.md"), text_of("out/report.md"));
  EXPECT_EQ(text_of("again/report.html"), text_of("out/report.html"));
  EXPECT_FALSE(std::filesystem::exists(path("again/results.json")));
}

TEST_F(Reports, LieBesideTheResultsUnlessToldWhere) {
  ASSERT_EQ(call({"compare", first_steps, "-o", path("out")}), exit_code::good);
  std::filesystem::remove(path("out/report.md"));

  EXPECT_EQ(call({"report", path("out/results.json")}), exit_code::good);

  EXPECT_THAT(text_of("out/report.md"), HasSubstr("client cookie"));
}

TEST_F(Reports, AreNotMadeOfWhatIsNoResult) {
  std::ofstream{folder_ / "other.json"} << "{\"format\": \"something\"}";

  EXPECT_EQ(call({"report", path("other.json"), "-o", path("never")}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("other.json"));
  EXPECT_EQ(call({"report", path("none.json"), "-o", path("never")}), exit_code::usage);
  EXPECT_EQ(call({"report", folder_.string()}), exit_code::usage);
  EXPECT_FALSE(std::filesystem::exists(path("never")));
}

// Each change forges the page of results that are otherwise as they were written.
TEST_F(Reports, AreNotMadeOfAPageThatContradictsTheResults) {
  ASSERT_EQ(call({"compare", first_steps, "-o", path("out")}), exit_code::good);
  const Json good = Json::parse(text_of("out/results.json"));
  const auto refusal_of = [&](const std::function<void(Json&)>& forge) {
    Json results = good;
    forge(results["page"]);
    std::ofstream{folder_ / "forged.json"} << results.dump(1);
    EXPECT_EQ(call({"report", path("forged.json"), "-o", path("never")}), exit_code::usage);
    EXPECT_FALSE(std::filesystem::exists(path("never")));
    return error_.str();
  };

  EXPECT_THAT(refusal_of([](Json& page) {
                const int first = page["verdict"]["policy"];
                page["verdict"]["policy"] = (first + 1) % 3;
              }),
              HasSubstr("forged.json: /page/verdict/policy contradicts /recommended"));
  EXPECT_THAT(refusal_of([](Json& page) { page["verdict"]["kind"] = "nearest"; }),
              HasSubstr("/page/verdict/kind contradicts /policies/"));
  EXPECT_THAT(refusal_of([](Json& page) {
                page["verdict"]["runner_up"]["policy"] = page["verdict"]["policy"];
              }),
              HasSubstr("/page/verdict/runner_up contradicts /runner_up"));
  EXPECT_THAT(refusal_of([](Json& page) { page["policies"][0]["name"] = "redis cart"; }),
              HasSubstr("/page/policies/0/name contradicts /policies/0/name"));
  EXPECT_THAT(refusal_of([](Json& page) { page["policies"][0]["met"] = 7; }),
              HasSubstr("/page/policies/0/met contradicts /policies/0/objectives"));
  EXPECT_THAT(refusal_of([](Json& page) {
                const int baseline = page["scenario"]["baseline"];
                page["scenario"]["baseline"] = (baseline + 1) % 3;
              }),
              HasSubstr("/page/scenario/baseline contradicts /scenario/baseline"));
  EXPECT_THAT(refusal_of([](Json& page) { page["scenario"]["title"] = "Another"; }),
              HasSubstr("/page/scenario/title contradicts /scenario/title"));
  EXPECT_THAT(refusal_of([](Json& page) { page["reproduce"]["digest"] = "ffff"; }),
              HasSubstr("/page/reproduce/digest contradicts /digest"));
  EXPECT_THAT(refusal_of([](Json& page) { page["reproduce"]["seed"] = 2; }),
              HasSubstr("/page/reproduce/seed contradicts /run/seed"));
}

TEST_F(Reports, SayOfARunThatItHoldsNone) {
  ASSERT_EQ(call({"run", first_steps, "--json"}), exit_code::good);
  std::ofstream{folder_ / "run.json"} << out_.str();

  EXPECT_EQ(call({"report", path("run.json")}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("run.json: holds no report"));
}

TEST_F(Reports, AreVerifiedWithTheResults) {
  ASSERT_EQ(call({"compare", first_steps, "-o", path("out")}), exit_code::good);
  EXPECT_EQ(call({"verify", path("out/results.json")}), exit_code::good) << out_.str();

  std::string text = text_of("out/results.json");
  const std::string word = "\"RU an operation\"";
  text.replace(text.find(word), word.size(), "\"RU\"");
  std::ofstream{folder_ / "changed.json"} << text;

  EXPECT_EQ(call({"verify", path("changed.json")}), exit_code::different);
}

TEST_F(Reports, GoWithAGateJUnitAndJson) {
  ASSERT_EQ(call({"compare", first_steps, "--json", "-o", path("out"), "--gate=as is", "--junit",
                  path("junit.xml")}),
            exit_code::failed);

  EXPECT_EQ(out_.str(), text_of("out/results.json"));
  EXPECT_THAT(error_.str(), HasSubstr("gate failed: \"as is\" meets 0 of 1 objective, misses 1"));
  EXPECT_THAT(text_of("junit.xml"), testing::Not(HasSubstr("classname=\"redis by cart\"")));
  EXPECT_THAT(text_of("junit.xml"), HasSubstr("<failure type=\"missed\""));
}

TEST_F(Reports, CountWhatIsInconclusiveAsMissedWhenStrict) {
  const std::vector<std::string> gated{"compare", first_steps, "--gate=as is", "--replications",
                                       "1"};
  std::vector<std::string> strict = gated;
  strict.emplace_back("--strict");

  EXPECT_EQ(call(gated), exit_code::inconclusive);
  EXPECT_EQ(call(strict), exit_code::failed);
  EXPECT_EQ(call({"compare", first_steps, "--strict"}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("--strict changes what --gate and --junit say"));
}

TEST_F(Reports, KnowBeforeTheRunsThatJUnitCannotBeWritten) {
  EXPECT_EQ(call({"compare", first_steps, "--junit", folder_.string()}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("it is a directory"));
  std::ofstream{folder_ / "file"} << "x";
  EXPECT_EQ(call({"compare", first_steps, "--junit", path("file/junit.xml")}), exit_code::usage);
  EXPECT_EQ(call({"compare", first_steps, "--junit", path("no/junit.xml")}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("junit.xml: there is no directory "));
  EXPECT_FALSE(std::filesystem::exists(path("no")));
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace seatrial::app
