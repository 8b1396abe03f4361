// How often a read right after a write is stale: closed forms in their apply order.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

// Four standard deviations of an estimated share.
double tolerance(double share, int trials) { return 4 * std::sqrt(share * (1 - share) / trials); }

double stale_share_in_write_region(ReadFrom read_from, double after_ms, int trials) {
  WorldConfig world = calm_world();
  world.store.in_region_lag = exponential_ms(3);
  world.store.read_from = read_from;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(7);
  int stale = 0;
  for (int i = 0; i < trials; ++i) {
    bench.update(bench.request(document, west));
    const auto after = static_cast<std::int64_t>(after_ms * 1e6);
    bench.wait_until(bench.simulation.now() + Duration::nanoseconds(after));
    const StoreAnswer answer = bench.read(bench.request(document, west));
    stale += answer.truth.versions_behind > 0 ? 1 : 0;
    EXPECT_TRUE(answer.truth.allowed);
    bench.wait_until(bench.simulation.now() + ms(200));
  }
  return static_cast<double>(stale) / trials;
}

void expect_share(double share, double theory, int trials) {
  std::printf("estimate %.4f, theory %.4f, +- %.4f\n", share, theory, tolerance(theory, trials));
  EXPECT_NEAR(share, theory, tolerance(theory, trials));
}

TEST(WriteRegion, AQuarterOfReadsOfAnyReplicaAreStaleAtTheCommit) {
  constexpr int trials = 8000;

  expect_share(stale_share_in_write_region(ReadFrom::any_replica, 0, trials), 0.25, trials);
}

TEST(WriteRegion, AThirdOfReadsOfSecondariesAreStaleAtTheCommit) {
  constexpr int trials = 8000;

  expect_share(stale_share_in_write_region(ReadFrom::secondaries_first, 0, trials), 1.0 / 3,
               trials);
}

TEST(WriteRegion, StalenessDecaysWithTheMeanLag) {
  constexpr int trials = 8000;

  const double theory = 0.25 * std::exp(-2.0 / 3.0);
  expect_share(stale_share_in_write_region(ReadFrom::any_replica, 2, trials), theory, trials);
}

// Writes to other documents of the partition, in a Poisson process, for ever.
sim::Process background_writes(StoreBench* bench, DocumentHandle document, Duration mean,
                               Instant end) {
  const sim::Distribution gap = sim::Distribution::exponential(static_cast<double>(mean.ns()));
  std::uint64_t index = 0;
  while (bench->simulation.now() < end) {
    sim::Stream stream{bench->random.key(sim::Purpose{"test/background"}), index++};
    co_await bench->simulation.delay(gap.sample_duration(stream));
    const StoreRequest request = bench->request(document, west);
    co_await bench->store.update(request);
  }
}

sim::Process probe(StoreBench* bench, DocumentHandle document, Duration after, int trials,
                   int* stale) {
  for (int i = 0; i < trials; ++i) {
    co_await bench->simulation.delay(ms(600));
    const StoreRequest write = bench->request(document, west);
    co_await bench->store.update(write);
    co_await bench->simulation.delay(after);
    const StoreRequest read = bench->request(document, east);
    const StoreAnswer answer = co_await bench->store.read(read);
    if (answer.truth.versions_behind > 0) ++*stale;
  }
}

double stale_share_far_away(ApplyOrder order, int trials) {
  WorldConfig world = calm_world();
  world.store.apply_order = order;
  world.store.replication_lag.entry = exponential_ms(50);
  StoreBench bench{world};
  int stale = 0;
  const Instant end = Instant::at(ms(700) * trials);
  bench.processes.start(background_writes(&bench, bench.open(1), ms(10), end));
  bench.processes.start(probe(&bench, bench.open(2), ms(50), trials, &stale));
  bench.simulation.run();
  return static_cast<double>(stale) / trials;
}

TEST(ReadRegion, InLogOrderAnEntryWaitsForTheSlowestBefore) {
  constexpr int trials = 3000;
  constexpr double lambda = 100, mu = 20, t = 0.05;

  const double late = std::exp(-mu * t);
  const double theory = 1 - (1 - late) * std::exp(-lambda / mu * late);
  expect_share(stale_share_far_away(ApplyOrder::in_log_order, trials), theory, trials);
}

TEST(ReadRegion, IndependentEntriesAreLateByTheirOwnLag) {
  constexpr int trials = 3000;

  expect_share(stale_share_far_away(ApplyOrder::independent, trials), std::exp(-1.0), trials);
}

}  // namespace
}  // namespace seatrial::models
