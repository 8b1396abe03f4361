// A scenario of two phases and two regions, and runs that nobody simulated: a policy's rate of
// wrong reads, its latency and its RU are what the test says.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "analysis/experiment/comparison.hpp"
#include "analysis/experiment/run.hpp"

namespace seatrial::analysis::synthetic {

// How a policy behaves; in the second phase ("outage") and the second region ("West") apart.
struct Behaviour {
  std::uint64_t wrong_per_10000 = 0;  // reads with an own write to see
  std::uint64_t wrong_in_outage = 0;  // the same, in the second phase
  std::int64_t read_ns = 5'000'000;
  std::int64_t west_read_ns = 5'000'000;
  std::int64_t ru_thousandths = 1000;  // per operation
  std::uint64_t failed_per_10000 = 0;
  std::uint64_t workload = 7;  // digest of what it was offered
};

using Behaviours = std::map<std::string, Behaviour>;

inline scenarios::Scenario scenario_of(const Behaviours& behaviours, const std::string& baseline) {
  scenarios::Scenario scenario;
  scenario.path = "somewhere/synthetic.json";
  scenario.title = "A synthetic question";
  scenario.question = "Which one is it?";
  scenario.text = "{}";
  scenario.baseline = baseline;
  scenario.run = {3, 4};
  std::int64_t mark = 0;
  for (const auto& [name, behaviour] : behaviours) {
    scenarios::Policy policy{name, {}};
    policy.world.pods.count = mark++;  // by which the simulation knows its policy
    policy.world.regions.users = {{"East", 0.5}, {"West", 0.5}};
    policy.world.data.resize(1);
    policy.world.data[0].name = "cart";
    policy.world.phases.resize(2);
    policy.world.phases[0].name = "normal";
    policy.world.phases[1].name = "outage";
    scenario.policies.push_back(policy);
  }
  return scenario;
}

inline scenarios::Objective own_cart(double limit) {
  scenarios::Objective objective;
  objective.name = "own cart";
  objective.metric = "ryw";
  objective.data_class = "cart";
  objective.limit = limit;
  return objective;
}

inline void fill(Cell& cell, const Behaviour& behaviour, std::uint32_t phase, std::uint32_t region,
                 models::OperationKind kind, std::uint64_t luck) {
  Counts& counts = cell.counts;
  counts.operations = 10'000 + luck;
  counts.failed = behaviour.failed_per_10000;
  counts.ru_thousandths = behaviour.ru_thousandths * static_cast<std::int64_t>(counts.operations);
  counts.stale.opportunities = counts.operations;
  cell.latency.record(region == 0 ? behaviour.read_ns : behaviour.west_read_ns, counts.operations);
  if (kind != models::OperationKind::read) return;
  const std::uint64_t wrong = phase == 1 ? behaviour.wrong_in_outage : behaviour.wrong_per_10000;
  counts.ryw = {10'000, wrong == 0 ? 0 : wrong + luck};
  counts.causes[0][0] = counts.ryw.violations;
  counts.disallowed = {10'000, 0};
}

inline Simulate simulation_of(const Behaviours& behaviours) {
  std::vector<Behaviour> by_mark;
  for (const auto& [name, behaviour] : behaviours) by_mark.push_back(behaviour);
  return [by_mark](const models::WorldConfig& world, const models::RunOptions& options) {
    const Behaviour& behaviour = by_mark[static_cast<std::size_t>(world.pods.count)];
    RunSummary run{shape_of(world)};
    const std::uint64_t luck = (options.seed * 7 + options.replication * 5) % 11;
    for (std::uint32_t phase = 0; phase < 2; ++phase)
      for (std::uint32_t region = 0; region < 2; ++region)
        for (const auto kind : {models::OperationKind::read, models::OperationKind::update})
          fill(run.cell(models::PhaseId{phase}, models::RegionId{region}, models::DataClassId{0},
                        kind),
               behaviour, phase, region, kind, luck);
    run.totals.operations = 80'000;
    run.totals.sessions = 40'000;
    run.totals.workload_digest = {behaviour.workload, options.replication};
    run.digest = {options.seed, static_cast<std::uint64_t>(world.pods.count) * 100 + luck};
    for (std::size_t k = 0; k < run.checkpoints.size(); ++k)
      run.checkpoints[k] = {run.digest.low, k};
    if (options.progress) options.progress(0.5);
    return run;
  };
}

inline Comparison compared(const Behaviours& behaviours, const std::string& baseline) {
  scenarios::Scenario scenario = scenario_of(behaviours, baseline);
  scenario.objectives = {own_cart(0.001)};
  return compare(scenario, run_experiment(scenario, {}, simulation_of(behaviours)));
}

inline Behaviour wrong(std::uint64_t per_10000) {
  Behaviour behaviour;
  behaviour.wrong_per_10000 = behaviour.wrong_in_outage = per_10000;
  return behaviour;
}

inline Behaviour costing(std::int64_t ru_thousandths, std::int64_t read_ns) {
  Behaviour behaviour;
  behaviour.ru_thousandths = ru_thousandths;
  behaviour.read_ns = behaviour.west_read_ns = read_ns;
  return behaviour;
}

}  // namespace seatrial::analysis::synthetic
