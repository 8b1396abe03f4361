#include "analysis/report/page_data.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "analysis/report/not_exercised.hpp"
#include "analysis/report/not_modelled.hpp"
#include "analysis/report/page_json.hpp"
#include "analysis/report/takes.hpp"
#include "tests/analysis/report/judged.hpp"
#include "tests/analysis/report/typescript.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;
using synthetic::example;
using synthetic::Judged;
using testing::Contains;
using testing::HasSubstr;

std::string file_text(const std::string& name) {
  std::ifstream file{SEATRIAL_SOURCE_DIR "/" + name};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// One wrong read beside a right one, with something of everything.
const std::string pairs = R"([{"number": 3, "guarantee": "ryw", "cause": "no token",
  "sentence": "s", "evidence": ["e"],
  "left": {"policy": "as is", "verdict": "WRONG", "wrong": true,
    "lanes": [{"label": "phone", "place": "West", "kind": "device"},
              {"label": "pod 1", "place": "West", "kind": "pod"}],
    "messages": [{"from": 0, "to": 1, "sent_ms": 0.5, "arrives_ms": null, "label": "read",
                  "token": "", "role": "missing"}],
    "marks": [{"lane": 1, "at_ms": 2, "label": "LSN 1 applied", "role": "plain"}],
    "text": "phone pod"},
  "right": {"policy": "token", "verdict": "right", "wrong": false, "lanes": [], "messages": [],
    "marks": [], "text": ""}}])";

// A results.json with this report in it, after `change`.
template <class Change>
std::string results_with(Change change) {
  const Judged judged = example();
  Json json = Json::parse(results_json(judged.scenario, judged.experiment, judged.comparison, {},
                                       page_json(judged.report(pairs))));
  change(json);
  return json.dump();
}

std::string refusal(const std::string& results) {
  try {
    report_of_results(results);
  } catch (const PageError& error) {
    return error.what();
  }
  return "accepted";
}

TEST(PageData, IsWhatThePageDeclares) {
  const auto types = typescript::types_of(file_text("analysis/report/page/src/data.ts"));

  EXPECT_EQ(typescript::complaint(types, "Report", page_json(example().report(pairs))), "");
}

TEST(PageData, IsHeldAgainstThePageByATestThatCanFail) {
  const auto types = typescript::types_of(
      "export interface Report { n: number; s?: (string | null)[]; } // end\n");

  EXPECT_EQ(typescript::complaint(types, "Report", R"({"n": 1, "s": ["a", null]})"), "");
  EXPECT_EQ(typescript::complaint(types, "Report", R"({"n": 1, "t": 1})"),
            " has more than its keys");
  EXPECT_EQ(typescript::complaint(types, "Report", "{}"), " lacks n");
  EXPECT_EQ(typescript::complaint(types, "Report", R"({"n": 1, "s": [1]})"),
            "/s/0 is none of its types");
}

TEST(PageData, IsEqualBytesForAnyNumberOfJobs) {
  EXPECT_EQ(page_json(example(1).report()), page_json(example(5).report()));
}

TEST(PageData, SaysDifferencesInWords) {
  const data::Report report = example().report();

  EXPECT_TRUE(report.policies[0].differences.empty());
  EXPECT_THAT(report.policies[1].differences[0],
              testing::ContainsRegex("own cart.*: 2[0-9],[0-9]+ per million fewer \\["));
  EXPECT_THAT(report.policies[1].differences[1], HasSubstr("+0.5 RU an operation"));
}

TEST(PageData, GroupsEqualInputsAndNamesWhoseTheOthersAre) {
  Judged judged = example();
  const scenarios::ResolvedValue same{"/pods/count", "4", scenarios::Origin::file, "", 3};
  judged.scenario.resolved["as is"] = {same};
  judged.scenario.resolved["token"].push_back(same);

  const data::Report report = judged.report();

  ASSERT_EQ(report.inputs.size(), 3U);
  EXPECT_TRUE(report.inputs[0].policies.empty());
  EXPECT_EQ(report.inputs[1].policies, data::Texts{"token"});
  EXPECT_EQ(report.inputs[1].value, "30min");
}

TEST(PageData, NamesFaultsThatNoPhaseHas) {
  scenarios::Scenario scenario = example().scenario;
  models::FaultConfig kill;
  scenario.policies[0].world.phases[1].faults = {kill};
  scenario.policies[0].world.phases[1].sessions = 5;

  const std::vector<std::string> missing = not_exercised(scenario);

  EXPECT_THAT(missing, Contains("a partition"));
  EXPECT_THAT(missing, Contains("a user's second device"));
  EXPECT_THAT(missing, testing::Not(Contains("loss of pods")));
  EXPECT_THAT(missing, testing::Not(Contains("a surge")));
  EXPECT_THAT(missing, testing::Not(Contains("a broker that refuses")));
}

TEST(PageData, NamesFeaturesThatAPolicyNeverNeeded) {
  models::WorldConfig world = example().scenario.policies[0].world;
  world.pods.affinity = models::Affinity::cookie;
  PolicyResult policy;

  EXPECT_THAT(not_exercised(world, policy),
              Contains("its affinity after a loss: no pod was missing"));
  policy.exercised.pods_missing = 1;
  EXPECT_THAT(not_exercised(world, policy),
              testing::Not(Contains("its affinity after a loss: no pod was missing")));
}

TEST(PageData, NamesMechanismsThatNeverActed) {
  models::WorldConfig world = example().scenario.policies[0].world;
  world.regions.users.push_back({"South", 0});
  world.store.hedge.present = true;
  world.store.failover.present = true;
  world.store.consistency = models::Consistency::strong;
  PolicyResult policy;

  std::vector<std::string> missing = not_exercised(world, policy);
  EXPECT_THAT(missing, Contains("its hedges: no read went out to a further region"));
  EXPECT_THAT(missing, Contains("its failover: no region took over the writes"));
  EXPECT_THAT(missing, Contains("its dynamic quorum: no region was dropped"));
  EXPECT_THAT(missing, testing::Not(Contains("its staleness bound: no write was turned away")));

  world.store.consistency = models::Consistency::bounded_staleness;
  missing = not_exercised(world, policy);
  EXPECT_THAT(missing, Contains("its staleness bound: no write was turned away"));
  EXPECT_THAT(missing, testing::Not(Contains("its dynamic quorum: no region was dropped")));

  policy.replication.hedges = policy.replication.bound_refusals = 1;
  policy.exercised.takeovers = 1;
  for (const std::string& one : not_exercised(world, policy))
    EXPECT_THAT(one, testing::Not(testing::AnyOf(HasSubstr("hedges"), HasSubstr("bound"),
                                                 HasSubstr("failover"))));
}

TEST(PageData, MarksInputsThatChangeNothingUnderAnyPolicy) {
  Judged judged = example();
  const scenarios::ResolvedValue ttl{"/broker/ttl", "\"30min\"", scenarios::Origin::assumed, "", 0};
  judged.scenario.resolved["as is"] = judged.scenario.resolved["token"] = {
      ttl, {"/pods/cpu", "2", scenarios::Origin::assumed, "", 0}};

  const data::Report report = judged.report();

  ASSERT_EQ(report.inputs.size(), 2U);
  EXPECT_TRUE(report.inputs[0].idle) << "no policy carries tokens in the broker";
  EXPECT_FALSE(report.inputs[1].idle);
  EXPECT_THAT(report.trust[0].second, HasSubstr("1 assumed"));
  EXPECT_THAT(markdown_report(report), HasSubstr("- Assumed: pods/cpu: 2."));
}

TEST(PageData, SaysWhatAPolicyTakesBesideTheBaseline) {
  scenarios::Scenario scenario = example().scenario;
  scenario.policies[1].world.pods.affinity = models::Affinity::cookie;

  EXPECT_TRUE(what_it_takes(scenario, 0).empty());
  EXPECT_THAT(what_it_takes(scenario, 1)[0], HasSubstr("New on the request path: a cookie"));
}

// The first two cells of the rows below "Not modelled".
std::set<std::pair<std::string, std::string>> omissions_in(const std::string& page) {
  std::set<std::pair<std::string, std::string>> rows;
  std::istringstream lines{page.substr(page.find("## Not modelled"))};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t second = line.find(" | ");
    if (!line.starts_with("| ") || line.starts_with("| what |")) continue;
    rows.insert({line.substr(2, second - 2), line.substr(second + 3, line.size() - second - 5)});
  }
  return rows;
}

TEST(NotModelled, IsWhatTheDocumentsSayAndNoMore) {
  std::set<std::pair<std::string, std::string>> documented =
      omissions_in(file_text("docs/models.md"));
  for (const auto& entry : std::filesystem::directory_iterator{SEATRIAL_SOURCE_DIR "/docs/models"})
    documented.merge(omissions_in(file_text("docs/models/" + entry.path().filename().string())));

  std::set<std::pair<std::string, std::string>> reported;
  for (const data::Omission& omission : not_modelled())
    reported.insert({omission.what, omission.direction});

  EXPECT_EQ(reported, documented);
  EXPECT_GT(reported.size(), 30U);
}

TEST(PageJson, ComesBackAsItWentOut) {
  const data::Report report = example().report(pairs);

  const data::Report again = report_of_results(results_with([](Json&) {}));

  EXPECT_EQ(page_json(again), page_json(report));
  EXPECT_EQ(markdown_report(again), markdown_report(report));
}

TEST(PageJson, LeavesOutWhatItDoesNotKnow) {
  const std::string results = results_with([](Json& json) {
    json["page"]["evil"] = "<script>";
    json["page"]["policies"][0]["evil"] = "<script>";
  });

  EXPECT_EQ(page_json(report_of_results(results)).find("evil"), std::string::npos);
}

TEST(PageJson, RefusesWhatAPageCannotDraw) {
  const auto refused = [](const char* pointer, const Json& value) {
    return refusal(results_with([&](Json& json) { json[Json::json_pointer{pointer}] = value; }));
  };

  EXPECT_EQ(refused("/page/format", "other"), "page/format is not \"seatrial-report/1\"");
  EXPECT_EQ(refused("/page/policies/1/name", 7), "page/policies/1/name is not text");
  EXPECT_EQ(refused("/page/policies/1/met", -1), "page/policies/1/met is not a count");
  EXPECT_EQ(refused("/page/table/rows/0/cells/0/verdict", "good"),
            "page/table/rows/0/cells/0/verdict is none of its words");
  EXPECT_EQ(refused("/page/why", Json::object()), "page/why is not a list");
  EXPECT_EQ(refused("/page/trust/0", Json::array({"one"})), "page/trust/0 is not a pair");
  EXPECT_THAT(refused("/page/verdict/policy", 2), HasSubstr("a policy that is not in it"));
  EXPECT_THAT(refused("/page/policies", Json::array()), HasSubstr("a policy that is not in it"));
  EXPECT_THAT(refused("/page/pairs/0/left/messages/0/to", 9), HasSubstr("on no lane"));
  EXPECT_THAT(refused("/page/table/rows/0/cells", Json::array()), HasSubstr("one cell a head"));
}

TEST(PageJson, RefusesWhatIsNoResult) {
  EXPECT_EQ(refusal("{"), "is no results.json of seatrial");
  EXPECT_EQ(refusal("[]"), "is no results.json of seatrial");
  EXPECT_EQ(refusal("{\"format\": 1}"), "is not of format seatrial-results/1");
  EXPECT_THAT(refusal("{\"format\": \"seatrial-results/1\"}"), HasSubstr("holds no report"));
  EXPECT_EQ(refusal(std::string(100'000, '[')), "is nested too deep for a results.json");
  EXPECT_EQ(refusal(results_with([](Json& json) { json["page"].erase("why"); })),
            "page lacks \"why\"");
}

}  // namespace
}  // namespace seatrial::analysis
