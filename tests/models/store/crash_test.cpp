// Single replicas crash and restart, one after the other or too many at once.
#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

constexpr Instant crash_at = Instant::at(Duration::milliseconds(1'000));

WorldConfig crashing_world() {
  WorldConfig world = calm_world();
  world.regions.same_zone_round_trip = constant_ms(1);
  world.regions.cross_zone_round_trip = constant_ms(1);
  world.store.in_region_lag = exponential_ms(3);
  world.store.election = ms(500);
  return world;
}

// One document, written every 5 ms by clients that give up after 400 ms, until 4 s have passed.
class CrashingStore {
 public:
  CrashingStore(std::int64_t replicas, std::uint64_t fault, WorldConfig world = crashing_world())
      : bench{std::move(world)}, document{bench.open(1)} {
    bench.simulation.schedule(crash_at, [this, replicas, fault] {
      bench.store.crash_replicas(west, replicas, fault, ms(2'000));
    });
    bench.processes.start(write_for_ever(&bench, document, &answers));
    bench.wait_until(Instant::at(ms(10'000)));
  }

  std::int64_t longest_silence_ms() const {
    Duration longest;
    Instant last;
    for (const CommitObserved& commit : bench.recorder.commits) {
      longest = std::max(longest, commit.committed - last);
      last = commit.committed;
    }
    return longest.ns() / 1'000'000;
  }
  std::uint64_t acknowledged() const {
    std::uint64_t ok = 0;
    for (const StoreAnswer& answer : answers) ok += answer.outcome == Outcome::ok ? 1 : 0;
    return ok;
  }
  bool primary_has_crashed() const { return !bench.recorder.takeovers.empty(); }

  StoreBench bench;
  DocumentHandle document;
  std::vector<StoreAnswer> answers;

 private:
  static sim::Process write_for_ever(StoreBench* bench, DocumentHandle document,
                                     std::vector<StoreAnswer>* answers) {
    while (bench->simulation.now() < Instant::at(ms(4'000))) {
      StoreRequest request = bench->request(document, west);
      request.deadline = bench->simulation.now() + ms(400);
      const StoreAnswer answer = co_await bench->store.update(request);
      answers->push_back(answer);
      co_await bench->simulation.delay(ms(5));
    }
  }
};

// Each replica of the region is the victim of some fault.
TEST(Crash, OfOneReplicaLosesNothingAndStopsWritesOnlyForAnElection) {
  int primaries = 0, secondaries = 0;
  for (std::uint64_t fault = 0; fault < 20; ++fault) {
    CrashingStore store{1, fault};
    const auto& takeovers = store.bench.recorder.takeovers;
    if (store.primary_has_crashed()) {
      ++primaries;
      ASSERT_EQ(takeovers.size(), 1u);
      EXPECT_EQ(takeovers[0].at, crash_at + ms(500));
      EXPECT_EQ(takeovers[0].to, west);
      EXPECT_EQ(takeovers[0].epoch, 2u);
      EXPECT_EQ(takeovers[0].lost, 0u);
      EXPECT_GE(store.longest_silence_ms(), 490);
      EXPECT_LE(store.longest_silence_ms(), 1'600);  // the client asks again within a second
    } else {
      ++secondaries;
      EXPECT_LE(store.longest_silence_ms(), 60);
    }
  }
  EXPECT_GE(primaries, 1);
  EXPECT_GE(secondaries, 5);
}

TEST(Crash, OfOneReplicaLeavesEveryAcknowledgedVersionInItsOrder) {
  for (std::uint64_t fault = 0; fault < 20; ++fault) {
    CrashingStore store{1, fault};

    std::uint64_t ordinal = 0;
    for (const CommitObserved& commit : store.bench.recorder.commits) {
      EXPECT_EQ(commit.version.ordinal, ++ordinal);
    }
    EXPECT_GE(ordinal, store.acknowledged());
    for (const RegionId region : {west, east, south}) {
      for (int i = 0; i < 8; ++i) {
        const StoreAnswer read = store.bench.read(store.bench.request(store.document, region));
        EXPECT_EQ(read.version.ordinal, ordinal) << "fault " << fault;
      }
    }
  }
}

TEST(Crash, OfTooManyReplicasStopsWritesUntilTheyAreBack) {
  for (std::uint64_t fault = 0; fault < 5; ++fault) {
    CrashingStore store{2, fault};

    EXPECT_GE(store.longest_silence_ms(), store.primary_has_crashed() ? 1'400 : 1'990);
    EXPECT_LE(store.longest_silence_ms(), 3'200);
    EXPECT_LT(store.acknowledged(), 500u);
    EXPECT_GT(store.bench.recorder.commits.back().committed, crash_at + ms(2'500));
  }
}

TEST(Crash, AReadAsksTheNextReplica) {
  WorldConfig world = crashing_world();
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  bench.wait_until(crash_at);
  bench.store.crash_replicas(east, 2, 1, ms(20'000));

  for (int i = 0; i < 40; ++i) {
    const StoreAnswer read = bench.read(bench.request(document, east));
    EXPECT_EQ(read.outcome, Outcome::ok);
    EXPECT_EQ(read.served_by, east);
    EXPECT_LE(read.attempts, 3);
    EXPECT_EQ(read.version.ordinal, 1u);
  }
  EXPECT_LT(bench.simulation.now(), crash_at + ms(1'000));
}

TEST(Crash, ARegionWhoseReplicasHaveAllCrashedIsAskedAgainUntilOneIsUp) {
  StoreBench bench{crashing_world()};
  const DocumentHandle document = bench.open(1);
  bench.wait_until(crash_at);
  bench.store.crash_replicas(east, 4, 1, ms(2'000));

  const StoreAnswer read = bench.read(bench.request(document, east));

  EXPECT_EQ(read.outcome, Outcome::ok);
  EXPECT_EQ(read.served_by, east);
  EXPECT_GE(read.answered, crash_at + ms(2'000));
  EXPECT_LE(read.answered, crash_at + ms(4'000));
}

}  // namespace
}  // namespace seatrial::models
