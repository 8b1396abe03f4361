// A region of the store goes down: what is lost, who writes then, and how the region comes back.
#include <gtest/gtest.h>

#include <map>

#include "tests/models/store/failing_store.hpp"
#include "tests/models/store/replication/planned_kind.hpp"

namespace seatrial::models {
namespace {

TEST(Failover, LosesWhatHadNotLeftTheWriteRegionAndNothingElse) {
  WorldConfig world = failing_world();
  world.store.replication_lag.link = constant_ms(150);
  FailingStore store{world};

  store.bench.wait_until(after_takeover);

  std::uint64_t lost = 0;
  for (const CommitObserved& commit : store.bench.recorder.commits) {
    if (commit.committed + ms(150) > fault_at) ++lost;
  }
  EXPECT_GT(lost, 50u);
  EXPECT_EQ(store.lost(), lost);
  ASSERT_EQ(store.bench.recorder.takeovers.size(), 3u);
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    EXPECT_EQ(seen.epoch, 2u);
    EXPECT_EQ(seen.at, fault_at + ms(2'000));
    EXPECT_GT(seen.oldest_lost + ms(150), fault_at);
    EXPECT_LE(seen.oldest_lost, fault_at);
  }
}

// What the observer tells is what a reader meets: a document has as many versions as survived.
TEST(Failover, LeavesOfEachDocumentWhatItSaysItLeaves) {
  FailingStore store{failing_world()};
  store.bench.wait_until(after_takeover);
  std::map<PartitionId, TakeoverObserved> takeovers;
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    takeovers[seen.partition] = seen;
  }
  std::map<std::uint64_t, std::uint64_t> survived;  // versions of each document
  std::map<std::uint64_t, RegionId> write_region;
  for (const CommitObserved& commit : store.bench.recorder.commits) {
    const TakeoverObserved& takeover = takeovers.at(commit.partition);
    write_region[commit.document.owner] = takeover.to;
    if (commit.version.lsn <= takeover.survived) ++survived[commit.document.owner];
  }

  EXPECT_GT(store.lost(), 0u);
  for (std::uint64_t i = 0; i < 20; ++i) {
    const StoreAnswer read = store.ask(i, write_region.at(i));
    EXPECT_EQ(read.version.ordinal, survived[i]) << "document " << i;
    EXPECT_EQ(read.version.epoch, 1u);
    EXPECT_EQ(read.token.epoch, 2u);
    EXPECT_EQ(read.truth.versions_behind, 0u);
  }
}

TEST(Failover, TheRegionWithTheLongestLogTakesOver) {
  FailingStore store{failing_world()};
  store.bench.network.cut(LinkEnds{west, east, true}, Instant{});
  store.bench.network.cut(LinkEnds{south, east, true}, Instant{});

  store.bench.wait_until(after_takeover);

  ASSERT_EQ(store.bench.recorder.takeovers.size(), 3u);
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    EXPECT_EQ(seen.from, west);
    EXPECT_EQ(seen.to, south);
  }
}

// East is cut off for the last second before the fault, and answers with what it had.
TEST(Failover, ATokenOfWhoIsBehindTheStartOfAnEpochDoesNotHideOneThatAsksForMore) {
  WorldConfig world = failing_world();
  world.store.partitions = 1;
  FailingStore store{world};
  store.bench.wait_until(fault_at - ms(1'000));
  store.bench.network.cut(LinkEnds{west, east, true}, store.bench.simulation.now());
  store.bench.network.cut(LinkEnds{south, east, true}, store.bench.simulation.now());
  store.bench.wait_until(after_takeover);
  const TakeoverObserved takeover = store.bench.recorder.takeovers.at(0);
  const SessionToken kept{1, takeover.survived};

  const SessionToken behind = store.ask(0, east).token;

  ASSERT_LT(behind.lsn, takeover.survived);
  EXPECT_EQ(merge(kept, behind), kept);
}

// Nobody is there when West is given up; East is the first that comes back.
TEST(Failover, IsMadeGoodWhenTheFirstRegionThatCanTakeOverIsBack) {
  FailingStore store{failing_world()};
  const Instant back = fault_at + ms(10'000);
  store.bench.simulation.schedule(fault_at, [&] {
    for (const RegionId region : {east, south}) store.bench.store.take_down(region);
  });
  store.bench.simulation.schedule(back, [&] { store.bench.store.bring_up(east); });

  store.bench.wait_until(back + ms(1));

  ASSERT_EQ(store.bench.recorder.takeovers.size(), 3u);
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    EXPECT_EQ(seen.to, east);
    EXPECT_EQ(seen.at, back);
  }
}

// Both parts of a partition have its log; each loses what is of its own documents.
TEST(Failover, OfASplitPartitionEachLossCountsOnce) {
  WorldConfig world = failing_world();
  world.store.partitions = 1;
  FailingStore store{world};
  store.bench.simulation.schedule(fault_at, [&] { store.bench.store.split(PartitionId{0}); });

  store.bench.wait_until(after_takeover);

  ASSERT_EQ(store.bench.recorder.takeovers.size(), 2u);
  std::map<PartitionId, TakeoverObserved> takeovers;
  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) {
    takeovers[seen.partition] = seen;
  }
  std::map<PartitionId, std::uint64_t> lost;
  for (const CommitObserved& commit : store.bench.recorder.commits) {
    const DocumentHandle document = store.documents[commit.document.owner];
    const PartitionId now = store.bench.store.partition_of(document);
    if (commit.version.lsn > takeovers.at(now).survived) ++lost[now];
  }
  for (const auto& [partition, seen] : takeovers) {
    EXPECT_GT(seen.lost, 0u);
    EXPECT_EQ(seen.lost, lost[partition]) << "partition " << partition.value();
  }
}

TEST(Failover, APriorityComesBeforeTheLongestLog) {
  WorldConfig world = failing_world();
  world.store.failover.to = {"West", "South"};
  FailingStore store{world};

  store.bench.wait_until(after_takeover);

  for (const TakeoverObserved& seen : store.bench.recorder.takeovers) EXPECT_EQ(seen.to, south);
  EXPECT_GT(store.lost(), 0u);
}

// Every region has everything; then all replicas of the others crash, and the write region goes.
TEST(Failover, NoRegionTakesOverWhoseReplicasThatHaveWhatIsDurableAreCrashed) {
  WorldConfig world = calm_world();
  world.store.failover.present = true;
  world.store.failover.after = ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));

  for (const RegionId region : {east, south}) {
    bench.store.crash_replicas(region, world.store.replicas, 1, Duration::seconds(60));
  }
  bench.store.take_down(west);
  bench.wait_until(Instant::at(Duration::seconds(1)));

  EXPECT_TRUE(bench.recorder.takeovers.empty());
}

TEST(Failover, StrongLosesNothingWhicheverRegionGoesDown) {
  WorldConfig world = failing_world();
  world.store.consistency = Consistency::strong;
  for (const RegionId faulty : {west, east, south}) {
    FailingStore store{world, faulty};
    store.bench.wait_until(after_takeover);

    std::map<std::uint64_t, std::uint64_t> acknowledged;
    for (const CommitObserved& commit : store.bench.recorder.commits) {
      acknowledged[commit.document.owner] =
          std::max(acknowledged[commit.document.owner], commit.version.ordinal);
    }
    EXPECT_EQ(store.lost(), 0u);
    EXPECT_EQ(store.bench.recorder.takeovers.size(), faulty == west ? 3u : 0u);
    for (std::uint64_t i = 0; i < 20; ++i) {
      const RegionId reader = faulty == south ? west : south;
      const StoreAnswer read = store.ask(i, reader);
      EXPECT_EQ(read.outcome, Outcome::ok);
      EXPECT_GE(read.version.ordinal, acknowledged[i]);
      EXPECT_EQ(read.truth.versions_behind, 0u);
    }
    store.bench.wait_until(healed_at + ms(10'000));
    store.teach(9, south);
    for (std::uint64_t i = 0; i < 20; ++i) {
      const StoreAnswer read = store.ask(i, faulty, {}, 9);
      EXPECT_EQ(read.outcome, Outcome::ok);
      EXPECT_GE(read.version.ordinal, acknowledged[i]);
      EXPECT_EQ(read.truth.versions_behind, 0u);
    }
  }
}

// South is cut off, so commits do without it; it is there again when West goes down, and lags.
TEST(Failover, StrongGivesTheWritesToNoRegionThatCommitsHaveNotWaitedFor) {
  WorldConfig world = failing_world();
  world.store.consistency = Consistency::strong;
  world.store.drop_region_after = ms(1'000);
  world.store.failover.to = {"South"};
  FailingStore store{world};
  store.bench.network.cut(LinkEnds{west, south, true}, Instant::at(ms(4'000)));
  store.bench.network.cut(LinkEnds{east, south, true}, Instant::at(ms(4'000)));

  store.bench.wait_until(after_takeover);

  EXPECT_EQ(store.lost(), 0u);
  EXPECT_TRUE(store.bench.recorder.takeovers.empty());
}

// Whether the others must acknowledge, or two of them do.
std::shared_ptr<StrategyKind> waits_for_both(Vote vote) {
  return planned([vote](ReplicationPlan& plan) {
    plan.votes = {Vote::none, vote, vote};
    plan.needed = 2;
  });
}

TEST(Failover, AModeThatWaitsForRegionsWaitsNoLongerForOneThatWasGivenUpUntilItHasCaughtUp) {
  for (const Vote vote : {Vote::must, Vote::counts}) {
    for (const RegionId faulty : {west, east}) {
      WorldConfig world = failing_world();
      world.store.replication = waits_for_both(vote);
      FailingStore store{world, faulty};
      store.bench.wait_until(after_takeover);
      store.teach(0, south);

      const Instant asked = store.bench.simulation.now();
      const StoreAnswer without = store.update(0, south);
      store.bench.wait_until(healed_at + ms(10'000));
      store.bench.store.take_down(faulty);
      const StoreAnswer waited = store.update(0, south);

      EXPECT_EQ(without.outcome, Outcome::ok);
      EXPECT_LE(without.answered - asked, ms(3'000));
      EXPECT_LT(without.answered, healed_at);
      EXPECT_EQ(waited.outcome, Outcome::ok);
      EXPECT_GE(waited.answered, healed_at + ms(10'000 + 2'000)) << "until it is given up again";
    }
  }
}

TEST(Failover, StrongWritesGoOnWithoutTheRegionThatIsGivenUpAndWaitForItAgainLater) {
  WorldConfig world = failing_world();
  world.store.consistency = Consistency::strong;
  FailingStore store{world, south};
  store.bench.wait_until(fault_at + ms(100));

  const StoreAnswer given_up = store.update(1, west);  // asked about for 0.94 s
  store.bench.wait_until(fault_at + ms(1'500));
  const StoreAnswer during = store.update(0, west);
  store.bench.wait_until(healed_at + ms(5'000));
  const Instant asked = store.bench.simulation.now();
  const StoreAnswer after = store.update(0, west);

  EXPECT_EQ(given_up.outcome, Outcome::timed_out);
  EXPECT_EQ(during.outcome, Outcome::ok);
  EXPECT_GE(during.answered, fault_at + ms(2'000));
  EXPECT_LE(during.answered, fault_at + ms(2'200));
  EXPECT_GE(after.answered - asked, ms(160));  // South and back
}

TEST(Failover, ATokenOfALostEntryIsNeverSatisfiedAgain) {
  WorldConfig world = failing_world();
  world.store.partitions = 1;
  FailingStore store{world};
  store.bench.wait_until(after_takeover);
  const TakeoverObserved takeover = store.bench.recorder.takeovers.at(0);
  ASSERT_GT(takeover.lost, 0u);
  const SessionToken lost{1, takeover.survived + 1};
  const SessionToken kept{1, takeover.survived};
  store.teach(0, east);

  EXPECT_EQ(store.ask(0, east, kept).outcome, Outcome::ok);
  EXPECT_EQ(store.ask(0, east, lost).outcome, Outcome::token_unsatisfied);
  StoreAnswer written;
  while (written.token.lsn <= lost.lsn) written = store.update(0, east);
  store.bench.wait_until(healed_at + ms(10'000));

  EXPECT_EQ(written.token.epoch, 2u);
  for (const RegionId region : {west, east, south}) {
    EXPECT_EQ(store.ask(0, region, written.token).outcome, Outcome::ok);
    EXPECT_EQ(store.ask(0, region, lost).outcome, Outcome::token_unsatisfied);
  }
}

TEST(Failover, TheOldWriteRegionComesBackAsAReadRegionAndReplicasConverge) {
  WorldConfig world = failing_world();
  world.store.failover.to = {"East"};
  FailingStore store{world};
  store.bench.wait_until(after_takeover);
  store.teach(0, east);
  std::vector<StoreAnswer> written;
  for (std::uint64_t i = 0; i < 20; ++i) written.push_back(store.update(i, east));

  store.bench.wait_until(healed_at + ms(10'000));

  for (const RegionId region : {west, east, south}) {
    const Instant now = store.bench.simulation.now();
    EXPECT_EQ(store.bench.store.replication_state(region, now).greatest_lag, Duration{});
    for (std::uint64_t i = 0; i < 20; ++i) {
      const StoreAnswer read = store.ask(i, region, {}, 8);
      EXPECT_EQ(read.served_by, region);
      EXPECT_EQ(read.version, written[i].version);
    }
  }
  EXPECT_EQ(store.update(0, east).served_by, east);
  EXPECT_EQ(store.bench.recorder.takeovers.size(), 3u);
}

TEST(Failover, WithoutItWritesWaitUntilTheRegionIsUpAndNothingIsLost) {
  WorldConfig world = failing_world();
  world.store.failover.present = false;
  FailingStore store{world};
  store.bench.wait_until(after_takeover);

  StoreRequest request = store.bench.request(store.documents[0], east);
  request.deadline = healed_at - ms(1'000);
  const StoreAnswer during = store.bench.update(request);
  store.bench.wait_until(healed_at + ms(5'000));
  const StoreAnswer after = store.update(0, east);

  EXPECT_EQ(during.outcome, Outcome::timed_out);
  EXPECT_EQ(after.outcome, Outcome::ok);
  EXPECT_TRUE(store.bench.recorder.takeovers.empty());
  std::map<std::uint64_t, std::uint64_t> newest;
  for (const CommitObserved& commit : store.bench.recorder.commits) {
    EXPECT_EQ(commit.version.ordinal, ++newest[commit.document.owner]);
  }
}

TEST(Client, LearnsOfANewWriteRegionFromSilenceAndFromARefusal) {
  WorldConfig world = failing_world();
  world.store.failover.after = ms(8'000);
  world.store.failover.to = {"East"};
  FailingStore store{world};
  store.bench.wait_until(fault_at);

  const StoreAnswer silent = store.update(0, east, 1);
  const StoreAnswer too_early = store.update(0, east, 1);  // nobody has taken over yet
  const StoreAnswer learned = store.update(0, east, 1);
  store.bench.wait_until(healed_at + ms(5'000));
  const StoreAnswer refused = store.update(0, east, 2);
  const StoreAnswer knows = store.update(0, east, 2);

  EXPECT_EQ(silent.outcome, Outcome::timed_out);
  EXPECT_EQ(silent.attempts, 1);
  EXPECT_EQ(too_early.outcome, Outcome::timed_out);
  EXPECT_EQ(too_early.attempts, 2);
  EXPECT_EQ(learned.served_by, east);
  EXPECT_EQ(learned.attempts, 2);
  EXPECT_EQ(refused.outcome, Outcome::ok);
  EXPECT_EQ(refused.served_by, east);
  EXPECT_EQ(refused.attempts, 3);  // West, who writes?, East
  EXPECT_EQ(knows.attempts, 1);
}

TEST(Client, ReadsInTheNextRegionWhenItsOwnDoesNotAnswer) {
  FailingStore store{failing_world(), east};
  store.bench.wait_until(fault_at);

  const StoreAnswer first = store.ask(0, east);
  const StoreAnswer second = store.ask(0, east);

  EXPECT_EQ(first.served_by, west);
  EXPECT_EQ(first.attempts, 2);
  EXPECT_EQ(second.served_by, west);
  EXPECT_EQ(second.attempts, 1);
}

}  // namespace
}  // namespace seatrial::models
