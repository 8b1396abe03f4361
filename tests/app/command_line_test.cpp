// The command line as a user meets it: what it prints where, and with which exit code. The runs
// are synthetic; the scenarios are real files.
#include "app/command_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
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
  // What verify says of a good result after `change`: on its output or, when refused, its errors.
  std::string verified(const std::function<void(nlohmann::ordered_json&)>& change,
                       int expected = exit_code::different) {
    EXPECT_EQ(call({"compare", first_steps, "--json"}), exit_code::good);
    nlohmann::ordered_json results = nlohmann::ordered_json::parse(out());
    change(results);
    std::ofstream{folder_ / "changed.json"} << results.dump(1) << "\n";
    EXPECT_EQ(call({"verify", folder_ / "changed.json"}), expected);
    return expected == exit_code::different ? out() : error();
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

  EXPECT_EQ(call({"compare", first_steps, "--jobs", "1", "--replications", "10"}),
            exit_code::interrupted);

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

TEST_F(CommandLine, TakesPricesOfAFileAndVerifiesWithoutIt) {
  const std::string prices = folder_ / "azure.json", results = folder_ / "out";
  std::ofstream{prices} << R"({ "currency": "EUR", "pod_hour": 0.09 })";
  ASSERT_EQ(
      call({"compare", first_steps, "--prices", prices, "-o", results, "--replications", "2"}),
      exit_code::good);
  std::filesystem::remove(prices);

  EXPECT_EQ(call({"verify", results + "/results.json"}), exit_code::good);

  std::stringstream text;
  text << std::ifstream{results + "/results.json"}.rdbuf();
  const auto kept = nlohmann::json::parse(text.str())["scenario"]["prices"];
  EXPECT_EQ(kept["file"], "azure.json");
  EXPECT_THAT(std::string{kept["text"]}, HasSubstr("0.09"));
  EXPECT_EQ(text.str().find(folder_.string()), std::string::npos);
}

TEST_F(CommandLine, RefusesAFileOfPricesWithItsPlace) {
  const std::string prices = folder_ / "azure.json";
  std::ofstream{prices} << R"({ "currency": "EUR", "pod_hours": 0.09 })";

  EXPECT_EQ(call({"compare", first_steps, "--prices", prices}), exit_code::usage);
  EXPECT_EQ(error(),
            prices + ":1:22: error: /pod_hours: unknown key; did you mean \"pod_hour\"?\n");
  EXPECT_EQ(call({"run", first_steps, "--prices", folder_ / "none.json"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("none.json"));
}

TEST_F(CommandLine, NamesTheFirstStepAtWhichAnExperimentDiffers) {
  const std::string results = folder_ / "out";
  ASSERT_EQ(call({"compare", first_steps, "-o", results}), exit_code::good);
  drift_ = 1;

  EXPECT_EQ(call({"verify", results + "/results.json"}), exit_code::different);

  EXPECT_THAT(out(), HasSubstr("policy \"as is\", replication 0, step 100 of 256"));
}

TEST_F(CommandLine, NamesTheDigestThatWasChangedAlone) {
  using Json = nlohmann::ordered_json;
  const std::string wrong(32, 'f');
  const auto verified_with = [&](const char* pointer) {
    return verified([&](Json& results) { results[Json::json_pointer{pointer}] = wrong; });
  };

  EXPECT_THAT(verified_with("/policies/1/replications/3"),
              HasSubstr("policy \"client cookie\", replication 3\n"));
  EXPECT_THAT(verified_with("/policies/2/checkpoints/41"), HasSubstr("step 42 of 256"));
  EXPECT_THAT(verified_with("/policies/0/digest"), HasSubstr("\"as is\", its digest, though"));
  EXPECT_THAT(verified_with("/run/workload_digests/2"),
              HasSubstr("different: the workload of replication 2\n"));
  EXPECT_THAT(verified_with("/digest"), HasSubstr("the digest of all runs, though"));
}

TEST_F(CommandLine, ShowsOfALongLineOnlyWhereItDiffers) {
  const std::string said = verified([](nlohmann::ordered_json& results) {
    results["scenario"]["question"] = std::string(5000, 'x') + "\x1b[2J" + std::string(5000, 'y');
  });

  EXPECT_THAT(said, HasSubstr("what is computed from them is not"));
  EXPECT_LT(said.size(), 250U);
  EXPECT_EQ(said.find('\x1b'), std::string::npos);
}

TEST_F(CommandLine, RefusesToRepeatWhatNoOptionCouldAskFor) {
  using Json = nlohmann::ordered_json;
  const auto said_of = [&](const char* key, const Json& value) {
    return verified([&](Json& results) { results["run"][key] = value; }, exit_code::usage);
  };

  EXPECT_THAT(said_of("replications", 1'000'000'000'000), HasSubstr("from 1 to 100000"));
  for (const Json& value : {Json(0), Json(-1), Json(100'001), Json(2.5), Json("3"), Json()}) {
    EXPECT_THAT(said_of("replications", value), HasSubstr("/run/replications: expected a whole"))
        << value;
    EXPECT_THAT(said_of("replications_asked", value),
                HasSubstr("/run/replications_asked: expected"));
  }
  for (const Json& value : {Json(-1), Json(2.5), Json("3"), Json()})
    EXPECT_THAT(said_of("seed", value), HasSubstr("/run/seed: expected")) << value;
  EXPECT_THAT(said_of("shuffle_ties", -1), HasSubstr("/run/shuffle_ties: expected"));
}

TEST_F(CommandLine, RefusesANegativeSeed) {
  EXPECT_EQ(call({"compare", first_steps, "--seed", "-1"}), exit_code::usage);
  EXPECT_EQ(call({"compare", first_steps, "--seed=-1"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("a seed is not negative"));
  EXPECT_EQ(runs_, 0);
}

TEST_F(CommandLine, WritesNothingWhereAPlaceIsTakenByADirectory) {
  const std::filesystem::path results = folder_ / "taken";
  std::filesystem::create_directories(results / "results.json");
  std::ofstream{results / "report.md"} << "old";

  EXPECT_EQ(call({"compare", first_steps, "-o", results}), exit_code::usage);

  EXPECT_THAT(error(), HasSubstr("results.json: it is a directory"));
  std::ifstream report{results / "report.md"};
  std::string text;
  report >> text;
  EXPECT_EQ(text, "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator{results}, {}), 2);
}

TEST_F(CommandLine, RefusesToVerifyWhatIsNoResult) {
  std::ofstream{folder_ / "other.json"} << "{\"format\": \"something\"}";
  std::ofstream{folder_ / "half.json"} << "{\"format\": \"seatrial-results/1\"}";

  EXPECT_EQ(call({"verify", folder_ / "other.json"}), exit_code::usage);
  EXPECT_EQ(call({"verify", folder_ / "half.json"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("half.json: the key \"program\" is missing"));
  std::ofstream{folder_ / "number.json"} << "{\"format\": 1}";
  EXPECT_EQ(call({"verify", folder_ / "number.json"}), exit_code::usage);
  EXPECT_EQ(call({"verify", folder_}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("a directory without a results.json"));
  EXPECT_EQ(call({"verify", "/dev/zero"}), exit_code::usage);
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

  EXPECT_THAT(out(), testing::AllOf(HasSubstr("East US 50 % (writes)"), HasSubstr("\nvalid\n")));
  EXPECT_EQ(runs_, 0);
}

TEST_F(CommandLine, SaysBeforeARunWhatIsFullAndWhatStaysUndecided) {
  EXPECT_EQ(call({"validate", first_steps, "--set", "/pods/cpu_per_operation=1800ms", "--set",
                  "/objectives/own cart/at_most=1 per million"}),
            exit_code::good);

  EXPECT_THAT(error(), HasSubstr("warning: pod cpu, East US: 112 % in use in normal"));
  EXPECT_THAT(out(), testing::AllOf(HasSubstr("full first: pod cpu, East US"),
                                    HasSubstr("too few; raise /run/replications to"),
                                    HasSubstr(", more where clients try again"),
                                    HasSubstr("with 2 warnings; 1 objective may stay")));
}

TEST_F(CommandLine, ReadsAScenarioBackToMachinesWithTheSameContent) {
  EXPECT_EQ(call({"validate", first_steps, "--json"}), exit_code::good);

  const auto json = nlohmann::json::parse(out());
  EXPECT_THAT(json["read_back"]["users"][0].get<std::string>(), HasSubstr("East US 50 %"));
  EXPECT_EQ(json["load"][0]["limit"], "pod cpu");
  EXPECT_TRUE(json["objectives"]["own cart"]["enough"].get<bool>());
  EXPECT_EQ(json["policies"]["client cookie"]["/session_token/carry/0"], "client");
}

TEST_F(CommandLine, PrintsEveryValueOfAPolicyWithItsOrigin) {
  call({"validate", first_steps, "--resolved", "redis by cart", "--set", "/pods/count=3"});

  EXPECT_THAT(out(), testing::ContainsRegex("\n/pods/count = 3 +--set\n"));
  EXPECT_THAT(out(), testing::ContainsRegex("/session_token/key = \"document\" +policy, .*:20\n"));
  EXPECT_THAT(out(), testing::ContainsRegex("/workload/sessions = \"5/s\" .*steps.json:14\n"));
  EXPECT_THAT(out(), testing::ContainsRegex("/broker/get_service = \"2us\" +default: redis"));
  EXPECT_THAT(out(), testing::ContainsRegex("/broker/ttl = \"30min\" +assumed\n"));

  EXPECT_EQ(call({"validate", first_steps, "--resolved", "as is", "--json"}), exit_code::good);
  EXPECT_EQ(nlohmann::json::parse(out())["values"]["/pods/count"]["value"], 4);
  EXPECT_EQ(call({"validate", first_steps, "--resolved", "as iz"}), exit_code::usage);
  EXPECT_THAT(error(), HasSubstr("no policy \"as iz\""));
}

TEST_F(CommandLine, ListsWhatAScenarioCanName) {
  for (const char* what : {"strategies", "faults", "metrics", "regions", "defaults"}) {
    EXPECT_EQ(call({"list", what}), exit_code::good);
    EXPECT_GT(out().size(), 100U) << what;
  }
  EXPECT_EQ(call({"list", "everything"}), exit_code::usage);
}

TEST_F(CommandLine, SaysItsVersionAndHelp) {
  EXPECT_EQ(call({"--version"}), exit_code::good);
  EXPECT_THAT(out(), HasSubstr("seatrial 0."));
  EXPECT_EQ(call({"--help"}), exit_code::good);
  EXPECT_THAT(out(), testing::AllOf(HasSubstr("compare"), HasSubstr("Exit codes")));
}

}  // namespace
}  // namespace seatrial::app
