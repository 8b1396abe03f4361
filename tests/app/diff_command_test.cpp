// `seatrial diff` as a user meets it: paths, exit codes, and a gate. The results are written by
// hand, small; tests/analysis/report holds what is said of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <sstream>

#include "app/command_line.hpp"
#include "tests/analysis/report/saved_example.hpp"
#include "tests/app/hostile_name.hpp"
#include "tests/app/program.hpp"

namespace seatrial::app {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

class DiffCommand : public testing::Test {
 protected:
  DiffCommand() {
    write("old.json", [](Json&) {});
  }

  std::string write(const std::string& name, const std::function<void(Json&)>& change) {
    Json results = Json::parse(analysis::saved::results());
    change(results);
    const std::filesystem::path file = folder_.path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file} << results.dump(1);
    return file;
  }
  int call(std::vector<std::string> arguments) {
    out_.str("");
    error_.str("");
    arguments.insert(arguments.begin(), "diff");
    Environment environment{out_, error_, false, false, {}, {}};
    return run_command_line(arguments, environment);
  }
  std::string old_file() const { return folder_.path() / "old.json"; }

  TemporaryFolder folder_;
  std::ostringstream out_, error_;
};

void worsen(Json& results, int policy, const char* verdict) {
  results["digest"] = "ffff";
  results["policies"][policy]["objectives"][0]["verdict"] = verdict;
}

TEST_F(DiffCommand, TakesFilesAndDirectories) {
  write("main/results.json", [](Json& results) { results["digest"] = "ffff"; });

  EXPECT_EQ(call({old_file(), folder_.path() / "main"}), exit_code::good);
  EXPECT_EQ(call({old_file(), old_file()}), exit_code::good);
  EXPECT_THAT(out_.str(), HasSubstr("nothing changed: the same experiment"));
  EXPECT_EQ(call({folder_.path() / "main", old_file(), "--markdown"}), exit_code::good);
  EXPECT_THAT(out_.str(), HasSubstr("Since main (ffff)"));
  EXPECT_EQ(call({old_file(), old_file(), "--json"}), exit_code::good);
  EXPECT_TRUE(Json::parse(out_.str())["nothing_changed"]);
}

TEST_F(DiffCommand, GatesOnlyWhenAsked) {
  const std::string worse = write("new.json", [](Json& results) { worsen(results, 1, "fail"); });

  EXPECT_EQ(call({old_file(), worse}), exit_code::good);
  EXPECT_EQ(call({old_file(), worse, "--gate"}), exit_code::failed);
  EXPECT_THAT(error_.str(), HasSubstr("gate failed: \"token\": 1 worse, 0 no longer decided"));
  EXPECT_EQ(call({worse, old_file(), "--gate"}), exit_code::good);
  EXPECT_EQ(call({old_file(), worse, "--gate=as is"}), exit_code::good);
}

TEST_F(DiffCommand, GatesOnWhatBecameInconclusive) {
  const std::string unsure =
      write("new.json", [](Json& results) { worsen(results, 1, "inconclusive"); });

  EXPECT_EQ(call({old_file(), unsure, "--gate"}), exit_code::inconclusive);
}

TEST_F(DiffCommand, PassesWhatWasMissedAndIsNoLongerSurelyMissed) {
  const std::string unsure =
      write("new.json", [](Json& results) { worsen(results, 0, "inconclusive"); });

  EXPECT_EQ(call({old_file(), unsure, "--gate=as is"}), exit_code::good);
}

TEST_F(DiffCommand, IsNotSureOfAGateWhoseObjectiveIsGone) {
  const std::string gone = write("new.json", [](Json& results) {
    results["objectives"].clear();
    for (Json& policy : results["policies"]) policy["objectives"].clear();
  });

  EXPECT_EQ(call({old_file(), gone, "--gate"}), exit_code::inconclusive);
  EXPECT_THAT(error_.str(), HasSubstr("gate inconclusive: \"token\": 0 worse, 0 no longer "
                                      "decided, 1 not asked as before: \"own cart\" is gone\n"));
  EXPECT_EQ(call({gone, old_file(), "--gate"}), exit_code::good);
}

TEST_F(DiffCommand, IsNotSureOfAGateWhoseObjectiveAsksSomethingElse) {
  const auto gate_with = [&](const std::function<void(Json&)>& change) {
    const std::string other =
        write("new.json", [&](Json& results) { change(results["objectives"][0]); });
    return call({old_file(), other, "--gate"});
  };

  EXPECT_EQ(gate_with([](Json&) {}), exit_code::good);
  EXPECT_EQ(gate_with([](Json& asked) { asked["at_most"] = 0.1; }), exit_code::inconclusive);
  EXPECT_THAT(error_.str(),
              HasSubstr("1 not asked as before: \"own cart\" has another definition"));
  EXPECT_EQ(gate_with([](Json& asked) { asked["metric"] = "mr"; }), exit_code::inconclusive);
  EXPECT_EQ(gate_with([](Json& asked) { asked["of"] = "stock"; }), exit_code::inconclusive);
  EXPECT_EQ(gate_with([](Json& asked) { asked.erase("each"); }), exit_code::inconclusive);
  EXPECT_EQ(gate_with([](Json& asked) { asked["during"] = "surge"; }), exit_code::inconclusive);
  EXPECT_EQ(gate_with([](Json& asked) { asked["outside"] = "surge"; }), exit_code::inconclusive);
  EXPECT_EQ(gate_with([](Json& asked) {
              asked.erase("at_most");
              asked["at_least"] = 0.001;
            }),
            exit_code::inconclusive);
}

TEST_F(DiffCommand, FailsAGateThatIsWorseThoughItsObjectiveAsksSomethingElse) {
  const std::string stricter = write("new.json", [](Json& results) {
    worsen(results, 1, "fail");
    results["objectives"][0]["at_most"] = 0;
  });

  EXPECT_EQ(call({old_file(), stricter, "--gate"}), exit_code::failed);
  EXPECT_THAT(error_.str(), HasSubstr("1 worse, 0 no longer decided, 1 not asked as before"));
}

TEST_F(DiffCommand, LetsNoNameOfAFileSteerTheTerminal) {
  const std::string hostile = write("new.json", [](Json& results) {
    results["objectives"][0]["name"] = hostile_name;
    for (Json& policy : results["policies"]) {
      policy["objectives"][0]["name"] = hostile_name;
      policy["name"] = hostile_name + policy["name"].get<std::string>();
    }
    results["recommended"] = hostile_name + "token";
    results.erase("runner_up");
  });

  for (const char* const form : {"--json", "--markdown", "--gate"}) {
    call({hostile, old_file(), form});
    EXPECT_THAT(out_.str() + error_.str(), SteersNothing()) << form;
    call({old_file(), hostile, form});
    EXPECT_THAT(out_.str() + error_.str(), SteersNothing()) << form;
  }
}

TEST_F(DiffCommand, GatesOnWhatIsRecommendedWhenAnotherPolicyTakesOver) {
  const auto replace = [&](double wrong) {
    return write("new.json", [&](Json& results) {
      worsen(results, 1, "fail");
      results["policies"].push_back(Json::parse(analysis::saved::policy("redis", wrong, "broker")));
      results["recommended"] = "redis";
    });
  };

  EXPECT_EQ(call({old_file(), replace(0), "--gate"}), exit_code::good);
  EXPECT_THAT(error_.str(), HasSubstr("gate passed: \"redis\" (was \"token\")"));
  EXPECT_EQ(call({old_file(), replace(0.01), "--gate"}), exit_code::failed);
}

TEST_F(DiffCommand, RefusesAGateOnAPolicyThatIsNotInBoth) {
  const std::string added = write("new.json", [](Json& results) {
    results["policies"].push_back(Json::parse(analysis::saved::policy("redis", 0, "broker")));
  });

  EXPECT_EQ(call({old_file(), added, "--gate=redis"}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("old.json has no policy \"redis\""));
  EXPECT_EQ(out_.str(), "");
  EXPECT_EQ(call({old_file(), added, "--gate", "token"}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("write --gate=POLICY"));
}

TEST_F(DiffCommand, RefusesWhatIsNoResultOfThisFormat) {
  const std::string newer =
      write("new.json", [](Json& results) { results["format"] = "seatrial-results/9"; });

  EXPECT_EQ(call({old_file(), newer}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("new.json: the format is seatrial-results/9, this program "
                                      "reads seatrial-results/1"));
  EXPECT_EQ(call({old_file(), folder_.path() / "none.json"}), exit_code::usage);
  EXPECT_EQ(call({old_file(), folder_.path()}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("a directory without a results.json"));
  EXPECT_EQ(call({old_file(), old_file(), "--json", "--markdown"}), exit_code::usage);
  EXPECT_EQ(call({old_file()}), exit_code::usage);
}

}  // namespace
}  // namespace seatrial::app
