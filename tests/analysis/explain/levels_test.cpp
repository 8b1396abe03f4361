// What is told of reads at levels without tokens, of strong writes and of hedged reads.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/explain/diagram_text.hpp"
#include "analysis/explain/explain.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "tests/analysis/explain/tiny_world.hpp"
#include "tests/analysis/explain/violations.hpp"

namespace seatrial::analysis {
namespace {

using models::ReadLevel;
using testing::HasSubstr;
using testing::Not;

// The first wrong read "as is", beside a policy that differs as told.
template <class Change>
SameReadTwice beside(Change change) {
  scenarios::Scenario scenario = tiny_scenario();
  scenario.policies[1].name = "other";
  change(scenario.policies[1].world);
  const auto wrong = violations_of(scenario.policies[0].world, Guarantee::ryw);
  return explain(scenario, {}, {{wrong.front(), 1}}).front();
}

std::string picture_of(const Diagram& diagram) {
  std::string text = "\n";
  for (const TextLine& line : diagram_text(diagram)) text += line.text + "\n";
  return text;
}

TEST(Explain, DrawsTheQuestionsOfAStrongWrite) {
  const SameReadTwice pair = beside([](models::WorldConfig& world) {
    models::carry(world, {});
    world.store.consistency = models::Consistency::strong;
  });

  EXPECT_EQ(picture_of(pair.right), R"(
            phone           pod 2   pod 3               replicas   primary
            East            East    East                  East      West
      0 ms    ├─ update cart >│       │                     │         │
      0 ms    │               ├─ write · 40 ms ─────────────┼────────>│
  +40.0 ms    │               │<──────┼─────────── ok, LSN 1 · 40 ms ─┤
  +80.0 ms    │               ├─ LSN 1 everywhere? · 40 ms ─┼────────>│
 +120.0 ms    │               │<──────┼───────────── not yet · 40 ms ─┤
 +160.0 ms    │               ● waits 10 ms                 │         │
 +170.0 ms    │               ├─ LSN 1 everywhere? · 40 ms ─┼────────>│
 +180.0 ms    │               │       │         3 has LSN 1 ●         │
 +210.0 ms    │               │<──────┼───────────── not yet · 40 ms ─┤
 +220.0 ms    │               │       │         LSN 1 in every region ✓
 +250.0 ms    │               ● waits 10 ms                 │         │
 +260.0 ms    │               ├─ LSN 1 everywhere? · 40 ms ─┼────────>│
 +300.0 ms    │               │<──────┼───────────────── yes · 40 ms ─┤
 +340.0 ms    │<─────── done ─┤       │                     │         │
 +400.0 ms    ├─ read cart ───┼──────>│                     │         │
 +400.0 ms    │               │       ├─ read 3 ───────────>│         │
 +400.0 ms    │               │       │< 3: cart, at LSN 1 ─┤         │
 +400.0 ms    │               │       ├─ read 1 ───────────>│         │
 +400.0 ms    │               │       │< 1: cart, at LSN 1 ─┤         │
 +400.0 ms    │<──────────────┼ cart ─┤                     │         │
 +400.0 ms    ✓ RIGHT: the write is in it                   │         │
)");
}

TEST(Explain, DrawsAHedgedReadInEveryRegionThatItWentTo) {
  const SameReadTwice pair = beside([](models::WorldConfig& world) {
    world.store.hedge.present = true;
    world.store.hedge.after = models::milliseconds(20);
  });

  EXPECT_EQ(picture_of(pair.right), R"(
            phone                pod 2     pod 3                     replicas   replica 2   primary
            East                 East      East                        East       West       West
      0 ms    ├─ update cart ─────>│         │                           │          │          │
      0 ms    │                    ├─ write · 40 ms ─────────────────────┼──────────┼─────────>│
  +40.0 ms    │                    │         │                           │     LSN 1 committed ●
  +40.0 ms    │                    │<────────┼───────────────────────────┼─ ok, LSN 1 · 40 ms ─┤
  +40.0 ms    │                    │         │                        LSN 1 applied ●          │
  +80.0 ms    │< done, take LSN 1 ─┤         │                           │          │          │
 +140.0 ms    ├─ ✓ read cart, carries LSN 1 >│                           │          │          │
 +140.0 ms    │                    │         ├─ read 3, at least LSN 1 ─>│          │          │
 +140.0 ms    │                    │         │< 3: not yet, has nothing ─┤          │          │
 +140.0 ms    │                    │         ● 13 more asked in 30 ms: not yet      │          │
 +160.0 ms    │                    │         ├─ read, at least LSN 1 · 40 ms ──────>│          │
 +170.0 ms    │                    │         ├─ read 2, at least LSN 1 ─>│          │          │
 +170.0 ms    │                    │         │< 2: not yet, has nothing ─┤          │          │
 +170.0 ms    │                    │         ├─ read 0, at least LSN 1 ─>│          │          │
 +170.0 ms    │                    │         │< 0: not yet, has nothing ─┤          │          │
 +200.0 ms    │                    │         │<──────────── cart, at LSN 1 · 40 ms ─┤          │
 +240.0 ms    │<────────── cart, take LSN 1 ─┤                           │          │          │
 +240.0 ms    ✓ RIGHT: the write is in it    │                           │          │          │
)");
  EXPECT_THAT(pair.sentence, HasSubstr("and replica 2 of West answered once it had that, after 16 "
                                       "answers of \"not yet\" (404/1002)"));
}

TEST(Explain, SaysThatAWrongReadHeededNoToken) {
  const SameReadTwice pair = beside(
      [](models::WorldConfig& world) { world.data[0].consistency = ReadLevel::local_quorum; });

  EXPECT_THAT(pair.sentence, HasSubstr("the same read was wrong as well: it went to pod 3, and its "
                                       "level (local quorum) takes no token."));
}

TEST(Explain, TellsOfAQuorumThatSavedTheRead) {
  const SameReadTwice pair = beside([](models::WorldConfig& world) {
    world.data[0].consistency = ReadLevel::local_quorum;
    world.store.replication_lag.link = models::constant(models::milliseconds(1));
  });

  EXPECT_THAT(pair.sentence, HasSubstr("Under \"other\" pod 3 asked several replicas, and replica "
                                       "3 of East had the newest: LSN 1."));
}

// Three replicas, of which a read asks so many and waits for so many.
SameReadTwice beside_quorum(std::int64_t read_quorum, std::int64_t asked) {
  return beside([&](models::WorldConfig& world) {
    models::QuorumConfig quorum;
    quorum.replicas = 3;
    quorum.write_quorum = 2;
    quorum.read_quorum = read_quorum;
    quorum.read_fanout = asked;
    const auto leg = models::constant(models::milliseconds(1));
    quorum.legs = {leg, leg, leg, leg};
    models::carry(world, {});
    world.store.consistency = models::Consistency::eventual;
    world.store.replication = models::make_quorum(quorum);
  });
}

TEST(Explain, SpeaksOfVersionsWhereThereIsNoLog) {
  const SameReadTwice pair = beside_quorum(2, 3);

  EXPECT_THAT(pair.left.verdict, HasSubstr("WRONG"));
  EXPECT_THAT(picture_of(pair.left), HasSubstr("LSN 1"));
  EXPECT_THAT(picture_of(pair.right), HasSubstr("ok, version 1"));
  EXPECT_THAT(picture_of(pair.right), HasSubstr("cart, at version 1"));
  EXPECT_THAT(picture_of(pair.right), Not(HasSubstr("LSN")));
}

TEST(Explain, NamesEveryReplicaThatAQuorumsReadAsked) {
  const SameReadTwice pair = beside_quorum(2, 3);
  const std::string picture = picture_of(pair.right);

  std::size_t drawn = 0, named = 0;
  for (const char* number : {"0", "1", "2"}) {
    drawn += picture.find("read " + std::string{number} + " ") != std::string::npos;
    named += picture.find("also asks " + std::string{number} + " ") != std::string::npos;
  }

  EXPECT_EQ(drawn, 2U) << "those that it waited for" << picture;
  EXPECT_EQ(named, 1U) << picture;
  EXPECT_THAT(pair.sentence, HasSubstr("asked 3 replicas and waited for 2, and replica "));
}

TEST(Explain, CountsWhomAQuorumsReadAskedWhereTheyAreNotKnown) {
  EXPECT_THAT(picture_of(beside_quorum(1, 2).right), HasSubstr("also asks 1 more"));
}

TEST(Explain, SaysNothingOfWhomAQuorumsReadDidNotAsk) {
  const SameReadTwice pair = beside_quorum(1, 1);

  EXPECT_THAT(picture_of(pair.right), Not(HasSubstr("also asks")));
  EXPECT_THAT(pair.sentence, HasSubstr("asked 1 replica, and"));
}

}  // namespace
}  // namespace seatrial::analysis
