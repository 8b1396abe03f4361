// The scenarios of the library load, and nothing in them is without effect.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "scenarios/load.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scenario library(const std::string& name) {
  return load_scenario(SEATRIAL_SOURCE_DIR "/scenarios/library/" + name);
}

std::vector<std::string> policy_names(const Scenario& scenario) {
  std::vector<std::string> names;
  for (const Policy& policy : scenario.policies) names.push_back(policy.name);
  return names;
}

TEST(Library, FirstStepsHasOneStepAndThreePoliciesWithoutWarnings) {
  const Scenario scenario = library("first-steps.json");

  EXPECT_THAT(policy_names(scenario), ElementsAre("as is", "client cookie", "redis by cart"));
  EXPECT_THAT(scenario.warnings, IsEmpty());
  ASSERT_EQ(scenario.policies[0].world.workload.steps.size(), 1u);
  EXPECT_EQ(scenario.policies[0].world.workload.steps[0].actions.size(), 3u);
  EXPECT_EQ(scenario.baseline, "as is");
}

TEST(Library, ShoppingCartWarnsOnlyThatAzureBlocksStrongToJapan) {
  const Scenario scenario = library("shopping-cart.json");

  EXPECT_THAT(policy_names(scenario),
              ElementsAre("as is", "sticky cookie", "client cookie", "redis session", "redis cart",
                          "cookie + redis", "strong"));
  EXPECT_THAT(scenario.warnings,
              ElementsAre(testing::HasSubstr("Azure blocks strong consistency beyond 8,000 km")));
}

TEST(Library, StrongIsSafeHasNothingWithoutEffect) {
  const Scenario scenario = library("strong-is-safe.json");

  EXPECT_GE(scenario.policies.size(), 5u);
  EXPECT_EQ(scenario.baseline, "session token");
  EXPECT_THAT(scenario.warnings, IsEmpty());
}

TEST(Library, PatchOrReplaceComparesEveryWayToUpdateWithoutWarnings) {
  const Scenario scenario = library("patch-or-replace.json");

  EXPECT_THAT(policy_names(scenario), ElementsAre("patch", "conditional patch", "replace",
                                                  "replace + redis", "replace if match"));
  EXPECT_THAT(scenario.warnings, IsEmpty());
}

TEST(Library, QuorumFreshnessComparesQuorumsWithoutWarnings) {
  const Scenario scenario = library("quorum-freshness.json");

  EXPECT_THAT(policy_names(scenario),
              ElementsAre("R1 W1", "R1 W2", "majority", "majority, asks 2", "R1 W3"));
  EXPECT_THAT(scenario.warnings, IsEmpty());
}

TEST(Library, RegionFailoverHasFivePoliciesWithoutWarnings) {
  const Scenario scenario = library("region-failover.json");

  EXPECT_THAT(policy_names(scenario), ElementsAre("session, 60 s", "session, 10 s", "no failover",
                                                  "strong, 10 s", "token in Redis, 10 s"));
  EXPECT_THAT(scenario.warnings, IsEmpty());
  EXPECT_EQ(scenario.objectives.front().metric, "writes_lost");
  EXPECT_EQ(scenario.policies.front().world.phases.back().faults.front().kind,
            models::FaultKind::switchover);
}

TEST(Library, ReplicationModesComparesSevenAndTieredSessionsFourWithoutWarnings) {
  const Scenario modes = library("replication-modes.json");
  EXPECT_THAT(policy_names(modes),
              ElementsAre("asynchronous", "synchronous", "majority", "bounded wait", "event bus",
                          "near sync", "adaptive"));
  EXPECT_THAT(modes.warnings, IsEmpty());

  const Scenario tiered = library("tiered-sessions.json");
  EXPECT_THAT(policy_names(tiered), ElementsAre("durable first", "memory, flush 1 s",
                                                "memory, flush 100ms", "memory, hot for 10s"));
  EXPECT_THAT(tiered.warnings, IsEmpty());
}

TEST(Library, IncidentsHaveTheirBugAsTheBaselineAndNoWarnings) {
  const Scenario outage = library("outage-521677.json");
  EXPECT_THAT(policy_names(outage),
              ElementsAre("key alone", "token on the message", "token in redis",
                          "worker reads primary", "strong"));
  EXPECT_THAT(outage.warnings, IsEmpty());
  EXPECT_EQ(outage.baseline, "key alone");

  const Scenario causal = library("causal-reads-at-high-lag.json");
  EXPECT_THAT(policy_names(causal),
              ElementsAre("replica", "causal reads", "primary", "replica, lag 20 ms",
                          "causal reads, lag 20 ms", "causal reads, lag 100 ms"));
  EXPECT_THAT(causal.warnings, IsEmpty());
  EXPECT_EQ(causal.baseline, "replica");
}

TEST(Library, MultiWriteConflictsHasNoWarnings) {
  const Scenario scenario = library("multi-write-conflicts.json");

  EXPECT_THAT(policy_names(scenario),
              ElementsAre("one write region", "one, if match", "both, replace", "both, if match",
                          "both, patch"));
  EXPECT_THAT(scenario.warnings, IsEmpty());
}

std::string text_of(const std::string& path) {
  std::ifstream file{SEATRIAL_SOURCE_DIR "/" + path};
  return {std::istreambuf_iterator<char>{file}, {}};
}

TEST(Library, EveryFileOfTheFolderIsAmongTheQuestionsOfBothReadmes) {
  const std::string of_folder = text_of("scenarios/README.md"), of_project = text_of("README.md");
  for (const auto& entry :
       std::filesystem::directory_iterator{SEATRIAL_SOURCE_DIR "/scenarios/library"}) {
    const std::string name = entry.path().stem().string();
    EXPECT_THAT(of_folder, testing::HasSubstr("| [`" + name + "`](library/" + name + ".json) |"));
    EXPECT_THAT(of_project,
                testing::HasSubstr("[`" + name + "`](scenarios/library/" + name + ".json)"));
  }
}

TEST(Library, EveryFileOfTheFolderLoads) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator{SEATRIAL_SOURCE_DIR "/scenarios/library"}) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    EXPECT_NO_THROW(load_scenario(entry.path().string())) << entry.path();
  }
  EXPECT_GE(files, 3);
}

}  // namespace
}  // namespace seatrial::scenarios
