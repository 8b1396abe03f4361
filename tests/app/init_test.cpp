// From nothing to a scenario: `init` writes a file that, once its questions are answered, loads and
// compares; whatever the tools' outputs hold, the file stays one that the loader reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "analysis/experiment/simulate.hpp"
#include "app/command_line.hpp"
#include "app/init_facts.hpp"
#include "app/init_file.hpp"

namespace seatrial::app {
namespace {

using nlohmann::json;
using testing::HasSubstr;

const std::string samples = SEATRIAL_SOURCE_DIR "/tests/app/samples/";

std::string content_of(const std::string& path) {
  std::ifstream file{path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

class Init : public testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("seatrial-init-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  int call(const std::vector<std::string>& arguments) {
    out_.str("");
    error_.str("");
    Environment environment{out_, error_, false, false, analysis::simulate, {}};
    return run_command_line(arguments, environment);
  }
  std::string written(const std::string& name, const std::string& text) {
    std::ofstream{folder_ / name} << text;
    return folder_ / name;
  }
  json parsed() const { return json::parse(out_.str(), nullptr, true, true); }

  std::filesystem::path folder_;
  std::ostringstream out_, error_;
};

// An example value for every question, by the key that asks it.
std::string answered(std::string text) {
  const std::map<std::string, std::string> answers{{"title", "\"Carts\""},
                                                   {"question", "\"Which?\""},
                                                   {"partitions", "4"},
                                                   {"sdk", "\"java\""},
                                                   {"consistency", "\"session\""},
                                                   {"replication_lag", "\"assumed\""},
                                                   {"timeout", "\"50ms\""},
                                                   {"timeout_check", "\"100ms\""},
                                                   {"count", "4"},
                                                   {"cpu", "2"},
                                                   {"max_in_flight", "64"},
                                                   {"cpu_per_operation", "\"1ms\""},
                                                   {"owner", "\"user\""},
                                                   {"size", "\"4 KB\""},
                                                   {"steps_per_session", "3"},
                                                   {"pause", "\"1s\""},
                                                   {"share", "\"50%\""},
                                                   {"refetch_after", "\"80ms\""},
                                                   {"at_most", "\"1000 ms\""},
                                                   {"at_least", "\"99%\""},
                                                   {"East US", "\"60%\""},
                                                   {"West Europe", "\"40%\""}};
  std::istringstream lines{text};
  std::string result, line;
  while (std::getline(lines, line)) {
    for (std::size_t at; (at = line.find(": \"?")) != std::string::npos;) {
      const std::size_t end = line.find('"', at + 3);
      const std::size_t key = line.rfind('"', at - 2) + 1;
      const std::string name = line.substr(key, at - 1 - key);
      std::string answer;
      if (const auto known = answers.find(name); known != answers.end()) answer = known->second;
      if (name == "sessions")
        answer = line.find("surge") == std::string::npos ? "\"1/s\"" : "\"x2\"";
      if (name == "at_most" && line.find("read.p99") == std::string::npos) answer = "\"1%\"";
      if (name.starts_with("? the write")) answer = "\"60%\"";
      if (name.starts_with("? a read")) answer = "\"40%\"";
      if (name == "write_region") answer = "\"East US\"";
      if (name == "broker") answer = "\"West Europe\"";
      EXPECT_NE(answer, "") << "no answer for " << name;
      line.replace(at, end + 1 - at, ": " + answer);
    }
    for (const auto& [question, name] :
         {std::pair{"? the write region", "East US"}, std::pair{"? a read region", "West Europe"}})
      if (const auto at = line.find(question); at != std::string::npos)
        line.replace(at, std::string{question}.size(), name);
    result += line + "\n";
  }
  return result;
}

TEST_F(Init, WritesQuestionsThatValidateAsksWithTheirPlace) {
  const std::string file = folder_ / "mine.json";
  EXPECT_EQ(call({"init", "-o", file}), exit_code::good);
  EXPECT_EQ(out_.str(), "");

  EXPECT_EQ(call({"validate", file}), exit_code::usage);
  for (const char* key : {"/store/replication_lag", "/pods/count", "/data/cart/size",
                          "/broker/client/timeout_check", "/objectives/served/at_least"})
    EXPECT_THAT(error_.str(), HasSubstr(std::string{key} + ": still to be answered: "));
}

TEST_F(Init, LeavesNoQuestionWithoutAWayToItsAnswer) {
  const std::string file = folder_ / "mine.json";
  EXPECT_EQ(call({"init", "-o", file}), exit_code::good);

  EXPECT_EQ(call({"validate", file}), exit_code::usage);

  const std::string said = error_.str();
  EXPECT_GT(std::count(said.begin(), said.end(), '\n'), 25);
  EXPECT_EQ(said.find("put your own value in its place"), std::string::npos) << said;
}

TEST_F(Init, LoadsAndComparesOnceEveryQuestionIsAnswered) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"init"},
        {"init", "--cosmos", samples + "account.json", "--k8s", samples + "deploy.json"}}) {
    ASSERT_EQ(call(arguments), exit_code::good);
    const std::string file = written("mine.json", answered(out_.str()));

    EXPECT_EQ(call({"validate", file}), exit_code::good) << error_.str();
    EXPECT_THAT(out_.str(), HasSubstr("\nvalid"));
    EXPECT_EQ(call({"compare", file, "--replications", "2", "--jobs", "1"}), exit_code::good);
    EXPECT_THAT(out_.str(), HasSubstr("cookie + redis"));
  }
}

TEST_F(Init, OffersOtherQuestionsInCommentsThatHoldWhenTheyAreTakenUp) {
  ASSERT_EQ(call({"init", "--cosmos", samples + "account.json", "--k8s", samples + "deploy.json"}),
            exit_code::good);
  std::string text = answered(out_.str());
  for (const std::string key : {"\"synchronous\": ", "\"near first\"", "\"failover\"",
                                "\"by replacing\"", "\"prices\"", "\"probes\""}) {
    const std::size_t at = text.find("// " + key);
    ASSERT_NE(at, std::string::npos) << key;
    text.erase(at, 3);
  }

  EXPECT_EQ(call({"validate", written("mine.json", text)}), exit_code::good) << error_.str();
  EXPECT_THAT(out_.str(), HasSubstr("near first: "));
}

TEST_F(Init, FillsInWhatTheToolsSayAndWhereItStands) {
  ASSERT_EQ(call({"init", "--cosmos", samples + "account.json", "--k8s", samples + "deploy.json"}),
            exit_code::good);

  const json file = parsed();
  EXPECT_EQ(file["regions"]["users"].size(), 2u);
  EXPECT_TRUE(file["regions"]["users"].contains("West Europe"));
  EXPECT_EQ(file["store"]["write_region"], "East US");
  EXPECT_EQ(file["store"]["consistency"], "session");
  EXPECT_EQ(file["pods"]["count"], 12);
  EXPECT_EQ(file["pods"]["cpu"], 2);
  EXPECT_THAT(out_.str(), HasSubstr("// account.json: failoverPriority 0"));
  EXPECT_THAT(out_.str(), HasSubstr("// deploy.json: cpu limit of cart, 1.5 rounded up"));
  EXPECT_THAT(out_.str(), HasSubstr("an autoscaler, 12 to 60 at 60 % of the requested cpu"));
}

TEST_F(Init, SaysWhatItCannotTakeOver) {
  const std::string account = written("account.json", R"({
    "consistencyPolicy": { "defaultConsistencyLevel": "Causal" },
    "enableMultipleWriteLocations": true,
    "locations": [ { "failoverPriority": 1, "locationName": "westeurope" },
                   { "failoverPriority": 0, "locationName": "Mars Central" } ] })");

  EXPECT_EQ(call({"init", "--cosmos", account}), exit_code::good);

  EXPECT_THAT(error_.str(), HasSubstr("the matrix has no region \"Mars Central\""));
  EXPECT_THAT(error_.str(), HasSubstr("no consistency level was taken: \"Causal\""));
  EXPECT_EQ(parsed()["store"]["consistency"], "?");
  EXPECT_EQ(parsed()["store"]["write_region"], "? Mars Central");
  EXPECT_EQ(parsed()["store"]["write_regions"],
            json::parse(R"(["? Mars Central", "West Europe"])"));
  EXPECT_THAT(out_.str(), HasSubstr("// account.json: enableMultipleWriteLocations"));
  EXPECT_TRUE(parsed()["regions"]["users"].contains("West Europe"));
}

TEST_F(Init, TakesOverEveryLevelThatAnAccountCanHave) {
  const auto level = [&](const std::string& portal) {
    const std::string account = written(
        "account.json", json{{"consistencyPolicy", {{"defaultConsistencyLevel", portal}}},
                             {"locations", {{{"failoverPriority", 0}, {"locationName", "eastus"}}}}}
                            .dump());
    EXPECT_EQ(call({"init", "--cosmos", account}), exit_code::good);
    return parsed()["store"]["consistency"];
  };

  EXPECT_EQ(level("Strong"), "strong");
  EXPECT_EQ(level("BoundedStaleness"), "bounded_staleness");
  EXPECT_EQ(level("Session"), "session");
  EXPECT_EQ(level("ConsistentPrefix"), "consistent_prefix");
  EXPECT_EQ(level("Eventual"), "eventual");
}

TEST_F(Init, AsksForTheNumberOfPodsWhereRegionsDiffer) {
  const auto deployment = [](int replicas) {
    return R"({ "kind": "Deployment", "metadata": { "name": "cart" }, "spec": { "replicas": )" +
           std::to_string(replicas) + " } }";
  };
  const std::string east = written("east.json", deployment(12));
  const std::string west = written("west.json", deployment(8));

  EXPECT_EQ(call({"init", "--k8s", east, "--k8s", west}), exit_code::good);

  EXPECT_EQ(parsed()["pods"]["count"], "?");
  EXPECT_THAT(out_.str(), HasSubstr("the files have 12, 8"));
}

TEST_F(Init, ReplacesAFileOnlyWhenForced) {
  const std::string file = written("mine.json", "precious");

  EXPECT_EQ(call({"init", "-o", file}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("exists already; --force replaces it"));
  EXPECT_EQ(content_of(file), "precious");

  EXPECT_EQ(call({"init", "-o", file, "--force"}), exit_code::good);
  EXPECT_THAT(content_of(file), HasSubstr("\"regions\""));
}

TEST_F(Init, RefusesForeignInputInOneMessageAndWritesNothing) {
  const std::string file = folder_ / "mine.json";
  const auto refused = [&](const std::string& option, const std::string& text,
                           const std::string& message) {
    EXPECT_EQ(call({"init", "-o", file, option, written("in.json", text)}), exit_code::usage)
        << text;
    EXPECT_THAT(error_.str(), HasSubstr(message));
    const std::string said = error_.str();
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 1) << said;
    EXPECT_FALSE(std::filesystem::exists(file));
    EXPECT_FALSE(std::filesystem::exists(file + ".part"));
  };

  refused("--cosmos", "", "the file is empty");
  refused("--cosmos", "{ \"locations\": [", "in.json:1:");
  refused("--cosmos", "[]", "it is a list of 0 accounts");
  refused("--cosmos", "{ \"items\": [] }", "not the output of az cosmosdb show -o json");
  refused("--cosmos", std::string(5'000'000, ' '), "4 MB");
  refused("--cosmos", std::string(100'000, '['), "in.json:1:");
  refused("--k8s", "{ \"kind\": \"List\", \"items\": [] }", "no item of kind \"Deployment\"");
  refused("--k8s", content_of(samples + "account.json"), "not the output of kubectl get deploy");
  EXPECT_EQ(call({"init", "--cosmos", folder_ / "missing.json"}), exit_code::usage);
  EXPECT_EQ(call({"init", "-o", folder_ / "no" / "such.json"}), exit_code::usage);
}

TEST_F(Init, AsksWhichOfSeveralDeploymentsIsMeant) {
  const std::string two = written("two.json", R"({ "kind": "List", "items": [
    { "kind": "Deployment", "metadata": { "name": "cart" }, "spec": { "replicas": 3 } },
    { "kind": "Deployment", "metadata": { "name": "search" }, "spec": { "replicas": 9 } } ] })");

  EXPECT_EQ(call({"init", "--k8s", two}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("\"cart\", \"search\"; say which with --deployment"));
  EXPECT_EQ(call({"init", "--k8s", two, "--deployment", "serch"}), exit_code::usage);
  EXPECT_THAT(error_.str(), HasSubstr("no deployment \"serch\""));

  EXPECT_EQ(call({"init", "--k8s", two, "--deployment", "search"}), exit_code::good);
  EXPECT_EQ(parsed()["pods"]["count"], 9);
}

TEST_F(Init, KeepsHostileNamesInsideOfStringsAndComments) {
  const auto written_out = [&](const std::string& name) {
    const std::string account = written(
        "account.json", json{{"consistencyPolicy", {{"defaultConsistencyLevel", name}}},
                             {"locations", {{{"failoverPriority", 0}, {"locationName", name}}}}}
                            .dump());
    const std::string pods = written(
        "deploy.json",
        json{{"kind", "Deployment"}, {"metadata", {{"name", name}}}, {"spec", {{"replicas", 3}}}}
            .dump());
    return call({"init", "--cosmos", account, "--k8s", pods});
  };
  const std::string name = "x\"}, \"policies\": {} } // */ \\ {}";

  ASSERT_EQ(written_out(name), exit_code::good);
  EXPECT_EQ(parsed()["policies"].size(), 6u);
  EXPECT_EQ(parsed()["regions"]["users"].begin().key(), "? " + name);
  EXPECT_EQ(parsed()["pods"]["count"], 3);

  for (const char* control : {"a\nb", "a\x1b[2J", "a\u202e"}) {
    EXPECT_EQ(written_out(control), exit_code::usage);
    EXPECT_EQ(out_.str(), "");
    EXPECT_EQ(error_.str().find(control), std::string::npos);
  }
  EXPECT_EQ(in_comment("a\r\nb\u2028c"), R"(a\u{d}\u{a}b\u{2028}c)");
}

// A changed byte of the input gives a file that parses, or one refusal.
TEST_F(Init, NeverWritesABrokenFileFromABrokenInput) {
  std::mt19937 random{7};
  for (int i = 0; i < 300; ++i) {
    const bool cosmos = i % 2 == 0;
    std::string text = content_of(samples + (cosmos ? "account.json" : "deploy.json"));
    for (int changes = 0; changes < 2; ++changes)
      text[random() % text.size()] = "\"{}[]:,0\\n\x01\xff"[random() % 12];

    const int code = call({"init", cosmos ? "--cosmos" : "--k8s", written("in.json", text)});

    if (code == exit_code::good) {
      ASSERT_NO_THROW(parsed()) << text;
    } else {
      ASSERT_EQ(code, exit_code::usage) << text;
      ASSERT_EQ(out_.str(), "");
    }
  }
}

TEST(RegionNames, OfAzureAndOfTheMatrixAreTheSame) {
  EXPECT_EQ(region_named("westeurope"), "West Europe");
  EXPECT_EQ(region_named("East US 2"), "East US 2");
  EXPECT_EQ(region_named("eastus2"), "East US 2");
  EXPECT_EQ(region_named(""), std::nullopt);
  EXPECT_EQ(region_named("moon"), std::nullopt);
}

TEST(Cores, AreReadAsKubernetesWritesThem) {
  EXPECT_EQ(cores_of("500m"), 0.5);
  EXPECT_EQ(cores_of("2"), 2);
  EXPECT_EQ(cores_of("1.5"), 1.5);
  for (const char* wrong : {"", "m", "-1", "2x", "0", "nan", "inf", "1e99"})
    EXPECT_EQ(cores_of(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace seatrial::app
