// How many versions a replica lacks: with Poisson writes of rate lambda and independent lags, those
// under way are the customers of an M/G/infinity queue, so their number is Poisson with mean
// lambda * E[lag], whatever the lag's distribution. Looked at in instants that are far apart, by
// the gauge that timelines show.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>

#include "analysis/experiment/simulate.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

constexpr double writes = 0.1;  // a millisecond: 100/s
constexpr double mean_lag = 50;
constexpr double many = 9;

struct Lag {
  const char* name;
  const char* text;
  friend std::ostream& operator<<(std::ostream& out, const Lag& lag) { return out << lag.name; }
};

// Gauges are told every 250 ms: an exponential lag lasts from one to the next with probability
// e^-5.
models::WorldConfig written_world(const Lag& lag) {
  return still_world({"/store/apply_order=independent",
                      R"(/store/replication_lag={"entry":)" + std::string{lag.text} + "}",
                      R"(/workload/steps={"write":{"share":"100%","do":[{"update":"cart"}]}})",
                      "/workload/sessions=100/s", "/phases/0/for=118s"});
}

class LackingInEast final : public models::Observer {
 public:
  explicit LackingInEast(models::Instant from) : from_{from} {}
  void operation(const models::OperationObserved&) override {}
  void gauges(const models::GaugesObserved& seen) override {
    const models::RegionId east{1};
    if (seen.region != east || seen.at < from_) return;
    const auto lacking = static_cast<double>(seen.entries_lacking);
    versions.add(lacking);
    squares.add(lacking * lacking);
    at_least_many.add(lacking >= many ? 1 : 0);
  }

  Sample versions, squares, at_least_many;

 private:
  models::Instant from_;
};

double poisson_tail(double mean, double at_least) {
  double below = 0, term = std::exp(-mean);
  for (int k = 0; k < at_least; ++k) {
    below += term;
    term *= mean / (k + 1);
  }
  return 1 - below;
}

class LagInVersions : public testing::TestWithParam<Lag> {};
INSTANTIATE_TEST_SUITE_P(Of, LagInVersions,
                         testing::Values(Lag{"exponential", R"({"exponential":{"mean":"50ms"}})"},
                                         Lag{"constant", R"("50ms")"},
                                         Lag{"two_kinds",
                                             R"({"mixture":[{"share":"80%","of":"10ms"},)"
                                             R"({"share":"20%","of":"210ms"}]})"}));

TEST_P(LagInVersions, IsPoissonWithTheWritesInAMeanLag) {
  const models::WorldConfig world = written_world(GetParam());
  Estimate versions, squares, at_least_many;

  for (int i = 0; i < 32 * deep_factor(); ++i) {
    models::RunOptions options;
    options.replication = static_cast<std::uint32_t>(i);
    LackingInEast east{models::Instant::at(world.warmup)};
    analysis::watch(world, options, east);
    versions.add(east.versions);
    squares.add(east.squares);
    at_least_many.add(east.at_least_many);
  }

  constexpr double mean = writes * mean_lag;
  const std::string lag = std::string{", lag "} + GetParam().name;
  expect_near("versions lacking" + lag, versions, mean);
  expect_near("... mean square" + lag, squares, mean * mean + mean);
  expect_near("... at least 9" + lag, at_least_many, poisson_tail(mean, many), 0.15);
}

}  // namespace
}  // namespace seatrial::validation
