// Replicas of a quorum that crash and restart, hints for them, and anti-entropy.
#include <gtest/gtest.h>

#include "quorum_bench.hpp"

namespace seatrial::models {
namespace {

// `count` of the replicas crash at once, and are down for 10 s.
void crash(StoreBench& bench, std::int64_t count, Duration lasting = ms(10'000)) {
  bench.store.crash_replicas(west, count, 1, lasting);
}

StoreAnswer update_within(StoreBench& bench, DocumentHandle document, Duration limit) {
  StoreRequest request = bench.request(document, west);
  request.deadline = bench.simulation.now() + limit;
  return bench.update(request);
}

StoreAnswer read_within(StoreBench& bench, DocumentHandle document, Duration limit) {
  StoreRequest request = bench.request(document, west);
  request.deadline = bench.simulation.now() + limit;
  return bench.read(request);
}

TEST(ReplicaOutages, EndWithTheRestartThatFollowsNoOther) {
  ReplicaOutages outages;
  const auto at = [](std::int64_t s) { return Instant::at(Duration::seconds(s)); };
  outages.add(3, 1, at(10), at(20));
  outages.add(3, 1, at(20), at(25));
  outages.add(3, 0, at(5), at(100));

  EXPECT_EQ(outages.up_from(3, 1, at(9)), at(9));
  EXPECT_EQ(outages.up_from(3, 1, at(10)), at(25));
  EXPECT_EQ(outages.up_from(3, 1, at(25)), at(25));
  EXPECT_TRUE(outages.is_up(3, 2, at(15)));
  EXPECT_TRUE(outages.is_up(2, 1, at(15)));
  EXPECT_FALSE(outages.is_up(3, 0, at(15)));
}

TEST(QuorumCrash, WritesAndReadsGoOnWhileTheirQuorumsAreUp) {
  const QuorumConfig config = short_legs(3, 2, 2);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 1);

  const StoreAnswer written = update_within(bench, document, ms(100));
  const StoreAnswer read = read_within(bench, document, ms(100));

  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(written.answered, Instant::at(ms(2)));
  EXPECT_EQ(read.outcome, Outcome::ok);
  EXPECT_EQ(read.version, written.version);
}

TEST(QuorumCrash, WhatCannotReachItsQuorumTimesOut) {
  const QuorumConfig config = short_legs(3, 2, 2);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 2);

  const StoreAnswer written = update_within(bench, document, ms(100));
  const StoreAnswer read = read_within(bench, document, ms(100));

  EXPECT_EQ(written.outcome, Outcome::timed_out);
  EXPECT_EQ(written.answered, Instant::at(ms(100)));
  EXPECT_EQ(read.outcome, Outcome::timed_out);
  EXPECT_TRUE(bench.recorder.commits.empty());
}

TEST(QuorumCrash, AReplicaKeepsWhatItHadAndMissesWhatCameMeanwhile) {
  const QuorumConfig config = short_legs(3, 2, 1);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  const Version before = update_within(bench, document, ms(100)).version;
  bench.wait_until(Instant::at(ms(50)));
  crash(bench, 1);
  const Version meanwhile = update_within(bench, document, ms(100)).version;
  bench.wait_until(Instant::at(ms(11'000)));

  const std::vector<Version> versions = versions_of(bench, config, document);

  EXPECT_EQ(having(versions, meanwhile), 2);
  EXPECT_EQ(having(versions, before), 1);
  EXPECT_EQ(lacking(bench), 1U);
}

// The crash comes 5 ms after the send, when the write is on its way for 10 ms: it commits when the
// hint is acknowledged, for W = N.
QuorumConfig slow_write(bool with_hints) {
  QuorumConfig config = short_legs(3, 3, 1);
  config.legs.write = constant_ms(10);
  config.hinted_handoff.present = with_hints;
  config.hinted_handoff.after = ms(100);
  return config;
}

TEST(QuorumCrash, SwallowsWhatIsOnItsWay) {
  for (const bool with_hints : {false, true}) {
    StoreBench bench{quorum_world(slow_write(with_hints))};
    const DocumentHandle document = bench.open(1);
    StoreAnswer answer;
    bench.processes.start(
        StoreBench::run_into(bench.store.update(bench.request(document, west)), &answer, nullptr));
    bench.wait_until(Instant::at(ms(5)));
    crash(bench, 1);
    bench.simulation.run();

    EXPECT_EQ(bench.recorder.commits.size(), with_hints ? 1U : 0U);
    EXPECT_EQ(answer.outcome, with_hints ? Outcome::ok : Outcome::timed_out);
    if (!with_hints) continue;
    EXPECT_EQ(answer.answered, Instant::at(ms(5 + 10'000 + 10 + 1))) << "back, there, acknowledged";
    EXPECT_EQ(bench.store.replication(bench.simulation.now()).hints, 1U);
    EXPECT_EQ(bench.store.replication(bench.simulation.now()).hint_bytes,
              DataClassConfig{}.patch_size);
  }
}

TEST(QuorumCrash, ReadsTakeTheNextThatAnswers) {
  QuorumConfig config = short_legs(3, 2, 1);
  config.read_repair = 1;
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 1);
  const Version written = update_within(bench, document, ms(100)).version;

  for (int i = 0; i < 50; ++i) EXPECT_EQ(read_within(bench, document, ms(100)).version, written);
  bench.wait_until(Instant::at(ms(500)));

  EXPECT_EQ(bench.store.replication(bench.simulation.now()).read_repairs, 0U)
      << "who is down has not answered with an older version";
}

TEST(QuorumCrash, SwallowsARepairOnItsWay) {
  for (const bool crashes : {false, true}) {
    QuorumConfig config = short_legs(3, 2, 1);
    config.legs.write = constant_ms(20);
    config.read_repair = 1;
    StoreBench bench{quorum_world(config)};
    const DocumentHandle document = bench.open(1);
    crash(bench, 1, ms(1'000));
    update_within(bench, document, ms(100));
    bench.wait_until(Instant::at(ms(2'000)));
    read_within(bench, document, ms(100));  // to 2'002 ms: then the repair leaves
    bench.wait_until(Instant::at(ms(2'010)));
    if (crashes) crash(bench, 3, ms(1'000));
    bench.wait_until(Instant::at(ms(4'000)));

    EXPECT_EQ(bench.store.replication(bench.simulation.now()).read_repairs, 1U);
    EXPECT_EQ(lacking(bench), crashes ? 1U : 0U);
  }
}

TEST(HintedHandoff, BringsWhatAReplicaMissedWhenItIsBack) {
  QuorumConfig config = short_legs(3, 1, 1);
  config.hinted_handoff.present = true;
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 2);
  for (int i = 0; i < 5; ++i) update_within(bench, document, ms(100));

  bench.wait_until(Instant::at(ms(10'000)));
  EXPECT_EQ(lacking(bench), 5U);
  bench.wait_until(Instant::at(ms(10'001)));
  EXPECT_EQ(lacking(bench), 0U);
  EXPECT_EQ(having(versions_of(bench, config, document), Version{1, 5, 5}), 3);
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).hints, 10U);
}

TEST(HintedHandoff, GivesUpWhatIsTooOld) {
  QuorumConfig config = short_legs(3, 1, 1);
  config.hinted_handoff.present = true;
  config.hinted_handoff.at_most = ms(9'950);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 1);
  update_within(bench, document, ms(100));  // at 0: 10 s before the restart
  bench.wait_until(Instant::at(ms(60)));
  const DocumentHandle other = bench.open(2);
  update_within(bench, other, ms(100));
  bench.wait_until(Instant::at(ms(10'500)));

  EXPECT_EQ(having(versions_of(bench, config, document), Version{1, 1, 1}), 2);
  EXPECT_EQ(having(versions_of(bench, config, other), Version{1, 2, 1}), 3);
}

TEST(HintedHandoff, IsSentAgainUntilItIsAcknowledged) {
  QuorumConfig config = short_legs(3, 1, 1);
  config.lost_writes = 0.7;
  config.hinted_handoff.present = true;
  config.hinted_handoff.after = ms(50);
  StoreBench bench{quorum_world(config)};
  const QuorumDraws draws{config, bench.random};
  const ReplicaOutages none;
  for (std::uint32_t index = 0; index < 50; ++index) {
    for (std::size_t replica = 0; replica < 3; ++replica) {
      const OperationName write{SessionId{1}, index};
      const ReplicaDelivery delivery{{draws, config, none}, {write, Instant{}}, replica};
      std::uint8_t lost = 0;
      while (draws.write(write, replica, lost).is_lost) ++lost;
      EXPECT_EQ(delivery.arrives, Instant::at(ms(50 * lost + 1)));
      EXPECT_EQ(delivery.hints, lost);
    }
  }
}

TEST(HintedHandoff, DoesNotWaitForASlowMessageThatIsNotLost) {
  QuorumConfig config = short_legs(1, 1, 1);
  config.legs.write = sim::Distribution::discrete({{1, 1e6}, {1, 500e6}});
  config.hinted_handoff.present = true;
  config.hinted_handoff.after = ms(50);
  const QuorumDraws draws{config, sim::RandomSource{1, 0}};
  const ReplicaOutages none;
  int overtaken = 0;
  for (std::uint32_t index = 0; index < 100; ++index) {
    const OperationName write{SessionId{1}, index};
    const ReplicaDelivery delivery{{draws, config, none}, {write, Instant{}}, 0};
    if (draws.write(write, 0).there == ms(1)) {
      EXPECT_EQ(delivery.arrives, Instant::at(ms(1)));
    } else if (draws.write(write, 0, 1).there == ms(1)) {
      EXPECT_EQ(delivery.arrives, Instant::at(ms(51)));
      ++overtaken;
    }
  }
  EXPECT_GT(overtaken, 10);
}

QuorumConfig comparing(std::int64_t n) {
  QuorumConfig config = short_legs(n, 1, 1);
  config.anti_entropy.present = true;
  config.anti_entropy.every = Duration::seconds(20);
  return config;
}

TEST(AntiEntropy, MakesAllOfThreeAgreeInOneRound) {
  const QuorumConfig config = comparing(3);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  const DocumentHandle other = bench.open(2);
  crash(bench, 2);
  const Version written = update_within(bench, document, ms(100)).version;
  update_within(bench, other, ms(100));

  bench.wait_until(Instant::at(ms(20'000)));
  EXPECT_EQ(lacking(bench), 2U);
  bench.wait_until(Instant::at(ms(20'001)));  // the leg of a write later
  EXPECT_EQ(lacking(bench), 0U);
  EXPECT_EQ(having(versions_of(bench, config, document), written), 3);
  const ReplicationObserved seen = bench.store.replication(bench.simulation.now());
  EXPECT_EQ(seen.exchanged, 4U) << "two replicas lacked two versions";
  EXPECT_EQ(seen.exchanged_bytes, 4 * DataClassConfig{}.size);
}

// One of seven has it; a ring hands it on to both sides, a step a round.
TEST(AntiEntropy, HandsAVersionOnAStepARound) {
  const QuorumConfig config = comparing(7);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 6);
  const Version written = update_within(bench, document, ms(100)).version;
  for (std::int64_t round = 1; round <= 4; ++round) {
    bench.wait_until(Instant::at(ms(20'000 * round + 5)));
    EXPECT_EQ(having(versions_of(bench, config, document), written),
              std::min<std::int64_t>(2 * round + 1, 7));
  }
}

TEST(AntiEntropy, OfTwoReplicasIsOneExchange) {
  const QuorumConfig config = comparing(2);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 1);
  update_within(bench, document, ms(100));
  bench.wait_until(Instant::at(ms(60'000)));

  EXPECT_EQ(lacking(bench), 0U);
  EXPECT_EQ(bench.store.replication(bench.simulation.now()).exchanged, 1U);
}

TEST(AntiEntropy, LeavesOutWhoIsDown) {
  const QuorumConfig config = comparing(3);
  StoreBench bench{quorum_world(config)};
  const DocumentHandle document = bench.open(1);
  crash(bench, 1, ms(30'000));  // the first round finds it down
  update_within(bench, document, ms(100));

  bench.wait_until(Instant::at(ms(39'000)));
  EXPECT_EQ(lacking(bench), 1U);
  bench.wait_until(Instant::at(ms(41'000)));
  EXPECT_EQ(lacking(bench), 0U);
}

// However messages are lost and replicas crash: with hints, or rounds of comparison, all agree in
// the end on the newest version that any of them has.
TEST(Quorum, ReplicasAgreeWhenAllIsHealedAndRepaired) {
  for (const bool by_hints : {true, false}) {
    QuorumConfig config = by_hints ? short_legs(5, 2, 1) : comparing(5);
    config.lost_writes = 0.5;
    config.hinted_handoff.present = by_hints;
    StoreBench bench{quorum_world(config)};
    std::vector<DocumentHandle> documents;
    for (std::uint64_t i = 0; i < 20; ++i) documents.push_back(bench.open(i));
    StoreAnswer ignored;
    for (std::int64_t i = 0; i < 400; ++i) {
      bench.simulation.schedule(Instant::at(ms(25 * i)), [&, i] {
        const DocumentHandle document = documents[static_cast<std::size_t>(i % 20)];
        bench.processes.start(StoreBench::run_into(
            bench.store.update(bench.request(document, west)), &ignored, nullptr));
      });
    }
    for (std::uint64_t fault = 0; fault < 8; ++fault) {
      bench.simulation.schedule(
          Instant::at(ms(1'000 + 1'100 * static_cast<std::int64_t>(fault))),
          [&, fault] { bench.store.crash_replicas(west, 2, fault, ms(900)); });
    }
    bench.wait_until(Instant::at(ms(200'000)));

    EXPECT_EQ(lacking(bench), 0U);
    for (const DocumentHandle document : documents) {
      const std::vector<Version> versions = versions_of(bench, config, document);
      EXPECT_EQ(having(versions, *std::max_element(versions.begin(), versions.end())), 5);
    }
  }
}

}  // namespace
}  // namespace seatrial::models
