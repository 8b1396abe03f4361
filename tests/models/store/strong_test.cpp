// Strong consistency: every region has a write before it is acknowledged.
#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig strong_world() {
  WorldConfig world = calm_world();
  world.store.consistency = Consistency::strong;
  return world;
}

// Committed after 162 ms; its client asks at 2, 12, 22, 32, 42 and then every 30 ms.
TEST(StrongWrite, IsCommittedWhenTheFarthestRegionHasSaidThatItHasItAndDoneWhenAsked) {
  WorldConfig world = strong_world();
  world.regions.links[0].one_way = constant_ms(30);  // West <> East
  world.regions.links[1].one_way = constant_ms(79);  // West <> South
  world.store.in_region_lag = constant_ms(2);
  StoreBench bench{world};

  const StoreAnswer written = bench.update(bench.request(bench.open(1), west));

  ASSERT_EQ(bench.recorder.commits.size(), 1u);
  EXPECT_EQ(bench.recorder.commits[0].committed, Instant::at(ms(79 + 2 + 79)));
  EXPECT_EQ(written.answered, Instant::at(ms(162)));
  EXPECT_EQ(written.attempts, 1 + 9);
  EXPECT_EQ(written.ru.thousandths, 10'000) << "questions are free";
}

TEST(StrongWrite, OfOneRegionIsDoneWhenItIsCommitted) {
  WorldConfig world = strong_world();
  world.regions.users = {{"West", 1}};
  world.regions.links.clear();
  world.store.in_region_lag = constant_ms(2);
  StoreBench bench{world};

  const StoreAnswer written = bench.update(bench.request(bench.open(1), west));

  EXPECT_EQ(written.answered, Instant::at(ms(2)));
  EXPECT_EQ(written.attempts, 1);
}

StoreAnswer write_while_cut_off(Duration until) {
  StoreBench bench{strong_world()};
  const std::vector<RegionId> group{south};
  const NetworkFaultId fault = bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));
  const StoreRequest request = bench.request(bench.open(1), west);
  const Instant healed = Instant::at(until);
  bench.simulation.schedule(healed, [&bench, fault, healed] { bench.network.heal(fault, healed); });

  const StoreAnswer written = bench.update(request);
  bench.simulation.run();

  EXPECT_EQ(bench.recorder.commits.size(), 1u);
  return written;
}

TEST(StrongWrite, WaitsForARegionThatIsCutOff) {
  const StoreAnswer written = write_while_cut_off(ms(500));

  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_GE(written.answered, Instant::at(ms(500)));
  EXPECT_LE(written.answered, Instant::at(ms(550)));
}

// 4 x 10 and 30 x 30 ms.
TEST(StrongWrite, IsGivenUpAfterAsManyQuestionsAndMayHaveHappened) {
  const StoreAnswer written = write_while_cut_off(ms(3000));

  EXPECT_EQ(written.outcome, Outcome::timed_out);
  EXPECT_EQ(written.answered, Instant::at(ms(1 + 940)));
  EXPECT_EQ(written.version, Version{});
}

TEST(StrongRead, AsksTwoOfFourAndCostsTwice) {
  StoreBench bench{strong_world()};

  const StoreAnswer read = bench.read(bench.request(bench.open(1), east));

  EXPECT_EQ(read.attempts, 2);
  EXPECT_EQ(read.ru.thousandths, 2000);
}

// West and East were given up, South has taken a write since, and no way leads to it: both are up,
// and neither serves strong reads.
TEST(StrongRead, ThatNobodyServesEndsAtItsDeadlineThoughNothingTakesTime) {
  WorldConfig world = strong_world();
  world.store.failover.present = true;
  world.store.failover.after = ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  for (const RegionId region : {west, east}) bench.store.take_down(region);
  bench.wait_until(Instant::at(ms(20)));
  bench.update(bench.request(document, south));  // to a region that is silent: it learns who writes
  const StoreAnswer written = bench.update(bench.request(document, south));
  const std::vector<RegionId> group{south};
  bench.network.partition(group, bench.simulation.now());
  bench.wait_until(bench.simulation.now() + ms(1));
  for (const RegionId region : {west, east}) bench.store.bring_up(region);

  StoreRequest request = bench.request(document, west);
  request.client = 1;
  request.deadline = bench.simulation.now() + ms(500);
  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(written.served_by, south);
  EXPECT_EQ(read.outcome, Outcome::timed_out);
  EXPECT_EQ(read.answered, request.deadline);
  EXPECT_EQ(bench.simulation.now(), request.deadline);
  EXPECT_GE(read.attempts, 2 * 50) << "every 10 ms, of two replicas";
  EXPECT_LE(read.attempts, 2 * (50 + 3)) << "West, East, West, and then in time";
}

struct Tally {
  int reads = 0;
  int stale = 0;
  int backwards = 0;
  std::uint64_t newest_returned = 0;
};

sim::Process write_for_ever(StoreBench* bench, DocumentHandle document, int writes) {
  for (int i = 0; i < writes; ++i) {
    const StoreRequest request = bench->request(document, west);
    co_await bench->store.update(request);
    co_await bench->simulation.delay(ms(5));
  }
}

// No read begins before another has ended, so no read may return less than one before.
sim::Process read_everywhere(StoreBench* bench, DocumentHandle document, int reads, Tally* tally) {
  for (int i = 0; i < reads; ++i) {
    const RegionId region{static_cast<std::uint32_t>(i % 3)};
    const StoreRequest request = bench->request(document, region);
    const StoreAnswer answer = co_await bench->store.read(request);
    ++tally->reads;
    if (answer.truth.versions_behind > 0) ++tally->stale;
    if (answer.version.ordinal < tally->newest_returned) ++tally->backwards;
    tally->newest_returned = std::max(tally->newest_returned, answer.version.ordinal);
    co_await bench->simulation.delay(ms(3));
  }
}

TEST(StrongRead, IsNeverStaleAndNeverGoesBack) {
  WorldConfig world = strong_world();
  for (LinkConfig& link : world.regions.links) link.one_way = exponential_ms(20);
  world.store.in_region_lag = exponential_ms(10);
  world.store.replication_lag.entry = exponential_ms(10);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  Tally tally;
  bench.processes.start(write_for_ever(&bench, document, 200));
  bench.processes.start(read_everywhere(&bench, document, 500, &tally));

  bench.simulation.run();

  EXPECT_EQ(tally.reads, 500);
  EXPECT_EQ(tally.stale, 0);
  EXPECT_EQ(tally.backwards, 0);
  EXPECT_GT(tally.newest_returned, 20u);
}

}  // namespace
}  // namespace seatrial::models
