// Closed forms of quorums whose acknowledgements and reads take no time: staleness after a commit,
// and how long the k-th of n answers takes. Writes reach replicas after Exp(mean 10 ms).
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "models/store/quorum/quorum_config.hpp"
#include "tests/validation/still_world.hpp"
#include "tests/validation/wars.hpp"

namespace seatrial::validation {
namespace {

constexpr double mean = 10;  // ms

models::QuorumConfig quorum(int n, int w, int r) {
  models::QuorumConfig config;
  config.replicas = n;
  config.write_quorum = w;
  config.read_quorum = r;
  config.legs.write = sim::Distribution::exponential(mean * 1e6);
  return config;
}

// A document of its own for each session; every commit is probed.
models::WorldConfig world_of(const models::QuorumConfig& config) {
  models::WorldConfig world =
      still_world({R"(/workload/steps={"once":{"share":"100%","do":[{"update":"cart"},)"
                   R"({"read":"cart"}]}})",
                   "/data/cart/owner=session"});
  world.store.consistency = models::Consistency::eventual;
  world.store.replication = models::make_quorum(config);
  world.probes.freshness.present = true;
  world.probes.freshness.after_commit = {models::Duration{}};
  return world;
}

double choose(int n, int k) {
  double ways = 1;
  for (int i = 0; i < k; ++i) ways = ways * (n - i) / (i + 1);
  return n < k ? 0 : ways;
}

TEST(QuorumStaleness, FallsFromTheShareOfQuorumsThatMissTheWrite) {
  constexpr std::uint64_t trials = 60'000;
  for (const auto& [n, w, r] : {std::array{4, 3, 1}, {3, 1, 1}, {3, 1, 2}, {5, 2, 2}, {3, 2, 2}}) {
    const WarsSample seen = engine(world_of(quorum(n, w, r)), trials).sample;
    const auto count = static_cast<double>(seen.fresh_after.size());
    for (const double t : {0.0, 5.0, 20.0}) {
      const double theory = choose(n - w, r) / choose(n, r) * std::exp(-r * t / mean);
      const double stale = 1 - seen.fresh_at(t);
      const double error = std::sqrt(theory * (1 - theory) / count);
      std::printf("  N %d W %d R %d, %4.0f ms: stale %.5f, theory %.5f +- %.5f\n", n, w, r, t,
                  stale, theory, 4 * error);
      EXPECT_NEAR(stale, theory, 4 * error + 1e-12);
    }
  }
}

// Asking only R replicas changes nothing where answers take no time: R are chosen either way.
TEST(QuorumStaleness, IsTheSameForAReadThatAsksOnlyItsQuorum) {
  models::QuorumConfig config = quorum(5, 2, 2);
  config.read_fanout = 2;
  const WarsSample seen = engine(world_of(config), 60'000).sample;
  const auto count = static_cast<double>(seen.fresh_after.size());
  const double theory = choose(3, 2) / choose(5, 2);

  EXPECT_NEAR(1 - seen.fresh_at(0), theory, 4 * std::sqrt(theory * (1 - theory) / count));
}

TEST(QuorumWait, IsTheOrderStatisticOfItsReplicas) {
  for (const auto& [n, k] : {std::pair{3, 1}, {3, 3}, {5, 3}, {12, 7}}) {
    const WarsSample seen = engine(world_of(quorum(n, k, 1)), 60'000).sample;
    const auto count = static_cast<double>(seen.write_latency.size());
    double theory = 0, variance = 0, sum = 0;
    for (int i = n - k + 1; i <= n; ++i) theory += mean / i, variance += mean * mean / i / i;
    for (const double took : seen.write_latency) sum += took;
    const double error = std::sqrt(variance / count);
    std::printf("  %d of %d: mean %.4f ms, theory %.4f +- %.4f\n", k, n, sum / count, theory,
                4 * error);
    EXPECT_NEAR(sum / count, theory, 4 * error);
  }
}

// Of a store of logs: a read region has an entry after its lag, Exp(50 ms), by itself.
TEST(LogFreshness, FollowsTheLagOfTheEntry) {
  models::WorldConfig world =
      still_world({"/store/apply_order=independent",
                   R"(/store/replication_lag={"entry":{"exponential":{"mean":"50ms"}}})",
                   "/data/cart/owner=session", "/workload/sessions=1000/s", "/phases/0/for=20s"});
  world.probes.freshness.present = true;
  for (const std::int64_t t : {0, 20, 50, 150})
    world.probes.freshness.after_commit.push_back(models::Duration::milliseconds(t));
  const analysis::RunSummary summary = run_replication(world, 0, Keep::counts).summary;

  ASSERT_EQ(summary.freshness.size(), 2U);
  const analysis::Freshness& east = summary.freshness[1];
  const auto count = static_cast<double>(east.probes);
  EXPECT_GT(count, 10'000);
  for (std::size_t i = 0; i < east.fresh.size(); ++i) {
    const double t = world.probes.freshness.after_commit[i].s() * 1e3;
    const double theory = 1 - std::exp(-t / 50);
    const double seen = static_cast<double>(east.fresh[i]) / count;
    std::printf("  fresh after %3.0f ms: %.4f, theory %.4f\n", t, seen, theory);
    EXPECT_NEAR(seen, theory, 4 * std::sqrt(theory * (1 - theory) / count) + 1e-12);
  }
}

// A probe is told and changes nothing.
TEST(FreshnessProbe, ChangesNoDigest) {
  for (const bool is_quorum : {true, false}) {
    models::WorldConfig world = world_of(quorum(3, 2, 1));
    if (!is_quorum) {
      world.store.replication = nullptr;
      world.store.write_region = "West";
    }
    const auto with_probe = run_replication(world, 0, Keep::counts).summary;
    world.probes.freshness.present = false;
    const auto without = run_replication(world, 0, Keep::counts).summary;

    EXPECT_FALSE(with_probe.freshness.empty());
    EXPECT_TRUE(without.freshness.empty());
    EXPECT_EQ(with_probe.digest.hex(), without.digest.hex());
  }
}

}  // namespace
}  // namespace seatrial::validation
