// What results.json says of quorums that repair.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "analysis/experiment/run.hpp"
#include "analysis/experiment/simulate.hpp"
#include "analysis/report/report.hpp"
#include "scenarios/load.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::json;

Json replication_of(const std::string& members) {
  const std::string text = R"({ "title": "t", "question": "q",
    "regions": { "matrix": "none", "users": { "Here": "100%" }, "request_timeout": "1s" },
    "store": { "consistency": "eventual", "replication": { "kind": "quorum", )" +
                           members + R"( "legs": { "write": "5ms", "write_ack": "0s",
                           "read": "1ms", "read_reply": "0s" } } },
    "pods": { "count": 2 },
    "data": { "item": { "owner": "shared", "documents": 5, "size": "2 KB",
                        "patch_size": "100 B" } },
    "workload": { "sessions": "20/s",
      "steps": { "s": { "share": "100%", "do": [ { "update": "item" }, { "read": "item" } ] } } },
    "phases": [ { "name": "p", "for": "20s" } ], "policies": { "as is": {} },
    "objectives": { "o": { "metric": "stale", "at_most": "1%" } }, "run": { "warmup": "1s" } })";
  const scenarios::Scenario scenario = scenarios::parse_scenario(text, "a.json");
  ExperimentOptions options;
  options.replications = 1;
  const Experiment experiment = run_experiment(scenario, options, simulate);
  const Json json =
      Json::parse(results_json(scenario, experiment, compare(scenario, experiment), {}));
  return json.at("policies").at(0).at("replication");
}

TEST(QuorumResults, CountMessagesAndBytesByWhatTheyWereFor) {
  const Json quorum =
      replication_of(R"("lost_writes": "20%", "read_repair": "50%", "hinted_handoff": {},)"
                     R"( "anti_entropy": { "every": "1s" },)")
          .at("quorum");

  EXPECT_GT(quorum.at("read_repairs"), 20);
  EXPECT_GT(quorum.at("hints"), 100);
  EXPECT_GT(quorum.at("exchanged"), 5);
  EXPECT_EQ(quorum.at("read_repair_bytes"), 2048 * quorum.at("read_repairs").get<int>());
  EXPECT_EQ(quorum.at("hint_bytes"), 100 * quorum.at("hints").get<int>());
  EXPECT_EQ(quorum.at("exchanged_bytes"), 2048 * quorum.at("exchanged").get<int>());
}

TEST(QuorumResults, SayNothingOfWhatIsOff) { EXPECT_FALSE(replication_of("").contains("quorum")); }

}  // namespace
}  // namespace seatrial::analysis
