#include "analysis/experiment/expected_work.hpp"

#include <algorithm>
#include <thread>

#include "analysis/capacity/offered_load.hpp"
#include "models/gauges.hpp"
#include "models/windows.hpp"

namespace seatrial::analysis {
namespace {

constexpr double operations_per_second_and_core = 450'000;
// A look at one replica of one partition, for the gauges: measured with 10,000 to 100,000 of them.
constexpr double looks_per_second_and_core = 60e6;

// The load of a phase rises in a line from the phase before over its ramp.
double expected_sessions_of(const models::PhaseConfig& phase, double load_before, double rate) {
  const double ramp = std::min(phase.ramp.s(), phase.length.s());
  return rate *
         (phase.sessions * (phase.length.s() - ramp) + (load_before + phase.sessions) / 2 * ramp);
}

double operations_per_step(const models::WorkloadConfig& workload) {
  double operations = 0;
  for (const models::StepConfig& step : workload.steps)
    for (const models::ActionConfig& action : step.actions) {
      if (action.kind == models::ActionKind::pause) continue;
      operations += step.share;
      if (action.kind == models::ActionKind::read || !workload.second_device.present) continue;
      const double of_second = workload.second_device.updates ? 2 : 1;
      operations += step.share * workload.second_device.share * of_second;
    }
  return operations;
}

}  // namespace

double expected_sessions(const models::WorldConfig& world) {
  if (world.phases.empty()) return 0;
  const double rate = world.workload.sessions_per_second;
  double load = world.phases.front().sessions;
  double sessions = rate * load * world.warmup.s();
  for (const models::PhaseConfig& phase : world.phases) {
    sessions += expected_sessions_of(phase, load, rate);
    load = phase.sessions;
  }
  return sessions;
}

double expected_operations(const models::WorldConfig& world) {
  return expected_sessions(world) * world.workload.steps_per_session.mean() *
         operations_per_step(world.workload);
}

double expected_looks(const models::WorldConfig& world) {
  if (world.phases.empty()) return 0;
  const double samples =
      static_cast<double>(models::windows_of(world).count) * models::Gauges::in_a_window;
  const auto regions = static_cast<double>(world.regions.users.size());
  return samples * regions * static_cast<double>(world.store.partitions) *
         static_cast<double>(world.store.replicas);
}

double expected_seconds(const scenarios::Scenario& scenario, std::int64_t replications,
                        unsigned jobs) {
  if (jobs == 0) jobs = std::max(1U, std::thread::hardware_concurrency());
  double of_all = 0;
  for (const scenarios::Policy& policy : scenario.policies)
    of_all += expected_operations(policy.world) / operations_per_second_and_core +
              expected_looks(policy.world) / looks_per_second_and_core;
  const double runs =
      static_cast<double>(replications) * static_cast<double>(scenario.policies.size());
  const double useful_jobs = std::min(runs, static_cast<double>(jobs));
  return of_all * static_cast<double>(replications) / useful_jobs;
}

bool is_lower_bound(const scenarios::Scenario& scenario) {
  return std::any_of(scenario.policies.begin(), scenario.policies.end(), [](const auto& policy) {
    const std::vector<Demand> demands = demands_of(policy.world);
    return std::any_of(policy.world.phases.begin(), policy.world.phases.end(),
                       [&](const models::PhaseConfig& phase) {
                         return !phase.faults.empty() ||
                                std::any_of(demands.begin(), demands.end(),
                                            [&](const Demand& demand) {
                                              return demand.used * phase.sessions >= 1;
                                            });
                       });
  });
}

}  // namespace seatrial::analysis
