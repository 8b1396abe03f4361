// What the loader makes of a store without a leader.
#include <gmock/gmock.h>

#include "models/store/quorum/quorum_config.hpp"
#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kind =
    R"({ "kind": "quorum", "replicas": 5, "legs": { "write": "5ms", "write_ack": "0s",)"
    R"( "read": "1ms", "read_reply": "0s" } })";

std::string leaderless(const std::string& more = "") {
  return R"({ "title": "t", "question": "q",
    "regions": { "matrix": "none", "users": { "Here": "100%" } },
    "store": { "consistency": "eventual", "replication": )" +
         std::string{kind} + more + R"( },
    "pods": { "count": 2 }, "data": { "item": { "owner": "user", "size": "1 KB" } },
    "workload": { "sessions": "5/s",
      "steps": { "s": { "share": "100%", "do": [ { "read": "item" } ] } } },
    "phases": [ { "name": "p", "for": "1min" } ], "policies": { "as is": {},
      "two": { "store": { "replication": { "write_quorum": 1, "read_fanout": 2 } } } },
    "objectives": { "o": { "metric": "stale", "at_most": "1%" } } })";
}

TEST(QuorumScenario, NeedsNeitherWriteRegionNorLag) {
  const Scenario scenario = parse_scenario(leaderless(), "a.json");

  EXPECT_THAT(scenario.warnings, IsEmpty());
  const models::QuorumConfig* const quorum = models::quorum_of(scenario.policies[0].world.store);
  ASSERT_NE(quorum, nullptr);
  EXPECT_EQ(quorum->replicas, 5);
  EXPECT_EQ(quorum->asked_by_read(), 5) << "left out: all";
  EXPECT_EQ(scenario.policies[0].world.store.write_region, "");
}

TEST(QuorumScenario, IsPatchedMemberByMember) {
  const Scenario scenario = parse_scenario(leaderless(), "a.json");

  const models::QuorumConfig* const quorum = models::quorum_of(scenario.policies[1].world.store);
  ASSERT_NE(quorum, nullptr);
  EXPECT_EQ(quorum->replicas, 5);
  EXPECT_EQ(quorum->write_quorum, 1);
  EXPECT_EQ(quorum->asked_by_read(), 2);
}

std::string with_kind(std::string text, const std::string& members) {
  return text.insert(text.find(R"("replicas": 5)"), members + ", ");
}

TEST(QuorumScenario, NeitherLosesNorRepairsUnlessAsked) {
  const Scenario scenario = parse_scenario(leaderless(), "a.json");

  const models::QuorumConfig& quorum = *models::quorum_of(scenario.policies[0].world.store);
  EXPECT_EQ(quorum.lost_writes, 0);
  EXPECT_EQ(quorum.read_repair, 0);
  EXPECT_FALSE(quorum.hinted_handoff.present);
  EXPECT_FALSE(quorum.anti_entropy.present);
}

TEST(QuorumScenario, ReadsWhatIsLostAndWhatRepairs) {
  const std::string members =
      R"("lost_writes": "2%", "read_repair": "10%", "hinted_handoff": { "at_most": "1h" },)"
      R"( "anti_entropy": { "every": "30s" })";

  const Scenario scenario = parse_scenario(with_kind(leaderless(), members), "a.json");

  EXPECT_THAT(scenario.warnings, IsEmpty());
  const models::QuorumConfig& quorum = *models::quorum_of(scenario.policies[0].world.store);
  EXPECT_EQ(quorum.lost_writes, 0.02);
  EXPECT_EQ(quorum.read_repair, 0.1);
  EXPECT_TRUE(quorum.hinted_handoff.present);
  EXPECT_EQ(quorum.hinted_handoff.after, models::Duration::seconds(2));
  EXPECT_EQ(quorum.hinted_handoff.at_most, models::Duration::seconds(3600));
  EXPECT_EQ(quorum.anti_entropy.every, models::Duration::seconds(30));
}

TEST(QuorumScenario, TellsOfHintsThatNothingWouldSend) {
  const auto warned = [](const std::string& members) {
    return !parse_scenario(with_kind(leaderless(), members), "a.json").warnings.empty();
  };

  EXPECT_TRUE(warned(R"("hinted_handoff": {})"));
  EXPECT_FALSE(warned(R"("hinted_handoff": { "after": "4ms" })")) << "the legs take 5 ms";
  EXPECT_FALSE(warned(R"("hinted_handoff": {}, "lost_writes": "1%")"));
}

TEST(QuorumScenario, TellsOfRoundsThatTheRunIsTooShortFor) {
  const auto warnings = [](const std::string& every) {
    const std::string rounds = R"("anti_entropy": { "every": ")" + every + R"(" })";
    return parse_scenario(with_kind(leaderless(), rounds), "a.json").warnings;
  };

  EXPECT_THAT(warnings("1h"), testing::ElementsAre(HasSubstr("the run is over before")));
  EXPECT_THAT(warnings("1min"), IsEmpty());
}

// Who updates paths is told what it overwrote, log or no log.
TEST(QuorumScenario, KnowsThePathsOfItsDocuments) {
  std::string text = leaderless();
  const std::string size = R"("size": "1 KB")";
  text.insert(text.find(size) + size.size(), R"(, "paths": 8)");
  const std::string read = R"({ "read": "item" })";
  text.insert(text.find(read), R"({ "update": "item" }, )");

  EXPECT_THAT(parse_scenario(text, "a.json").warnings, IsEmpty());
}

// Five replicas, though a partition of a log would have four.
TEST(QuorumScenario, MayCrashAsManyReplicasAsItHas) {
  std::string text = leaderless();
  const std::string length = R"("for": "1min")";
  text.insert(text.find(length) + length.size(),
              R"(, "faults": [ { "replicas": "Here", "crash": 5 } ])");

  EXPECT_THAT(parse_scenario(text, "a.json").warnings, IsEmpty());
  EXPECT_THAT(parse_scenario(with_kind(text, R"("hinted_handoff": {})"), "a.json").warnings,
              IsEmpty());
}

TEST(QuorumScenario, TellsWhatOnlyALogHasUseFor) {
  for (const std::string unused :
       {R"("write_region": "Here")", R"("replicas": 3)", R"("sdk": "java")",
        R"("read_from": "any_replica")", R"("replication_lag": "1s")"}) {
    const Scenario scenario = parse_scenario(leaderless(", " + unused), "a.json");
    EXPECT_THAT(scenario.warnings, testing::ElementsAre(HasSubstr("has no effect"))) << unused;
  }
}

TEST(QuorumScenario, StandsBesideAPolicyOfLogs) {
  std::string text = small_scenario();
  const std::string as_is = "\"as is\": {}";
  text.replace(text.find(as_is), as_is.size(),
               as_is +
                   R"(, "leaderless": { "store": { "consistency": "eventual", "replication": )" +
                   kind + " } }");

  const Scenario scenario = parse_scenario(text, "a.json");

  EXPECT_THAT(scenario.warnings, IsEmpty());
  EXPECT_EQ(scenario.policies[0].world.store.write_region, "East US");
  EXPECT_EQ(scenario.policies[1].world.store.write_region, "") << "nobody leads";
}

TEST(FreshnessProbe, IsReadWithItsOffsets) {
  std::string text = leaderless();
  text.insert(text.rfind(R"("policies")"),
              R"("probes": { "freshness": { "after_commit": [ "0ms", "10ms" ], "every": 3 } }, )");

  const Scenario scenario = parse_scenario(text, "a.json");

  const models::FreshnessConfig& probe = scenario.policies[1].world.probes.freshness;
  EXPECT_TRUE(probe.present);
  EXPECT_THAT(probe.after_commit, testing::ElementsAre(models::Duration::milliseconds(0),
                                                       models::Duration::milliseconds(10)));
  EXPECT_EQ(probe.every, 3);
  EXPECT_EQ(probe.level, 0.999);
}

}  // namespace
}  // namespace seatrial::scenarios
