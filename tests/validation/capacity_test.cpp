// The napkin against the simulation: what `validate` computes in closed form before a run is what
// short runs of the library then show. Tolerances come from the number of sessions.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "analysis/capacity/evidence.hpp"
#include "analysis/capacity/offered_load.hpp"
#include "analysis/experiment/comparison.hpp"
#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

const std::string library = SEATRIAL_SOURCE_DIR "/scenarios/library/";

// What arrived in the phase "steady", which is much longer than a session.
scenarios::Scenario steady(const std::string& name, const std::string& length) {
  const std::string phases =
      R"([ { "name": "steady", "for": ")" + length + R"(" }, { "name": "outage", "for": "1s" } ])";
  return scenarios::load_scenario(
      library + name, std::vector<std::string>{"/phases=" + phases, "/run/warmup=5min"});
}

analysis::Counts all_of(const analysis::RunSummary& run) {
  analysis::Counts sum;
  for (const analysis::Cell& cell : run.cells) sum.merge(cell.counts);
  return sum;
}

// A second, of all regions together.
double offered(const models::WorldConfig& world, analysis::Limit limit) {
  double sum = 0;
  for (const analysis::Demand& demand : analysis::demands_of(world))
    if (demand.limit == limit) sum += demand.rate;
  return sum;
}

// Sessions are independent; of `n` of them a total of theirs is off by `spread` / sqrt(n), and four
// times that is seen once in 16,000 tests.
void expect_about(const char* what, double estimate, double theory, double sessions,
                  double spread) {
  const double tolerance = 4 * spread / std::sqrt(sessions);
  std::printf("  %-34s simulated %12.4g  closed form %12.4g  tolerance %.3f\n", what, estimate,
              theory, tolerance);
  EXPECT_NEAR(estimate / theory, 1, tolerance) << what;
}

TEST(OfferedLoad, IsWhatARunOfTheShoppingCartShows) {
  const scenarios::Scenario scenario = steady("shopping-cart.json", "10min");
  for (const scenarios::Policy& policy : scenario.policies) {
    if (policy.name != "as is" && policy.name != "redis cart" && policy.name != "strong") continue;
    const analysis::RunSummary run = analysis::simulate(policy.world, {});
    const analysis::Counts counts = all_of(run);
    const double seconds = 601;
    const double sessions = seconds * policy.world.workload.sessions_per_second;
    std::printf(" %s\n", policy.name.c_str());

    // A session's operations have a coefficient of variation of about 1 (geometric steps).
    expect_about("operations/s", static_cast<double>(counts.operations) / seconds,
                 offered(policy.world, analysis::Limit::pod_cpu), sessions, 1);
    expect_about("RU/s", static_cast<double>(counts.ru_thousandths) / 1000 / seconds,
                 offered(policy.world, analysis::Limit::request_units), sessions, 1.4);
    const double calls = offered(policy.world, analysis::Limit::broker);
    if (calls > 0)
      expect_about("broker calls/s", static_cast<double>(counts.broker_calls) / seconds, calls,
                   sessions, 1);
    EXPECT_EQ(calls > 0, counts.broker_calls > 0) << policy.name;
  }
}

// One region, one pod: what an operation takes beside what the closed form says of its work is the
// wait, which is that of the utilisation.
void expect_time(const char* what, const models::WorldConfig& world, double theory) {
  const auto found = replicate(world, Keep::operations, [](const Replication& run) {
    Sample sample;
    for (const auto& seen : run.operations)
      if (seen.measured) sample.add((seen.completed - seen.invoked).s());
    return std::vector<Sample>{sample};
  });
  expect_near(what, found[0], theory);
}

const std::string one_read = R"(/workload/steps/step={"share":"100%","do":[{"read":"cart"}]})";
constexpr std::size_t east = 1;  // of still_world: where the users are

TEST(OfferedLoad, SaysHowBusyCoresAreAndHowLongOneWaitsForThem) {
  const auto world = still_world({one_read, "/pods/cpu=2", "/workload/sessions=140/s",
                                  R"(/pods/cpu_per_operation={"exponential":{"mean":"10ms"}})",
                                  "/phases/0/for=60s", "/run/warmup=5s"});
  double used = 0;
  for (const analysis::Demand& demand : analysis::demands_of(world))
    if (demand.limit == analysis::Limit::pod_cpu) used = std::max(used, demand.used);

  EXPECT_DOUBLE_EQ(used, 0.7);
  expect_time("mean time with two cores, s", world, 0.010 + analysis::cpu_wait(world, east, 1));
}

TEST(OfferedLoad, SaysHowBusyTheBrokerIsAndHowLongOneWaitsForIt) {
  const auto world =
      still_world({one_read, R"(/session_token/carry=["broker"])", "/broker/get_service=2ms",
                   "/workload/sessions=300/s", "/phases/0/for=60s"});
  double used = 0;
  for (const analysis::Demand& demand : analysis::demands_of(world))
    if (demand.limit == analysis::Limit::broker) used = std::max(used, demand.used);

  EXPECT_DOUBLE_EQ(used, 0.6);
  expect_time("mean time with a broker, s", world, 0.002 + analysis::broker_wait(world, east, 1));
}

// Little's law: without queues the time in the pod is that of the parts on the way.
TEST(OfferedLoad, SaysHowLongARequestIsInItsPod) {
  const auto world = still_world(
      {"/regions/links/West <> East/one_way=20ms", "/regions/same_zone_round_trip=1ms",
       "/regions/cross_zone_round_trip=1ms", "/pods/cpu_per_operation=3ms", "/pods/cpu=1000",
       "/store/read_service=2ms", "/store/write_service=5ms", "/phases/0/for=10s"});

  // Beside: from the front door to the pod and back.
  expect_time("mean time of reads and updates, s", world,
              0.001 + analysis::seconds_in_pod(world, east));
}

void expect_opportunities(const std::string& name, const std::string& data_class) {
  const scenarios::Scenario scenario = scenarios::load_scenario(library + name);
  const models::WorldConfig& world = scenario.policies.front().world;
  std::vector<analysis::RunSummary> runs;
  for (std::uint32_t r = 0; r < 3; ++r) {
    models::RunOptions options;
    options.replication = r;
    runs.push_back(analysis::simulate(world, options));
  }
  for (const char* metric : {"ryw", "mr", "ryw_user", "mw", "wfr", "stale", "availability"}) {
    const analysis::Metric& known = *analysis::find_metric(metric);
    const analysis::Expected expected = analysis::expected_opportunities(world, metric, data_class);
    std::printf(" %s: %s\n", name.c_str(), metric);
    for (std::uint32_t phase = 0; phase < world.phases.size(); ++phase) {
      analysis::Selection selection;
      selection.phases = {phase};
      for (std::uint32_t c = 0; c < world.data.size(); ++c)
        if (world.data[c].name == data_class) selection.data_class = c;
      const auto slice = analysis::slice_of(runs, selection);
      const auto measured = analysis::measure(known, slice, 1, {});
      const double theory = expected.by_phase[phase] * static_cast<double>(runs.size());
      const double sessions = world.phases[phase].length.s() * world.phases[phase].sessions *
                              world.workload.sessions_per_second * static_cast<double>(runs.size());
      if (theory == 0) {
        EXPECT_EQ(measured.denominator, 0);
        continue;
      }
      // Beside luck: the time from arrival to operation is not quite exponential.
      const double tolerance = 0.06 + 4 * 1.8 / std::sqrt(sessions);
      std::printf("  %-10s simulated %10.0f  closed form %10.0f\n",
                  world.phases[phase].name.c_str(), measured.denominator, theory);
      EXPECT_NEAR(measured.denominator / theory, 1, tolerance) << metric;
    }
    analysis::Selection everywhere;
    const double burst = analysis::burst_of(known, analysis::slice_of(runs, everywhere));
    std::printf("  burst      simulated %10.2f  closed form %10.2f\n", burst, expected.burst);
    EXPECT_NEAR(burst / expected.burst, 1, 0.1) << metric;
  }
}

TEST(Evidence, ExpectsTheOpportunitiesThatTheShoppingCartShows) {
  expect_opportunities("shopping-cart.json", "cart");
}

TEST(Evidence, ExpectsTheOpportunitiesThatTheFirstStepsShow) {
  expect_opportunities("first-steps.json", "cart");
}

// Of a zero, compare says "below x" where validate said that n operations make x the limit.
void expect_bound(const std::string& name, const std::string& policy, std::int64_t replications) {
  auto scenario = scenarios::load_scenario(library + name);
  std::erase_if(scenario.policies, [&](const scenarios::Policy& other) {
    return other.name != policy && other.name != scenario.baseline;
  });
  analysis::ExperimentOptions options;
  options.jobs = 1;
  options.replications = replications;
  const auto experiment = analysis::run_experiment(scenario, options, analysis::simulate);
  const auto comparison = analysis::compare(scenario, experiment);
  const analysis::Evidence evidence = analysis::evidence_for(scenario).front();
  for (const auto& result : comparison.policies) {
    if (result.name != policy) continue;
    double bound = 0;
    for (const auto& part : result.objectives.front().parts) {
      ASSERT_TRUE(part.measurement.interval.zero_bound) << policy;
      bound = std::max(bound, part.measurement.interval.high);
    }
    const double expected = scenario.objectives.front().limit * evidence.needed /
                            (evidence.each_run * static_cast<double>(replications));
    std::printf("  %s, %s: bound behind the zero %.3g, expected %.3g\n", name.c_str(),
                policy.c_str(), bound, expected);
    EXPECT_NEAR(bound / expected, 1, 0.15);
  }
}

TEST(Evidence, IsWhatCompareThenBoundsAZeroBy) {
  expect_bound("first-steps.json", "client cookie", 3);
  expect_bound("shopping-cart.json", "client cookie", 1);
}

}  // namespace
}  // namespace seatrial::validation
