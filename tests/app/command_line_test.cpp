// The command line as a user meets it: what it prints where, and with which exit code. The runs
// are synthetic; the scenarios are real files.
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace seatrial::app {
namespace {

using testing::HasSubstr;

const std::string first_steps = SEATRIAL_SOURCE_DIR "/scenarios/library/first-steps.json";

// Every read of a policy that carries no token is wrong once in ten, and of others never. `drift`
// changes what is observed, as a change of the models would.
analysis::RunSummary synthetic(const models::WorldConfig& world, const models::RunOptions& options,
                               std::uint64_t drift) {
  analysis::RunSummary run{analysis::shape_of(world)};
  const bool wrong = world.session_token.carry.empty();
  for (analysis::Cell& cell : run.cells) {
    cell.counts.operations = 10'000;
    cell.counts.ryw = {10'000, wrong ? 1000 + options.replication : 0};
    cell.latency.record(5'000'000, 10'000);
  }
  run.totals.sessions = run.totals.operations = 10'000 * run.cells.size();
  run.digest = {options.seed + drift, options.replication};
  for (std::size_t k = 0; k < run.checkpoints.size(); ++k)
    run.checkpoints[k] = {options.seed + (k >= 99 ? drift : 0), k};
  return run;
}

class CommandLine : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("seatrial-command-line-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  int call(const std::vector<std::string>& arguments) {
    out_.str("");
    error_.str("");
    Environment environment{out_,
                            error_,
                            false,
                            false,
                            [this](const auto& world, const auto& options) {
                              ++runs_;
                              return synthetic(world, options, drift_);
                            },
                            {},
                            [this] { return runs_ >= stop_after_; }};
    return run_command_line(arguments, environment);
  }
  std::string out() const { return out_.str(); }
  std::string error() const { return error_.str(); }

  std::filesystem::path folder_;
  std::ostringstream out_, error_;
  std::uint64_t drift_ = 0;
  std::atomic<int> runs_{0};
  int stop_after_ = 1'000'000;
};

TEST_F(CommandLine, ComparesAndWritesItsResults) {
  const std::string results = folder_ / "out";

  EXPECT_EQ(call({"compare", first_steps, "-o", results}), exit_code::good);

  EXPECT_THAT(out(), HasSubstr("RECOMMENDED  client cookie"));
  EXPECT_EQ(error(), "");
  EXPECT_TRUE(std::filesystem::exists(results + "/report.md"));
  EXPECT_TRUE(std::filesystem::exists(results + "/results.json"));
}

TEST_F(CommandLine, PrintsOnlyJsonWhenAsked) {
  EXPECT_EQ(call({"compare", first_steps, "--json", "--seed", "9", "--set", "/pods/count=3"}),
            exit_code::good);

  const auto json = nlohmann::json::parse(out());
  EXPECT_EQ(json["run"]["seed"], 9);
  EXPECT_EQ(json["scenario"]["overrides"][0], "/pods/count=3");
}

TEST_F(CommandLine, GatesOnTheRecommendedOrANamedPolicy) {
  EXPECT_EQ(call({"compare", "--gate", first_steps}), exit_code::good);
  EXPECT_THAT(error(), HasSubstr("gate passed"));
  EXPECT_EQ(call({"compare", first_steps, "--gate=as is"}), exit_code::failed);
  EXPECT_EQ(call({"compare", first_steps, "--gate=as is", "--replications", "1"}),
            exit_code::inconclusive);
  EXPECT_EQ(call({"compare", first_steps, "--gate=nobody"}), exit_code::usage);
}

TEST_F(CommandLine, HintsHowToGateOnAPolicy) {
  EXPECT_EQ(call({"compare", first_steps, "--gate", "as is"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("write --gate=POLICY"));
  EXPECT_EQ(call({"compare", first_steps, "--bogus"}), exit_code::usage);
  EXPECT_EQ(error().find("--gate=POLICY"), std::string::npos);
}

TEST_F(CommandLine, ReplacesTheResultsOfADirectory) {
  const std::string results = folder_ / "again";
  ASSERT_EQ(call({"compare", first_steps, "-o", results, "--seed", "1"}), exit_code::good);
  ASSERT_EQ(call({"compare", first_steps, "-o", results, "--seed", "2"}), exit_code::good);

  std::ifstream file{results + "/results.json"};
  EXPECT_EQ(nlohmann::json::parse(file)["run"]["seed"], 2);
}

TEST_F(CommandLine, KeepsTheBaselineBesideThePolicyAskedFor) {
  EXPECT_EQ(call({"compare", "--policy", "redis by cart", first_steps}), exit_code::good);

  EXPECT_THAT(out(), HasSubstr("as is"));
  EXPECT_THAT(out(), HasSubstr("redis by cart"));
  EXPECT_EQ(out().find("client cookie"), std::string::npos);
}

TEST_F(CommandLine, RefusesWhatItDoesNotUnderstand) {
  EXPECT_EQ(call({}), exit_code::usage);
  EXPECT_EQ(call({"frob"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("no command \"frob\""));
  EXPECT_EQ(call({"compare"}), exit_code::usage);
  EXPECT_EQ(call({"compare", folder_ / "none.json"}), exit_code::usage);
  EXPECT_EQ(call({"compare", first_steps, "--policy", "nobody"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("the scenario has \"as is\", \"client cookie\""));
  EXPECT_EQ(call({"compare", first_steps, "--tie-order", "random"}), exit_code::usage);
  EXPECT_EQ(call({"compare", first_steps, "--replications", "0"}), exit_code::usage);
  EXPECT_EQ(runs_, 0);
}

TEST_F(CommandLine, PrintsEveryProblemOfAScenarioAndWritesNothing) {
  const std::string results = folder_ / "never";

  const int code = call({"compare", first_steps, "-o", results, "--set", "/pods/cout=3", "--set",
                         "/store/sdk=cobol"});

  EXPECT_EQ(code, exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("/pods/cout"));
  EXPECT_THAT(error(), HasSubstr("/store/sdk"));
  EXPECT_EQ(out(), "");
  EXPECT_FALSE(std::filesystem::exists(results));
}

TEST_F(CommandLine, KnowsBeforeItRunsThatItCannotWrite) {
  std::ofstream{folder_ / "file"} << "x";

  EXPECT_EQ(call({"compare", first_steps, "-o", folder_ / "file"}), exit_code::usage);
  EXPECT_EQ(call({"compare", first_steps, "-o", folder_ / "file" / "below"}), exit_code::usage);

  EXPECT_THAT(error(), HasSubstr("cannot write"));
  EXPECT_EQ(runs_, 0);
}

TEST_F(CommandLine, ReportsWholeReplicationsWhenInterrupted) {
  stop_after_ = 7;

  EXPECT_EQ(call({"compare", first_steps, "--jobs", "1"}), exit_code::interrupted);

  EXPECT_THAT(out(), HasSubstr("interrupted after 2 of 10 replications"));
}

TEST_F(CommandLine, SaysNothingWhenInterruptedAtOnce) {
  stop_after_ = 1;
  const std::string results = folder_ / "early";

  EXPECT_EQ(call({"compare", first_steps, "--jobs", "1", "-o", results}), exit_code::interrupted);

  EXPECT_EQ(out(), "");
  EXPECT_FALSE(std::filesystem::exists(results));
}

TEST_F(CommandLine, VerifiesWhatItWrote) {
  const std::string results = folder_ / "out";
  ASSERT_EQ(call({"compare", first_steps, "-o", results, "--policy", "redis by cart", "--set",
                  "/pods/count=3", "--replications", "3"}),
            exit_code::good);

  EXPECT_EQ(call({"verify", results + "/results.json"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr("equal: 2 policies, 3 replications"));
}

TEST_F(CommandLine, NamesTheFirstStepAtWhichAnExperimentDiffers) {
  const std::string results = folder_ / "out";
  ASSERT_EQ(call({"compare", first_steps, "-o", results}), exit_code::good);
  drift_ = 1;

  EXPECT_EQ(call({"verify", results + "/results.json"}), exit_code::different);

  EXPECT_THAT(out(), HasSubstr("policy \"as is\", replication 0, step 100 of 256"));
}

TEST_F(CommandLine, RefusesToVerifyWhatIsNoResult) {
  std::ofstream{folder_ / "other.json"} << "{\"format\": \"something\"}";
  std::ofstream{folder_ / "half.json"} << "{\"format\": \"seatrial-results/1\"}";

  EXPECT_EQ(call({"verify", folder_ / "other.json"}), exit_code::usage);
  EXPECT_EQ(call({"verify", folder_ / "half.json"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("is not whole"));
}

TEST_F(CommandLine, RunsOnePolicy) {
  EXPECT_EQ(call({"run", first_steps, "--policy", "client cookie", "--replications", "2"}),
            exit_code::good);

  EXPECT_EQ(runs_, 2);
  EXPECT_THAT(out(), HasSubstr("policy \"client cookie\", 2 replications"));
  EXPECT_THAT(out(), HasSubstr("ryw"));
}

TEST_F(CommandLine, SaysOfOneReplicationOnlyOne) {
  EXPECT_EQ(call({"run", first_steps, "--replications", "1"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr(", 1 replication, "));
  EXPECT_THAT(out(), HasSubstr("\nregion East US\n"));
  EXPECT_EQ(call({"run", "--help"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr("--history-replication"));
}

TEST_F(CommandLine, ReadsAScenarioBackWithoutRunningIt) {
  EXPECT_EQ(call({"validate", first_steps}), exit_code::good);

  EXPECT_THAT(out(), HasSubstr("East US 50 % (writes)"));
  EXPECT_THAT(out(), HasSubstr("\nvalid\n"));
  EXPECT_EQ(runs_, 0);
}

TEST_F(CommandLine, ListsWhatAScenarioCanName) {
  for (const char* what :
       {"strategies", "faults", "metrics", "regions", "distributions", "defaults"}) {
    EXPECT_EQ(call({"list", what}), exit_code::good);
    EXPECT_GT(out().size(), 100U) << what;
  }
  EXPECT_EQ(call({"list", "everything"}), exit_code::usage);
}

TEST_F(CommandLine, SaysItsVersionAndHelp) {
  EXPECT_EQ(call({"--version"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr("seatrial 0."));
  EXPECT_EQ(call({"--help"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr("compare"));
  EXPECT_THAT(out(), HasSubstr("Exit codes"));
}

}  // namespace
}  // namespace seatrial::app
