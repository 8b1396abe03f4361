// Waits for other regions against order statistics: with k of n acknowledgements, each after an
// exponential time X, a write waits for the k-th smallest, X_(k:n); bounded by T it waits
// min(X_(k:n), T) and is acknowledged in full with probability P(X_(k:n) <= T).
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

constexpr double mean_ms = 20;
constexpr int others = 4;

// Every other region is an exponential time away and acknowledges at once. Nobody waits for
// anybody: of 1,000 writes one meets another in its partition.
models::WorldConfig waiting_world(const std::string& replication) {
  std::string links;
  for (const char* to : {"A", "B", "C", "D"}) {
    links += R"("West > )" + std::string{to} + R"(":{"one_way":{"exponential":{"mean":"20ms"}}},)";
    links += '"' + std::string{to} + R"( > West":{"one_way":"0ms"},)";
  }
  const std::string names[] = {"A", "B", "C", "D"};
  for (int i = 0; i < others; ++i) {
    for (int j = i + 1; j < others; ++j) {
      links += '"' + names[i] + " <> " + names[j] + R"(":{"one_way":"0ms"},)";
    }
  }
  links.pop_back();
  return still_world({R"(/regions/users={"West":"100%","A":"0%","B":"0%","C":"0%","D":"0%"})",
                      "/regions/links={" + links + "}", "/store/partitions=250",
                      "/store/replication=" + replication,
                      R"(/workload/steps={"s":{"share":"100%","do":[{"update":"cart"}]}})",
                      "/workload/sessions=7.5/s", "/phases/0/for=160s", "/run/warmup=0s"});
}

struct Waited {
  Estimate ms;
  Estimate in_full;
};

Waited waited(const models::WorldConfig& world) {
  const Questions question = [](const Replication& run) -> std::vector<Sample> {
    Sample time, in_full;
    for (const models::OperationObserved& write : run.operations) {
      time.add((write.completed - write.invoked).ms());
      in_full.add(write.degraded == models::Degraded::no ? 1 : 0);
    }
    return {time, in_full};
  };
  const std::vector<Estimate> both = replicate(world, Keep::operations, question);
  return {both[0], both[1]};
}

double harmonic(int n) {
  double sum = 0;
  for (int i = 1; i <= n; ++i) sum += 1.0 / i;
  return sum;
}

double choose(int n, int k) { return k == 0 ? 1 : choose(n - 1, k - 1) * n / k; }

// P(X_(k:n) <= t) for exponential X.
double order_statistic(int k, double t) {
  const double f = 1 - std::exp(-t / mean_ms);
  double sum = 0;
  for (int j = k; j <= others; ++j) {
    sum += choose(others, j) * std::pow(f, j) * std::pow(1 - f, others - j);
  }
  return sum;
}

class OrderStatistic : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Acknowledgements, OrderStatistic, testing::Values(1, 2, 3, 4));

TEST_P(OrderStatistic, IsTheMeanWaitForSoManyOfAllRegions) {
  const int k = GetParam();

  const Waited writes =
      waited(waiting_world(R"({"kind":"majority","acknowledgements":)" + std::to_string(k) + "}"));

  expect_near("mean wait for " + std::to_string(k) + " of 4", writes.ms,
              mean_ms * (harmonic(others) - harmonic(others - k)));
}

TEST_P(OrderStatistic, BoundedByATimeIsMetInItWithItsProbability) {
  const int k = GetParam();
  constexpr double at_most = 25;

  const Waited writes = waited(waiting_world(
      R"({"kind":"bounded_wait","at_most":"25ms","acknowledgements":)" + std::to_string(k) + "}"));

  const auto waits = [&](double t) { return t < at_most ? 1 - order_statistic(k, t) : 0; };
  expect_near("share in full, " + std::to_string(k) + " of 4 in 25 ms", writes.in_full,
              order_statistic(k, at_most));
  expect_near("mean of min(wait, 25 ms), " + std::to_string(k) + " of 4", writes.ms,
              integral(waits, 2 * at_most));
}

// The most that is acknowledged by all is the synchronous mode.
TEST(Synchronous, WaitsForTheSlowestOfAll) {
  expect_near("mean wait for all 4", waited(waiting_world(R"("synchronous")")).ms,
              mean_ms * harmonic(others));
}

}  // namespace
}  // namespace seatrial::validation
