// Reads that are sent to another region when no final answer comes.
#include <gtest/gtest.h>

#include "models/store/client.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// From East, South is 10 ms away and West, which writes, 40 ms.
WorldConfig hedged_world() {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(40);  // West <> East
  world.regions.links[1].one_way = constant_ms(60);  // West <> South
  world.regions.links[2].one_way = constant_ms(10);  // East <> South
  world.store.hedge.present = true;
  world.store.hedge.after = ms(100);
  world.store.hedge.step = ms(50);
  return world;
}

class LateCosts : public Recorder {
 public:
  void late(const LateCost& cost) override { costs.push_back(cost); }
  std::vector<LateCost> costs;
};

// Nobody waits for a write that is acknowledged after its deadline; what it sent elsewhere is paid.
TEST(LateWrite, PaysForItsReplicationToo) {
  WorldConfig world = hedged_world();
  world.store.in_region_lag = constant_ms(50);
  LateCosts observer;
  sim::Simulation simulation;
  const sim::RandomSource random{1, 0};
  Network network{world.regions, random};
  Store store{simulation, network, world, random, observer};
  sim::ProcessGroup processes{simulation};
  StoreRequest request;
  request.name = OperationName{SessionId{1}, 0};
  request.document = store.open({DataClassId{0}, 1});
  request.patch_size = 100;
  request.from = Place{west, 0};
  request.deadline = Instant::at(ms(20));
  request.truth = store.observe(request.document);
  StoreAnswer written;

  processes.start(StoreBench::run_into(store.update(request), &written, nullptr));
  simulation.run();

  EXPECT_EQ(written.outcome, Outcome::timed_out);
  EXPECT_EQ(written.cross_region_bytes, 0);
  ASSERT_EQ(observer.costs.size(), 1u);
  EXPECT_EQ(observer.costs[0].bytes, 2 * (header_bytes + 100));
}

TEST(HedgedRead, StaysInItsRegionWhenThatAnswersInTime) {
  StoreBench bench{hedged_world()};

  const StoreAnswer read = bench.read(bench.request(bench.open(1), east));

  EXPECT_EQ(read.served_by, east);
  EXPECT_EQ(read.attempts, 1);
  EXPECT_EQ(read.cross_region_calls, 0);
}

TEST(HedgedRead, TakesTheFirstFinalAnswerOfAnotherRegion) {
  WorldConfig world = hedged_world();
  world.store.replication_lag.link = constant_ms(20'000);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer written = bench.update(bench.request(document, west));
  const Instant asked = bench.simulation.now();
  StoreRequest request = bench.request(document, east);
  request.token = written.token;

  const StoreAnswer read = bench.read(request);

  // South has not got it either; West is asked after 150 ms.
  EXPECT_EQ(read.outcome, Outcome::ok);
  EXPECT_EQ(read.served_by, west);
  EXPECT_EQ(bench.simulation.now() - asked, ms(150 + 2 * 40));
  EXPECT_EQ(read.version, written.version);
}

TEST(HedgedRead, PaysForEveryAnswerAlsoThoseThatComeTooLate) {
  WorldConfig world = hedged_world();
  world.store.read_service = constant_ms(130);  // longer than the threshold, everywhere
  LateCosts observer;
  sim::Simulation simulation;
  const sim::RandomSource random{1, 0};
  Network network{world.regions, random};
  Store store{simulation, network, world, random, observer};
  sim::ProcessGroup processes{simulation};
  StoreRequest request;
  request.name = OperationName{SessionId{1}, 0};
  request.document = store.open({DataClassId{0}, 1});
  request.size = 1024;
  request.from = Place{east, 0};
  request.deadline = Instant::at(ms(60'000));
  request.truth = store.observe(request.document);
  StoreAnswer read;

  processes.start(StoreBench::run_into(store.read(request), &read, nullptr));
  simulation.run();

  EXPECT_EQ(read.served_by, east);
  EXPECT_EQ(read.attempts, 2);
  EXPECT_EQ(read.ru.thousandths, 1000);
  EXPECT_EQ(read.cross_region_bytes, header_bytes) << "the request to South";
  ASSERT_EQ(observer.costs.size(), 1u);
  EXPECT_EQ(observer.costs[0].ru.thousandths, 1000);
  EXPECT_EQ(observer.costs[0].bytes, header_bytes + 1024);
}

TEST(HedgedRead, AsksTheNextReplicaAtOnceWhenOneHasCrashed) {
  StoreBench bench{hedged_world()};
  const DocumentHandle document = bench.open(1);
  bench.store.crash_replicas(east, 3, 1, ms(60'000));

  for (int i = 0; i < 20; ++i) {
    const Instant asked = bench.simulation.now();
    const StoreAnswer read = bench.read(bench.request(document, east));
    EXPECT_EQ(read.served_by, east);
    EXPECT_EQ(bench.simulation.now() - asked, Duration{});
  }
}

TEST(HedgedRead, GoesOnWhenItsRegionDoesNotAnswerAtAll) {
  WorldConfig world = hedged_world();
  world.store.read_service = sim::Distribution::discrete({{0.5, 0}, {0.5, 5'000e6}});
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  int rescued = 0;
  for (int i = 0; i < 50; ++i) {
    const StoreAnswer read = bench.read(bench.request(document, east));
    EXPECT_EQ(read.outcome, Outcome::ok);
    if (read.served_by != east) ++rescued;
  }

  EXPECT_GT(rescued, 10);
}

TEST(HedgedRead, EndsWhenNoRegionHasTheToken) {
  StoreBench bench{hedged_world()};
  StoreRequest request = bench.request(bench.open(1), east);
  request.token = SessionToken{1, 99};

  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.outcome, Outcome::token_unsatisfied);
  EXPECT_GE(read.answered, Instant::at(ms(5000)));
}

TEST(HedgedRead, EndsAtItsDeadline) {
  StoreBench bench{hedged_world()};
  StoreRequest request = bench.request(bench.open(1), east);
  request.token = SessionToken{1, 99};
  request.deadline = Instant::at(ms(777));

  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.outcome, Outcome::timed_out);
  EXPECT_EQ(read.answered, Instant::at(ms(777)));
}

}  // namespace
}  // namespace seatrial::models
