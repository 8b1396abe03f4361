// When a write is committed, by what a mode has planned.
#include <gtest/gtest.h>

#include <array>

#include "models/store/replication/groups.hpp"
#include "models/strategies/registry.hpp"
#include "tests/models/store/replication/planned_kind.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// East is 30 ms from West, South 80 ms; quorums need 2 ms more.
WorldConfig far_world(PlannedKind::Decide decide) {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(30);
  world.regions.links[1].one_way = constant_ms(80);
  world.store.in_region_lag = constant_ms(2);
  world.store.replication = planned(std::move(decide));
  return world;
}

void all_must(ReplicationPlan& plan) { plan.votes = {Vote::none, Vote::must, Vote::must}; }

void one_of_two(ReplicationPlan& plan) {
  plan.votes = {Vote::none, Vote::counts, Vote::counts};
  plan.needed = 1;
}

void at_most_50ms(ReplicationPlan& plan) {
  one_of_two(plan);
  plan.at_most = ms(50);
}

Instant committed_at(WorldConfig world) {
  StoreBench bench{std::move(world)};
  const StoreAnswer written = bench.update(bench.request(bench.open(1), west));
  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(bench.recorder.commits.front().committed, written.answered);
  return written.answered;
}

TEST(Commit, WaitsForEveryRegionThatMust) {
  EXPECT_EQ(committed_at(far_world(all_must)), Instant::at(ms(80 + 2 + 80)));
}

TEST(Commit, WaitsForTheNearestWhereOneCounts) {
  EXPECT_EQ(committed_at(far_world(one_of_two)), Instant::at(ms(30 + 2 + 30)));
}

TEST(Commit, WaitsForItsOwnQuorumAloneWhereNobodyVotes) {
  EXPECT_EQ(committed_at(far_world([](ReplicationPlan&) {})), Instant::at(ms(2)));
}

TEST(Commit, OfOneLinkThatMustDoesNotWaitForAnother) {
  const auto near = [](ReplicationPlan& plan) { plan.votes[east.value()] = Vote::must; };

  EXPECT_EQ(committed_at(far_world(near)), Instant::at(ms(30 + 2 + 30)));
}

sim::Process write_at(StoreBench* bench, Instant when, StoreAnswer* into) {
  const DocumentHandle document = bench->open(static_cast<std::uint64_t>(when.ns()));
  co_await bench->simulation.until(when);
  const StoreRequest request = bench->request(document, west);
  *into = co_await bench->store.update(request);
}

// Two of East's replicas are crashed when it gets the first write, and are back before the second.
TEST(Commit, WaitsForAQuorumAndNotForTheNextWrite) {
  WorldConfig world = far_world(all_must);
  world.store.replication_lag.link = constant_ms(1'000);
  StoreBench bench{world};
  const Instant restart = Instant::at(ms(3'000));
  bench.store.crash_replicas(east, 2, 1, restart - Instant{});
  std::array<StoreAnswer, 2> answers;
  bench.processes.start(write_at(&bench, Instant::at(ms(100)), &answers[0]));
  bench.processes.start(write_at(&bench, Instant::at(ms(2'900)), &answers[1]));

  bench.wait_until(Instant::at(ms(10'000)));

  EXPECT_EQ(answers[0].answered, restart + ms(30));
  EXPECT_EQ(answers[1].answered, Instant::at(ms(2'900 + 1'000 + 80 + 2 + 80)));
}

TEST(BoundedWait, EndsAtItsBoundAndTheAnswerSaysSo) {
  StoreBench bench{far_world(at_most_50ms)};
  const DocumentHandle document = bench.open(1);

  const StoreAnswer written = bench.update(bench.request(document, west));
  bench.wait_until(Instant::at(ms(500)));
  const StoreAnswer read = bench.read(bench.request(document, south));

  EXPECT_EQ(written.answered, Instant::at(ms(50)));
  EXPECT_EQ(written.degraded, Degraded::acknowledged_early);
  EXPECT_EQ(read.version.ordinal, 1u) << "the wait ended, and the work went on";
}

TEST(BoundedWait, EndsEarlierWhenTheAcknowledgementsAreThere) {
  WorldConfig world = far_world(at_most_50ms);
  world.regions.links[0].one_way = constant_ms(10);
  StoreBench bench{world};

  const StoreAnswer written = bench.update(bench.request(bench.open(1), west));

  EXPECT_EQ(written.answered, Instant::at(ms(10 + 2 + 10)));
  EXPECT_EQ(written.degraded, Degraded::no);
}

TEST(BoundedWait, StillWaitsForALinkThatMust) {
  const auto far_must = [](ReplicationPlan& plan) {
    at_most_50ms(plan);
    plan.votes[south.value()] = Vote::must;
    plan.needed = 2;
  };

  EXPECT_EQ(committed_at(far_world(far_must)), Instant::at(ms(80 + 2 + 80)));
}

TEST(Link, LeavesTheEventBusWhateverItIs) {
  ReplicationPlan plan;
  plan.votes.resize(2, Vote::none);
  plan.ways.resize(2, Way::bus);

  for (const auto& kind : link_replication_axis().kinds) {
    if (kind->name() == "event_bus") continue;
    plan.ways[east.value()] = Way::bus;
    dynamic_cast<const LinkModeKind&>(*kind).decide(plan, east);
    EXPECT_EQ(plan.way_of(east), Way::link) << kind->name();
    EXPECT_EQ(plan.way_of(west), Way::bus);
  }
}

TEST(Link, OfARegionThatIsNotAwaitedGetsTheWriteAfterTheCommit) {
  const auto near = [](ReplicationPlan& plan) { plan.votes[east.value()] = Vote::must; };
  StoreBench bench{far_world(near)};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));

  const Instant arrives = Instant::at(ms(62 + 80));
  bench.wait_until(arrives - ms(1));
  const StoreAnswer before = bench.read(bench.request(document, south));
  bench.wait_until(arrives + ms(2));
  const StoreAnswer after = bench.read(bench.request(document, south));

  EXPECT_EQ(before.version.ordinal, 0u);
  EXPECT_EQ(after.version.ordinal, 1u);
}

TEST(DataClass, WithAModeOfItsOwnDoesNotHoldUpTheOthers) {
  WorldConfig world = far_world([](ReplicationPlan&) {});
  world.data.resize(2);
  world.data[1].replication = planned(all_must);
  StoreBench bench{world};
  const DocumentHandle plain = bench.store.open({DataClassId{0}, 1});
  const DocumentHandle careful = bench.store.open({DataClassId{1}, 1});
  StoreAnswer slow;
  bench.processes.start(
      StoreBench::run_into(bench.store.update(bench.request(careful, west)), &slow, nullptr));

  const StoreAnswer quick = bench.update(bench.request(plain, west));
  bench.wait_until(Instant::at(ms(1000)));

  EXPECT_EQ(bench.store.partitions(), 2u);
  EXPECT_NE(bench.store.partition_of(plain), bench.store.partition_of(careful));
  EXPECT_EQ(quick.answered, Instant::at(ms(2)));
  EXPECT_EQ(slow.answered, Instant::at(ms(162)));
}

TEST(PhysicalPartitions, AreThoseThatHoldDocuments) {
  WorldConfig world = far_world([](ReplicationPlan&) {});
  world.store.partitions = 2;
  world.data.resize(2);
  EXPECT_EQ(physical_partitions(world), 2u);

  world.data[0].replication = planned(all_must);
  EXPECT_EQ(physical_partitions(world), 4u);

  world.data[1].replication = planned(all_must);
  EXPECT_EQ(physical_partitions(world), 4u) << "no class shares the store's";
}

}  // namespace
}  // namespace seatrial::models
