// How long strong writes take, against what Azure says of them: "2 x the round trip of the two
// farthest regions + 10 ms" at the 99th percentile. The client library asks for the commit in
// steps, so latencies come in steps, too.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "models/network/azure_matrix.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

// Published round trips, jitter included; zones, services and lags as a store in good health.
models::WorldConfig strong_world(const std::string& write_region) {
  return still_world(
      {R"(/regions={"matrix":"azure-2026-07","users":{"East US":"40%","West US":"30%",)"
       R"("West Europe":"30%"}})",
       "/store/write_region=" + write_region, "/store/consistency=strong", "/store/partitions=200",
       "/store/replicas=4", "/store/write_quorum=3",
       R"(/store/in_region_lag={"exponential":{"mean":"1ms"}})",
       R"(/workload/steps/step={"share":"100%","do":[{"update":"cart"}]})",
       "/workload/sessions=100/s", "/phases/0/for=60s"});
}

double round_trip(const std::string& from, const std::string& to) {
  return models::published_round_trip(from, to)->ms();
}

// In ms, sorted, of the users of one region.
std::vector<double> latencies(const models::WorldConfig& world, std::uint32_t region) {
  std::vector<double> all;
  for (const auto& seen : run_replication(world, 0, Keep::operations).operations) {
    EXPECT_EQ(seen.outcome, models::Outcome::ok);
    if (seen.region.value() == region) all.push_back((seen.completed - seen.invoked).ms());
  }
  std::sort(all.begin(), all.end());
  return all;
}

double quantile(const std::vector<double>& sorted, double p) {
  return sorted[static_cast<std::size_t>(p * static_cast<double>(sorted.size() - 1))];
}

// From East US the farthest is West Europe; commits wait for it, whoever writes.
TEST(StrongWrites, TakeAtP99BetweenTheFarthestRoundTripAndTwiceThatPlus10Milliseconds) {
  const models::WorldConfig world = strong_world("East US");
  const double farthest =
      std::max(round_trip("East US", "West Europe"), round_trip("West Europe", "East US"));

  const double p99 = quantile(latencies(world, 0), 0.99);

  std::printf("  p99 %.1f ms; round trip %.0f ms, twice that + 10 ms: %.0f ms\n", p99, farthest,
              2 * farthest + 10);
  EXPECT_GT(p99, farthest);
  EXPECT_LT(p99, 2 * farthest + 10);
}

// A pod in West Europe writes over the ocean, and asks over the ocean whether it is committed. The
// first question comes when the commit does, a moment before or after: two round trips or three.
TEST(StrongWrites, FromTheFarthestRegionTakeTwoRoundTripsOrThree) {
  const double there = round_trip("West Europe", "East US");

  const std::vector<double> all = latencies(strong_world("East US"), 2);

  const auto in_two =
      static_cast<double>(std::lower_bound(all.begin(), all.end(), 2.5 * there) - all.begin());
  std::printf("  median %.1f ms, p99 %.1f ms; %.1f %% in two round trips of %.0f ms\n",
              quantile(all, 0.5), quantile(all, 0.99),
              100 * in_two / static_cast<double>(all.size()), there);
  EXPECT_GT(all.front(), 1.9 * there);
  EXPECT_LT(quantile(all, 0.99), 3 * there + 40);
}

// Of a pod beside the primary, which asks at 0, 10, 20, 30, 40 ms after the local quorum, and then
// every 30 ms, each question a hop of about 1.5 ms. Were latencies spread evenly, those within 4 ms
// after a question could not be more than a third.
TEST(StrongWrites, EndInStepsOfTheQuestions) {
  const std::vector<double> all = latencies(strong_world("East US"), 0);

  std::vector<std::size_t> histogram(60);
  for (const double ms : all) {
    const auto bin = static_cast<std::size_t>(ms / 4);
    if (bin < histogram.size()) ++histogram[bin];
  }
  std::size_t most = 0, in_all = 0;
  for (const std::size_t count : histogram) {
    in_all += count;
    most = std::max(most, count);
  }
  std::printf("  %zu of %zu writes end within the fullest 4 ms\n", most, in_all);
  for (std::size_t i = 0; i < histogram.size(); ++i)
    if (histogram[i] > all.size() / 200) std::printf("    %3zu ms %5zu\n", 4 * i, histogram[i]);

  EXPECT_GT(most, in_all / 3);
}

}  // namespace
}  // namespace seatrial::validation
