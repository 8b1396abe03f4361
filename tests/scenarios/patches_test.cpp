// Policies as patches, and where every value of a policy's world comes from.
#include <gmock/gmock.h>

#include "scenarios/nearest_name.hpp"
#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Scenario with_policy(const std::string& patch) {
  return parsed(changed("\"as is\": {}", "\"as is\": " + patch));
}

const models::WorldConfig& first_world(const Scenario& scenario) {
  return scenario.policies.front().world;
}

const ResolvedValue& value_at(const Scenario& scenario, const std::string& policy,
                              const std::string& pointer) {
  static const ResolvedValue nothing;
  for (const ResolvedValue& value : scenario.resolved.at(policy)) {
    if (value.pointer == pointer) return value;
  }
  ADD_FAILURE() << "no value at " << pointer;
  return nothing;
}

TEST(Patch, ChangesWhatItNamesAndNothingElse) {
  const Scenario scenario = with_policy(R"({ "store": { "consistency": "strong" } })");

  EXPECT_EQ(first_world(scenario).store.consistency, models::Consistency::strong);
  EXPECT_EQ(first_world(scenario).store.write_region, "East US");
  EXPECT_EQ(scenario.policies[1].world.store.consistency, models::Consistency::session);
}

TEST(Patch, ReplacesADistributionWhole) {
  const Scenario scenario = parsed(
      changed("\"20ms\"", R"({ "lognormal": { "median": "20ms", "p99": "120ms" } })"),
      {R"(/policies/as is/store={ "replication_lag": { "exponential": { "mean": "5ms" } } })"});

  EXPECT_EQ(first_world(scenario).store.replication_lag.link, sim::Distribution::exponential(5e6));
}

TEST(Patch, MayGiveTheLagAPartOfItsOwnAndReplacesTheShortForm) {
  const Scenario scenario =
      with_policy(R"({ "store": { "replication_lag": { "link": "1ms", "entry": "2ms" } } })");

  EXPECT_EQ(first_world(scenario).store.replication_lag.entry, sim::Distribution::constant(2e6));
}

TEST(Patch, ReplacesAKindWhole) {
  const Scenario scenario =
      parsed(changed("\"count\": 2", "\"count\": 2, \"balance\": \"random\""),
             {R"(/policies/as is/pods={ "balance": { "kind": "least_outstanding" } })"});

  EXPECT_EQ(first_world(scenario).pods.balance->name(), "least_outstanding");
  EXPECT_EQ(scenario.policies[1].world.pods.balance->name(), "random");
}

TEST(Patch, RestoresADefaultByNull) {
  const Scenario scenario = parsed(changed("\"consistency\": \"session\"",
                                           "\"consistency\": \"session\",\n"
                                           "    \"partitions\": 9"),
                                   {"/policies/as is/store/partitions=null"});

  EXPECT_EQ(first_world(scenario).store.partitions, models::StoreConfig{}.partitions);
  EXPECT_EQ(scenario.policies[1].world.store.partitions, 9);
}

TEST(Patch, ReplacesAListWhole) {
  const Scenario scenario = parsed(changed("\"data\": {\n",
                                           "\"session_token\": { \"carry\": [ \"broker\" ] },\n"
                                           "  \"data\": {\n"),
                                   {R"(/policies/as is/session_token={ "carry": [ "client" ] })"});

  ASSERT_EQ(first_world(scenario).session_token.carry.size(), 1u);
  EXPECT_EQ(first_world(scenario).session_token.carry[0]->name(), "client");
}

TEST(Patch, MayChooseHowADocumentIsUpdatedEvenIfItsClassIsNamedLikeADistribution) {
  std::string text = small_scenario();
  for (std::size_t at = 0; (at = text.find("\"cart\"", at)) != std::string::npos;) {
    text.replace(at, 6, "\"samples\"");
  }

  const Scenario scenario =
      parsed(text, {R"(/policies/as is/data={ "samples": { "update": "replace" } })"});

  EXPECT_EQ(first_world(scenario).data[0].update, models::UpdateBy::replace);
  EXPECT_EQ(first_world(scenario).data[0].size, 4096);
}

TEST(Origin, IsKnownForEveryValue) {
  const Scenario scenario = parsed(
      changed("\"as is\": {}", R"("as is": { "store": { "replicas": 5 } })"), {"/pods/count=3"});

  const ResolvedValue& file = value_at(scenario, "as is", "/store/write_region");
  EXPECT_EQ(file.origin, Origin::file);
  EXPECT_EQ(file.value, "\"East US\"");
  EXPECT_EQ(file.line, 9);
  const ResolvedValue& policy = value_at(scenario, "as is", "/store/replicas");
  EXPECT_EQ(policy.origin, Origin::policy);
  EXPECT_EQ(policy.value, "5");
  EXPECT_EQ(policy.line, 29);
  const ResolvedValue& other = value_at(scenario, "redis", "/store/replicas");
  EXPECT_EQ(other.origin, Origin::defaulted);
  EXPECT_EQ(other.value, "4");
  EXPECT_THAT(other.source, testing::HasSubstr("consistency-levels.md"));
  EXPECT_EQ(value_at(scenario, "redis", "/pods/count").origin, Origin::command_line);
  const ResolvedValue& assumed = value_at(scenario, "redis", "/store/in_region_lag");
  EXPECT_EQ(assumed.origin, Origin::assumed);
  EXPECT_EQ(assumed.value, "{ \"exponential\": { \"mean\": \"3ms\" } }");
}

TEST(Origin, IsTheCommandLineWhereItWroteAPartOfAValue) {
  const Scenario scenario = parsed(changed("\"20ms\"", R"({ "exponential": { "mean": "20ms" } })"),
                                   {"/store/replication_lag/exponential/mean=5ms"});

  const ResolvedValue& lag = value_at(scenario, "as is", "/store/replication_lag");

  EXPECT_EQ(lag.origin, Origin::command_line);
  EXPECT_EQ(lag.value, "{ \"exponential\": { \"mean\": \"5ms\" } }");
}

TEST(Origin, IsAssumedWhereTheFileSaysSo) {
  const Scenario scenario = parsed(changed("\"20ms\"", "\"assumed\""));

  const ResolvedValue& link = value_at(scenario, "as is", "/store/replication_lag/link");
  EXPECT_EQ(link.origin, Origin::assumed);
  EXPECT_EQ(link.value, R"({ "lognormal": { "median": "20ms", "p99": "120ms" } })");
  EXPECT_EQ(link.line, 11);
  EXPECT_EQ(first_world(scenario).store.replication_lag.link,
            sim::Distribution::lognormal(20e6, 120e6));
}

TEST(Origin, KeepsTheSourceThatTheFileGives) {
  const Scenario scenario =
      parsed(changed("\"20ms\"", R"({ "value": "20ms", "source": "canary of October" })"));

  const ResolvedValue& lag = value_at(scenario, "as is", "/store/replication_lag");
  EXPECT_EQ(lag.origin, Origin::file);
  EXPECT_EQ(lag.source, "canary of October");
  EXPECT_EQ(lag.value, "\"20ms\"");
}

TEST(Warning, AFailoverNeedsAFaultOfTheRegionThatWrites) {
  const auto with = [](const std::string& region) {
    std::string text = changed("\"20ms\"", R"("20ms", "failover": { "after": "1min" })");
    const std::string length = "\"for\": \"2min\"";
    const std::string fault = R"(, "faults": [ { "store": ")" + region + R"(", "is": "down" } ])";
    return parsed(text.replace(text.find(length), length.size(), length + fault)).warnings;
  };

  EXPECT_THAT(with("East US"), IsEmpty());
  EXPECT_THAT(with("West Europe"),
              ElementsAre("a.json:11:44: warning: /store/failover: has no effect: no fault takes "
                          "down the region that writes"));
}

TEST(Warning, ACatchUpNeedsAFaultAfterWhichSomethingIsMissing) {
  const auto with = [](const std::string& fault) {
    std::string text = changed("\"20ms\"", R"("20ms", "catch_up": { "bytes_per_second": "1 MB" })");
    const std::string length = "\"for\": \"2min\"";
    return parsed(text.replace(text.find(length), length.size(),
                               length + ", \"faults\": [ " + fault + " ]"))
        .warnings;
  };

  EXPECT_THAT(with(R"({ "store": "West Europe", "is": "down" })"), IsEmpty());
  EXPECT_THAT(with(R"({ "replicas": "East US", "crash": 1 })"), IsEmpty());
  EXPECT_THAT(with(R"({ "partition": [ "East US" ] })"),
              ElementsAre("a.json:11:44: warning: /store/catch_up: has no effect: no fault takes "
                          "down a region or replicas of the store"));
}

TEST(Warning, ASwitchoverGoesToWhereTheWritesAreNot) {
  const auto with = [](const std::string& faults) {
    return parsed(changed("\"for\": \"2min\"", "\"for\": \"2min\", \"faults\": [ " + faults + " ]"))
        .warnings;
  };
  const std::string there = R"({ "switchover": "West Europe" })";
  const std::string back = R"({ "switchover": "East US" })";

  EXPECT_THAT(with(there), IsEmpty());
  EXPECT_THAT(with(there + ", " + back), IsEmpty());
  EXPECT_THAT(with(back), ElementsAre(testing::EndsWith(
                              "/phases/0/faults/0: has no effect: the region takes the writes "
                              "already")));
}

TEST(Warning, TellsWhatHasNoEffect) {
  EXPECT_THAT(parsed(small_scenario()).warnings, IsEmpty());
  EXPECT_THAT(parsed(changed("[ \"broker\" ]", "[ \"client\" ], \"key\": \"document\"")).warnings,
              ElementsAre("a.json:13:13: warning: /broker: has no effect: no policy carries tokens "
                          "in the broker",
                          "a.json:30:65: warning: /policies/redis/session_token/key: has no "
                          "effect: no policy carries tokens in the broker"));
  EXPECT_THAT(with_policy(R"({ "broker": { "ttl": "1min" } })").warnings,
              ElementsAre("a.json:29:35: warning: /policies/as is/broker/ttl: has no effect under "
                          "this policy"));
  const std::string later = "[ \"broker\" ], \"publish_after\": \"1ms\"";
  EXPECT_THAT(parsed(changed("[ \"broker\" ]", later)).warnings,
              ElementsAre("a.json:30:75: warning: /policies/redis/session_token/publish_after: has "
                          "no effect: tokens are published synchronously, or not at all"));
}

TEST(Warning, TellsThatNothingRetriesForATokenThatNobodyHeeds) {
  const std::string retry = R"("session_retry": { "min_in_region_time": "1s" })";
  EXPECT_THAT(parsed(changed("\"replication_lag\"", retry + ", \"replication_lag\"")).warnings,
              ElementsAre(testing::HasSubstr("/store/session_retry/min_in_region_time: has no "
                                             "effect: only reads that prefer another region")));
  EXPECT_THAT(
      with_policy(
          R"({ "store": { "consistency": "eventual", "session_retry": { "prefer": "remote" },
                      "on_token_unsatisfied": "write_region" } })")
          .warnings,
      ElementsAre(testing::HasSubstr("/store/session_retry: has no effect under this"),
                  testing::HasSubstr("/store/on_token_unsatisfied: has no effect under this")));
}

TEST(Warning, TellsWhichLevelsWouldUseAKey) {
  const auto warnings_of = [](const std::string& store) {
    return parsed(changed("\"replication_lag\"", store + ", \"replication_lag\"")).warnings;
  };
  EXPECT_THAT(warnings_of(R"("staleness_bound": { "time": "10min" })"),
              ElementsAre(testing::HasSubstr(
                  "/store/staleness_bound: has no effect: no write is turned away")));
  EXPECT_THAT(warnings_of(R"("hedge": { "after": "1s" })"), IsEmpty());
  EXPECT_THAT(with_policy(R"({ "store": { "consistency": "strong", "hedge": { "after": "1s" } } })")
                  .warnings,
              ElementsAre(testing::HasSubstr("/store/hedge: has no effect")));
  EXPECT_THAT(with_policy(R"({ "data": { "cart": { "consistency": "eventual" } } })").warnings,
              IsEmpty());
}

TEST(Warning, TellsThatOnePodMissesNoToken) {
  EXPECT_THAT(
      parsed(changed("\"pods\": { \"count\": 2 }, ", "")).warnings,
      testing::ElementsAre(testing::HasSubstr("/pods/count: left out, so there is one pod")));
  EXPECT_THAT(parsed(changed("\"count\": 2", "\"count\": 1")).warnings, testing::IsEmpty());
}

TEST(Warning, TellsThatAPhaseIsShorterThanASession) {
  const std::string slow =
      changed("{ \"read\": \"cart\" }", "{ \"pause\": \"3min\" }, { \"read\": \"cart\" }");

  EXPECT_THAT(parsed(slow, {"/run/warmup=10min"}).warnings,
              ElementsAre("a.json:26:32: warning: /phases/0/for: the phase is shorter than a "
                          "session, which lasts 3min on average: its operations are mostly those "
                          "of sessions that came before"));
}

TEST(Warning, TellsWhatAzureBlocks) {
  const std::string far = changed("West Europe", "Japan East");

  EXPECT_THAT(parsed(far, {"/policies/redis/store/consistency=strong"}).warnings,
              ElementsAre(testing::AllOf(
                  testing::HasSubstr("/policies/redis/store/consistency: Azure blocks strong"),
                  testing::HasSubstr("East US to Japan East"))));
}

TEST(DidYouMean, CountsSwapsOfNeighboursOnce) {
  EXPECT_EQ(edit_distance("replicsa", "replicas"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
}

TEST(DidYouMean, IsSilentWhenNothingIsNear) {
  const std::vector<std::string> known{"replicas", "partitions"};

  EXPECT_EQ(did_you_mean("REPLICAS", known), "; did you mean \"replicas\"?");
  EXPECT_EQ(did_you_mean("zebra", known), "");
}

}  // namespace
}  // namespace seatrial::scenarios
