// The part of the checks that asks how much memory and time a scenario's worlds would need.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/checks.hpp"
#include "scenarios/limits.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

using models::WorldConfig;

// A pod with its queues, and its token of each partition; a replica with its cut.
constexpr double bytes_of_pod = 4'096;
constexpr double bytes_of_token = 16;
constexpr double bytes_of_replica = 256;

double world_bytes(const WorldConfig& world) {
  const auto regions = static_cast<double>(world.regions.users.size());
  const auto partitions = static_cast<double>(world.store.partitions);
  const double pod = bytes_of_pod + partitions * bytes_of_token;
  const double replicas = partitions * static_cast<double>(world.store.replicas);
  return regions * (static_cast<double>(world.pods.count) * pod + replicas * bytes_of_replica);
}

// Of all phases and the warm-up; ramps are left out.
double sessions_of(const WorldConfig& world) {
  const double first = world.phases.empty() ? 0 : world.phases.front().sessions;
  double weighted = world.warmup.s() * first;
  for (const auto& phase : world.phases) weighted += phase.length.s() * phase.sessions;
  return weighted * world.workload.sessions_per_second;
}

}  // namespace

double operations_of(const WorldConfig& world) {
  double in_step = 0;
  for (const auto& step : world.workload.steps) {
    for (const auto& action : step.actions) {
      if (action.kind != models::ActionKind::pause) in_step += step.share;
    }
  }
  return sessions_of(world) * std::max(1.0, world.workload.steps_per_session.mean() * in_step);
}

namespace {

// A tail can be so heavy that it has no mean.
std::string amount(double mean) {
  return std::isfinite(mean) ? fmt::format("{:.3g}", mean) : "infinitely many";
}

}  // namespace

double session_ns(const models::WorkloadConfig& workload) {
  double in_step = 0;
  for (const auto& step : workload.steps) {
    for (const auto& action : step.actions) {
      const bool acts = action.kind == models::ActionKind::pause && step.share > 0;
      if (acts) in_step += step.share * action.pause.mean();
    }
  }
  const double steps = workload.steps_per_session.mean();
  const double between = workload.pause.is_zero() ? 0 : workload.pause.mean();
  return (in_step > 0 ? steps * in_step : 0) + (steps > 1 ? (steps - 1) * between : 0);
}

void check_size(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const auto wrong = [&](const std::string& pointer, std::string message) {
    const Place place = place_of(*of.tree, pointer);
    problems.add(place, cited(of, place, pointer), std::move(message));
  };
  if (world_bytes(world) > most_world_bytes) {
    const std::string pointer = place_of(*of.tree, "/pods").of_policy ? "/pods" : "/store";
    wrong(pointer, fmt::format("{} regions with {} pods and {} partitions of {} replicas each need "
                               "about {:.0f} GB of memory; at most {:.0f} GB are possible",
                               world.regions.users.size(), world.pods.count, world.store.partitions,
                               world.store.replicas, std::ceil(world_bytes(world) / 1e9),
                               most_world_bytes / 1e9));
  }
  const double steps = world.workload.steps_per_session.mean();
  if (!(steps <= most_steps)) {
    return wrong("/workload/steps_per_session",
                 fmt::format("a session has {} steps on average; at most {} are possible",
                             amount(steps), most_steps));
  }
  const double session = session_ns(world.workload);
  if (session <= longest_duration_ns) return;
  wrong("/workload", fmt::format("a session lasts {} days on average; at most {} are possible",
                                 amount(session / 86'400e9), longest_duration_ns / 86'400e9));
}

void check_runs(const Scenario& scenario, const Node& root, Problems& problems) {
  const double runs = static_cast<double>(scenario.run.replications) *
                      static_cast<double>(scenario.policies.size());
  if (runs > most_runs) {
    problems.add(place_of(root, "/run/replications"), "/run/replications",
                 fmt::format("{} replications of {} policies are {:.0f} runs; at most {:.0f} are "
                             "possible",
                             scenario.run.replications, scenario.policies.size(), runs, most_runs));
  }
  double operations = 0;
  for (const Policy& policy : scenario.policies) operations += operations_of(policy.world);
  operations *= static_cast<double>(scenario.run.replications);
  if (operations <= most_operations) return;
  problems.add(place_of(root, "/workload/sessions"), "/workload/sessions",
               fmt::format("all runs together have about {:.1e} operations; at most {:.0e} are "
                           "possible, which take months",
                           operations, most_operations));
}

}  // namespace seatrial::scenarios
