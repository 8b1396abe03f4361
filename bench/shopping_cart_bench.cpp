// A whole scenario as people run it, checkers and collectors on, one core: finished operations a
// second for each policy of the shopping cart. Retries, broker calls and replication are in the
// time, not in the count. Then the largest memory of a process that does one run, and of one whose
// run has ten times the simulated duration.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"

namespace seatrial {
namespace {

const char* const shopping_cart = "scenarios/library/shopping-cart.json";  // from the project

// Of a process of its own, because the largest of a process never shrinks.
double largest_memory_mb(const models::WorldConfig& world) {
  const pid_t child = fork();
  if (child == 0) {
    benchmark::DoNotOptimize(analysis::simulate(world, {}));
    _exit(0);
  }
  rusage usage{};
  int status = 0;
  wait4(child, &status, 0, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

void one_policy(benchmark::State& state, const models::WorldConfig& world) {
  std::uint64_t operations = 0;
  std::uint64_t events = 0;
  for (auto _ : state) {
    models::RunOptions options;
    options.seed = 7;
    const analysis::RunSummary summary = analysis::simulate(world, options);
    operations += summary.totals.operations;
    events += summary.totals.events;
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(operations));
  state.counters["events_per_operation"] =
      static_cast<double>(events) / static_cast<double>(operations);
}

void all_policies(benchmark::State& state, const scenarios::Scenario& scenario) {
  std::uint64_t operations = 0;
  for (auto _ : state) {
    for (const scenarios::Policy& policy : scenario.policies) {
      models::RunOptions options;
      options.seed = 7;
      operations += analysis::simulate(policy.world, options).totals.operations;
    }
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(operations));
}

void memory(benchmark::State& state, models::WorldConfig world) {
  for (models::PhaseConfig& phase : world.phases)
    phase.length = phase.length * static_cast<std::int64_t>(state.range(0));
  for (auto _ : state) state.counters["largest_memory_mb"] = largest_memory_mb(world);
}

int register_all() {
  static const scenarios::Scenario scenario = scenarios::load_scenario(shopping_cart);
  for (const scenarios::Policy& policy : scenario.policies) {
    if (policy.name != "cookie + redis") continue;
    benchmark::RegisterBenchmark("shopping_cart/memory", memory, policy.world)
        ->Arg(1)
        ->Arg(10)
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
  for (const scenarios::Policy& policy : scenario.policies) {
    const std::string name = "shopping_cart/" + policy.name;
    benchmark::RegisterBenchmark(name.c_str(), one_policy, policy.world)
        ->Unit(benchmark::kMillisecond);
  }
  benchmark::RegisterBenchmark("shopping_cart/all policies", all_policies, scenario)
      ->Unit(benchmark::kMillisecond);
  return 0;
}

const int registered = register_all();

}  // namespace
}  // namespace seatrial
