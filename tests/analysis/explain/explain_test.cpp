#include "analysis/explain/explain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/experiment/comparison.hpp"
#include "analysis/explain/diagram_text.hpp"
#include "analysis/explain/layout.hpp"
#include "tests/analysis/explain/tiny_world.hpp"
#include "tests/analysis/explain/violations.hpp"

namespace seatrial::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

SameReadTwice first_pair(const scenarios::Scenario& scenario, Guarantee guarantee,
                         std::size_t policy, std::size_t beside) {
  const auto wrong = violations_of(scenario.policies[policy].world, guarantee, 1, policy);
  EXPECT_FALSE(wrong.empty());
  if (wrong.empty()) return {};
  return explain(scenario, {}, {{wrong.front(), beside}}).front();
}

std::string picture_of(const Diagram& diagram) {
  std::string text = "\n";
  for (const TextLine& line : diagram_text(diagram)) text += line.text + "\n";
  return text;
}

std::vector<std::string> labels(const Diagram& diagram, Role role) {
  std::vector<std::string> found;
  for (const Message& message : diagram.messages)
    if (message.role == role) found.push_back(message.label);
  for (const Mark& mark : diagram.marks)
    if (mark.role == role) found.push_back(mark.label);
  return found;
}

TEST(Explain, DrawsTheWrongReadInstantByInstant) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 1);

  EXPECT_EQ(picture_of(pair.left), R"(
            phone           pod 2   pod 3               replica 3   primary
            East            East    East                  East       West
      0 ms    ├─ update cart >│       │                     │          │
      0 ms    │               ├─ write · 40 ms ─────────────┼─────────>│
  +40.0 ms    │               │       │                LSN 1 committed ●
  +40.0 ms    │               │<──────┼──────────── ok, LSN 1 · 40 ms ─┤
  +80.0 ms    │<─────── done ─┤       │                     │          │
 +140.0 ms    ├─ read cart ───┼──────>│                     │          │
 +140.0 ms    │               │       ✗ no token            │          │
 +140.0 ms    │               │       ├─ read, no token ───>│          │
 +140.0 ms    │               │       │< cart, has nothing ─┤          │
 +140.0 ms    │<─────────── old cart ─┤                     │          │
 +140.0 ms    ✗ WRONG: the write is not in it               │          │
 +180.0 ms    │               │       │       LSN 1 applied ✗          │
)");
}

TEST(Explain, DrawsTheSameReadUnderTheOtherPolicyInstantByInstant) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 1);

  EXPECT_EQ(picture_of(pair.right), R"(
            phone                pod 2     pod 3                     replicas   primary
            East                 East      East                        East      West
      0 ms    ├─ update cart ─────>│         │                           │         │
      0 ms    │                    ├─ write · 40 ms ─────────────────────┼────────>│
  +40.0 ms    │                    │         │                     LSN 1 committed ●
  +40.0 ms    │                    │<────────┼───────────────── ok, LSN 1 · 40 ms ─┤
  +80.0 ms    │< done, take LSN 1 ─┤         │                           │         │
 +140.0 ms    ├─ ✓ read cart, carries LSN 1 >│                           │         │
 +140.0 ms    │                    │         ├─ read 3, at least LSN 1 ─>│         │
 +140.0 ms    │                    │         │< 3: not yet, has nothing ─┤         │
 +140.0 ms    │                    │         ● 14 more asked in 30 ms: not yet     │
 +170.0 ms    │                    │         ├─ read 0, at least LSN 1 ─>│         │
 +170.0 ms    │                    │         │< 0: not yet, has nothing ─┤         │
 +170.0 ms    │                    │         ● waits 125 ms              │         │
 +180.0 ms    │                    │         │               1 has LSN 1 ●         │
 +295.0 ms    │                    │         ├─ read 1, at least LSN 1 ─>│         │
 +295.0 ms    │                    │         │<────── 1: cart, at LSN 1 ─┤         │
 +295.0 ms    │<────────── cart, take LSN 1 ─┤                           │         │
 +295.0 ms    ✓ RIGHT: the write is in it    │                           │         │
)");
}

TEST(Explain, TellsWhatHappenedAndWhatSavedTheOtherRead) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 1);

  EXPECT_EQ(
      pair.sentence,
      "The phone's update went through pod 2 and became LSN 1; 60 ms later the phone's read "
      "went to pod 3, which had no token; replica 3 of East answered, having applied nothing; "
      "the write arrived there 40 ms later. Under \"client\" the phone carried LSN 1 to pod 3, "
      "and replica 1 of East answered once it had that, after 16 answers of \"not yet\" "
      "(404/1002).");
  EXPECT_TRUE(pair.left.wrong);
  EXPECT_FALSE(pair.right.wrong);
  EXPECT_EQ(pair.left.verdict, "WRONG: the cart as it was before the write");
  EXPECT_EQ(pair.right.verdict, "RIGHT: the cart with the write");
}

TEST(Explain, MarksWhatWasMissingAndWhatSaved) {
  const scenarios::Scenario scenario = tiny_scenario();

  const auto saved_by = [&](std::size_t beside) {
    const SameReadTwice pair = first_pair(scenario, Guarantee::ryw, 0, beside);
    EXPECT_THAT(labels(pair.left, Role::missing),
                testing::ElementsAre("no token", "LSN 1 applied"));
    return labels(pair.right, Role::saving);
  };

  EXPECT_THAT(saved_by(1), testing::ElementsAre("read cart, carries LSN 1"));
  EXPECT_THAT(saved_by(2), testing::ElementsAre("LSN 1"));  // of the broker's answer
  EXPECT_THAT(saved_by(3), testing::ElementsAre("LSN 1 in every region"));
}

TEST(Explain, SaysSoWhereTheOtherPolicyIsWrongAsWell) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 4);

  EXPECT_TRUE(pair.right.wrong);
  EXPECT_THAT(pair.sentence, HasSubstr("Under \"eventual\" the same read was wrong as well"));
}

TEST(Explain, TakesTheFirstPolicyUnderWhichTheReadIsRight) {
  const scenarios::Scenario scenario = tiny_scenario();
  const NumberedViolation wrong =
      violations_of(scenario.policies[0].world, Guarantee::ryw, 1, 0).front();

  const auto pairs = explain(scenario, {}, {{wrong, 4, {2, 1}}, {wrong, 1, {2}}});

  EXPECT_EQ(pairs[0].right.policy, "broker");
  EXPECT_THAT(pairs[0].sentence, Not(HasSubstr("wrong as well")));
  EXPECT_EQ(pairs[1].right.policy, "client");
}

TEST(Explain, SaysSoWhereTheReadIsRightUnderNoPolicy) {
  scenarios::Scenario scenario = tiny_scenario();
  scenario.policies.push_back(scenario.policies[4]);
  const NumberedViolation wrong =
      violations_of(scenario.policies[0].world, Guarantee::ryw, 1, 0).front();

  const auto pairs = explain(scenario, {}, {{wrong, 4, {5}}});

  EXPECT_EQ(pairs[0].right.policy, "eventual");
  EXPECT_THAT(pairs[0].sentence, HasSubstr("It is right under no other policy."));
}

TEST(Explain, ShowsTheWriteOfTheOtherDevice) {
  models::WorldConfig base = tiny_world();
  base.workload.second_device.present = true;
  base.workload.second_device.share = 1;
  base.workload.second_device.refetch_after = models::constant(models::milliseconds(80));

  const SameReadTwice pair = first_pair(tiny_scenario(base), Guarantee::ryw_user, 1, 2);

  EXPECT_EQ(pair.left.lanes[0].label, "phone");
  EXPECT_EQ(pair.left.lanes[1].label, "laptop");
  EXPECT_THAT(pair.sentence, HasSubstr("80 ms later the laptop's read went to"));
  EXPECT_THAT(pair.sentence, HasSubstr("Under \"broker\" redis gave LSN"));
}

TEST(Explain, ShowsTheEarlierReadWhereTimeWentBackwards) {
  models::WorldConfig base = tiny_world();
  base.store.replication_lag.link = models::constant(models::milliseconds(20));
  base.store.in_region_lag = models::exponential(models::milliseconds(200));
  base.pods.count = 3;
  base.workload.steps[0].actions.push_back(models::action_of(models::ActionKind::read));
  base.workload.steps[0].actions.push_back(models::action_of(models::ActionKind::read));

  const SameReadTwice pair = first_pair(tiny_scenario(base), Guarantee::mr, 4, 1);

  EXPECT_THAT(pair.sentence, HasSubstr("The phone's earlier read went through"));
  EXPECT_THAT(pair.left.verdict, HasSubstr("an older cart than the read before"));
}

TEST(Explain, FollowsSeveralViolationsOfOneRunTogether) {
  const scenarios::Scenario scenario = tiny_scenario();
  const auto wrong = violations_of(scenario.policies[0].world, Guarantee::ryw);
  ASSERT_GE(wrong.size(), 3U);

  const auto together = explain(scenario, {}, {{wrong[0], 1}, {wrong[1], 2}, {wrong[2], 1}});

  ASSERT_EQ(together.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    const std::size_t beside = i == 1 ? 2 : 1;
    EXPECT_EQ(together[i].sentence, explain(scenario, {}, {{wrong[i], beside}})[0].sentence);
  }
}

TEST(Explain, RefusesAReadThatTheRunDoesNotHave) {
  const scenarios::Scenario scenario = tiny_scenario();
  NumberedViolation wrong = violations_of(scenario.policies[0].world, Guarantee::ryw).front();
  NumberedViolation other = wrong;
  other.violation.floor.lsn += 1;
  NumberedViolation nobody = wrong;
  nobody.violation.read.user = models::UserId{4711};
  nobody.violation.read.session = models::SessionId{4711};

  EXPECT_THROW((void)explain(scenario, {}, {{other, 1}}), NotReproduced);
  EXPECT_THROW((void)explain(scenario, {}, {{nobody, 1}}), NotReproduced);
}

TEST(PairText, StandsBesideWhereThereIsRoomAndBelowWhereThereIsNot) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 1);

  const std::string wide = pair_text(pair, 240, false);
  const std::string narrow = pair_text(pair, 100, false);

  EXPECT_THAT(wide, testing::ContainsRegex("\"as is\" +\"client\"\n"));
  EXPECT_THAT(narrow, Not(testing::ContainsRegex("\"as is\" +\"client\"\n")));
  EXPECT_THAT(wide, Not(HasSubstr("\x1b")));
  EXPECT_THAT(pair_text(pair, 240, true), HasSubstr("\x1b[31m"));
}

TEST(PairText, IsSafeWithHostileNames) {
  scenarios::Scenario scenario = tiny_scenario();
  scenario.policies[0].name = "evil \x1b[2J\x07 name";
  scenario.policies[1].name = std::string(5000, 'x');
  for (scenarios::Policy& policy : scenario.policies) {
    policy.world.data[0].name = "ca\x1b[31mrt";
    for (auto& action : policy.world.workload.steps[0].actions)
      if (!action.data_class.empty()) action.data_class = policy.world.data[0].name;
  }

  const std::string text = pair_text(first_pair(scenario, Guarantee::ryw, 0, 1), 240, false);

  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    EXPECT_LE(end - at, 1000U);
    at = end + 1;
  }
}

TEST(DiagramText, GivesTimesOneSign) {
  EXPECT_EQ(Layout::time_text(models::Duration{}), "0 ms");
  EXPECT_EQ(Layout::time_text(models::Duration::milliseconds(1500)), "+1500.0 ms");
  EXPECT_EQ(Layout::time_text(models::Duration::microseconds(-10'867'800)), "-10867.8 ms");
}

TEST(DiagramText, AlignsNamesOfAnyAlphabet) {
  Diagram diagram;
  diagram.lanes = {{LaneKind::device, "phone", "Zürich"},
                   {LaneKind::pod, "pod 1", "東京"},
                   {LaneKind::replica, "replica 1", "Orléans"}};
  diagram.messages = {{0, 1, {}, models::milliseconds(3), "read café", "", Role::plain}};

  const std::vector<TextLine> lines = diagram_text(diagram);

  EXPECT_EQ(picture_of(diagram), R"(
            phone                pod 1   replica 1
           Zürich                東京     Orléans
      0 ms    ├─ read café · 3 ms >│         │
)");
  EXPECT_EQ(lines[1].columns, 49U);
}

TEST(PairsJson, HasTheFormThatThePageReads) {
  const SameReadTwice pair = first_pair(tiny_scenario(), Guarantee::ryw, 0, 1);

  const std::string json = pairs_json({pair});

  for (const char* key : {"\"number\": 1", "\"guarantee\": \"ryw\"", "\"cause\": \"no token\"",
                          "\"kind\": \"device\"", "\"sent_ms\": 0.0", "\"role\": \"saving\"",
                          "\"arrives_ms\": 40.0", "\"text\": ", "\"wrong\": true"})
    EXPECT_THAT(json, HasSubstr(key));
}

TEST(WorthShowing, TellsDifferentStoriesBesideTheRecommendedPolicyOrTheRunnerUp) {
  Comparison comparison;
  comparison.policies.resize(3);
  comparison.recommended = 2;
  comparison.runner_up = 1;
  const auto add = [&](std::size_t policy, Guarantee guarantee, Cause cause, std::uint64_t session,
                       std::uint64_t count) {
    NumberedViolation wrong;
    wrong.number = comparison.violations.size() + 1;
    wrong.policy = policy;
    wrong.violation.guarantee = guarantee;
    wrong.violation.cause = cause;
    wrong.violation.read.session = models::SessionId{session};
    wrong.violation.read.device = policy == 1 ? 1 : 0;
    comparison.policies[policy].wrong_reads.by_cause[static_cast<std::size_t>(guarantee)]
                                                    [static_cast<std::size_t>(cause)] = count;
    comparison.violations.push_back(wrong);
  };
  add(0, Guarantee::ryw, Cause::no_token, 1, 5);
  add(0, Guarantee::ryw, Cause::pod_token_too_old, 2, 90);
  add(0, Guarantee::ryw_user, Cause::no_token, 6, 5);  // on one device: as good as ryw
  add(1, Guarantee::ryw_user, Cause::pod_token_too_old, 3, 8);
  add(2, Guarantee::ryw, Cause::degraded, 4, 7);

  const std::vector<AskedPair> pairs = worth_showing(comparison, 3);
  const std::vector<AskedPair> more = worth_showing(comparison, 10);

  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].wrong.number, 2U);  // the most frequent of the baseline
  EXPECT_EQ(pairs[0].beside, 2U);
  EXPECT_EQ(pairs[1].wrong.number, 1U);
  EXPECT_EQ(pairs[2].wrong.number, 5U);
  EXPECT_EQ(pairs[2].beside, 1U);  // the recommended policy itself
  ASSERT_EQ(more.size(), 4U);
  EXPECT_EQ(more[3].wrong.number, 4U);  // a known cause, another guarantee
}

}  // namespace
}  // namespace seatrial::analysis
