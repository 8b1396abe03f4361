// What a starting file leaves open, and configurations that nothing could decide.
#include "scenarios/open_questions.hpp"

#include <gmock/gmock.h>

#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(OpenQuestions, AreAllReportedAtOnceWithTheirPlace) {
  std::string text = changed("\"replication_lag\": \"20ms\"", "\"replication_lag\": \"?\"");
  text.replace(text.find("\"5/s\""), 5, "\"? a rate\"");

  EXPECT_THAT(errors_of(text),
              ElementsAre(HasSubstr("a.json:11:24: error: /store/replication_lag: still to be "
                                    "answered: read Azure Monitor, metric ReplicationLatency"),
                          HasSubstr("/workload/sessions: still to be answered: take new sessions "
                                    "a second")));
}

TEST(OpenQuestions, AreFoundInKeysListsAndPolicies) {
  EXPECT_THAT(errors_of(changed("\"West Europe\"", "\"? a region\"")),
              ElementsAre(HasSubstr("/regions/users/? a region: still to be answered: name a "
                                    "region as \"seatrial list regions\" does")));
  EXPECT_THAT(errors_of(changed("{ \"read\": \"cart\" }", "{ \"pause\": \"?\" }")),
              ElementsAre(HasSubstr("/workload/steps/add/do/1/pause: still to be answered: "
                                    "measure it in the browser's network log")));
  EXPECT_THAT(errors_of(changed("\"as is\": {}", "\"as is\": { \"pods\": { \"count\": \"?\" } }")),
              ElementsAre(HasSubstr("/policies/as is/pods/count: still to be answered: run kubectl "
                                    "get deploy")));
}

TEST(OpenQuestions, CanBeAnsweredOnTheCommandLine) {
  const std::string text = changed("\"replication_lag\": \"20ms\"", "\"replication_lag\": \"?\"");

  EXPECT_THAT(errors_of(text, {"/store/replication_lag=20ms"}), IsEmpty());
}

TEST(OpenQuestions, AreNotTextsThatOnlyAsk) {
  EXPECT_FALSE(is_open_question("Does it load?"));
  EXPECT_FALSE(is_open_question("?query"));
  EXPECT_TRUE(is_open_question("?"));
  EXPECT_TRUE(is_open_question("? the question"));
  EXPECT_THAT(how_to_find("/pods/restart_after"), HasSubstr("seatrial list defaults"));
}

TEST(ImpossibleObjectives, AskForOperationsThatNoStepDoes) {
  EXPECT_THAT(errors_of(changed("{ \"update\": \"cart\" }, ", "")),
              ElementsAre("a.json:33:29: error: /objectives/own cart/metric: nothing to measure: "
                          "no step updates \"cart\""));
  EXPECT_THAT(errors_of(changed(", { \"read\": \"cart\" }", "")),
              ElementsAre(HasSubstr("nothing to measure: no step reads \"cart\"")));
}

TEST(ImpossibleObjectives, LookOutsideOfTheOnlyPhase) {
  EXPECT_THAT(errors_of(changed("\"of\": \"cart\"", "\"outside\": \"normal\"")),
              ElementsAre(HasSubstr("/objectives/own cart/outside: no other phase is left")));
}

TEST(Doubts, AreToldOfAWarmUpShorterThanASession) {
  const std::string text =
      changed("\"sessions\": \"5/s\",",
              "\"sessions\": \"5/s\", \"steps_per_session\": 5, \"pause\": \"10s\",");

  EXPECT_THAT(
      parsed(text).warnings,
      ElementsAre(HasSubstr(
          "/run/warmup: left out, so it is 0s: shorter than two sessions of 40s on average: "
          "when the first phase begins, about 0 % of its load is "
          "there; take 2min or more")));
  EXPECT_THAT(parsed(text, {"/run/warmup=80s"}).warnings, IsEmpty());
  EXPECT_THAT(parsed(text, {"/workload/pause=6.2s"}).warnings,
              ElementsAre(HasSubstr("; take 74s or more")));
  EXPECT_THAT(parsed(text, {"/workload/pause=400.7s"}).warnings,
              testing::Contains(HasSubstr("; take 80min or more")));
}

TEST(Doubts, AreToldOfTimeOutsThatFireLate) {
  EXPECT_THAT(parsed(changed("\"100ms\"", "\"1s\"")).warnings,
              ElementsAre(HasSubstr("/broker/client/timeout_check: the client looks for time-outs "
                                    "only every 1s: one of 50ms fires after up to 1.05s")));
}

TEST(Doubts, AreToldOfARegionWithoutUsersWhereEachMustPass) {
  std::string text =
      changed("\"60%\", \"West Europe\": \"40%\"", "\"100%\", \"West Europe\": \"0%\"");
  text.replace(text.find("\"at_most\""), 9, "\"each\": \"region\", \"at_most\"");

  EXPECT_THAT(parsed(text).warnings,
              ElementsAre(HasSubstr("/objectives/own cart/each: says nothing of West Europe")));
}

}  // namespace
}  // namespace seatrial::scenarios
