// Each anomaly that the published model allows (azure-cosmos-tla, AnomaliesCosmosDB.tla) is reached
// by some small world, and the seed is printed.
#include "tests/swarm/anomalies.hpp"

#include <gtest/gtest.h>

#include <cstdio>

#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

constexpr std::uint64_t seeds = 1'000;

void expect_reached(const char* what, std::uint64_t Anomalies::*count) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const models::WorldConfig world = world_of(random_world(seed));
    Anomalies anomalies;
    run_checked(world, {}, {&anomalies});
    if (anomalies.*count == 0) continue;
    std::printf("  %s: seed %lu, %lu times\n", what, seed, anomalies.*count);
    return;
  }
  ADD_FAILURE() << what << ": no seed of " << seeds << " reaches it";
}

TEST(Anomaly, AReadAtEventualIsStale) { expect_reached("stale read", &Anomalies::stale_reads); }

TEST(Anomaly, AReadAtEventualGoesBackBehindTheOneBefore) {
  expect_reached("read going back", &Anomalies::reads_going_back);
}

TEST(Anomaly, AReadReturnsWhatAFailoverMayStillTakeAway) {
  expect_reached("dirty read", &Anomalies::dirty_reads);
}

TEST(Anomaly, AReadReturnsWhatATakeoverThenTakesAway) {
  expect_reached("read taken back", &Anomalies::reads_taken_back);
}

TEST(Anomaly, ATokenIsVoidAfterATakeover) { expect_reached("token void", &Anomalies::tokens_void); }

TEST(Anomaly, AReadAtBoundedStalenessReturnsWhatIsNotDurable) {
  expect_reached("dirty bounded read", &Anomalies::bounded_dirty_reads);
}

TEST(Anomaly, AWriteThatFailedIsThere) {
  expect_reached("failed write that is durable", &Anomalies::failed_writes_durable);
}

}  // namespace
}  // namespace seatrial::swarm
