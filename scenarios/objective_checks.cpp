// The checks of objectives: what no run could decide is a problem, whatever the policies.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/metrics.hpp"

namespace seatrial::scenarios {
namespace {

using models::ActionKind;
using models::WorldConfig;

// A limit on the side from which every policy passes.
void check_side(const Objective& objective, const std::string& pointer, const Node& root,
                Problems& problems) {
  const Metric* const metric = find_metric(objective.metric);
  if (metric == nullptr || metric->higher_is_better == (objective.bound == Bound::at_least)) return;
  const std::string_view written = objective.bound == Bound::at_least ? "at_least" : "at_most";
  if (problems.any_under(pointer)) return;
  problems.add(
      place_of(root, pointer + "/" + std::string{written}), fmt::format("{}/{}", pointer, written),
      fmt::format("{} of {} is better: write \"{}\"", metric->higher_is_better ? "more" : "less",
                  objective.metric, metric->higher_is_better ? "at_least" : "at_most"));
}

void check_phases(const Objective& objective, const std::string& pointer, const Node& root,
                  const WorldConfig& world, Problems& problems) {
  if (objective.outside.empty()) return;
  const Place place = place_of(root, pointer + "/outside");
  if (!objective.during.empty()) {
    problems.add(place, pointer + "/outside",
                 "stands beside \"during\", but only one of them is possible");
  } else if (world.phases.size() == 1 && world.phases.front().name == objective.outside) {
    problems.add(place, pointer + "/outside", "no other phase is left to be measured");
  }
}

// Money is of all that runs, and needs prices.
void check_money(const Scenario& scenario, const Objective& objective, const std::string& pointer,
                 const Node& root, Problems& problems) {
  const Metric* const metric = find_metric(objective.metric);
  if (metric == nullptr || metric->dimension != MetricDimension::money) return;
  if (!scenario.prices.present && !problems.any_under("/prices")) {
    problems.add(place_of(root, pointer + "/metric"), pointer + "/metric",
                 "needs /prices: { \"currency\": ..., ... }; none is built in");
  }
  if (objective.data_class.empty()) return;
  problems.add(place_of(root, pointer + "/of"), pointer + "/of",
               "a data class has no cost of its own: leave \"of\" out");
}

bool some_step(const WorldConfig& world, ActionKind kind, const std::string& data_class) {
  for (const auto& step : world.workload.steps) {
    for (const auto& action : step.actions) {
      const bool is_of_class = data_class.empty() || action.data_class == data_class;
      if (action.kind == kind && is_of_class && step.share > 0) return true;
    }
  }
  return false;
}

// Whether a second device reads what is updated.
bool is_refetched(const WorldConfig& world, const std::string& data_class) {
  if (!world.workload.second_device.present) return false;
  return std::any_of(world.data.begin(), world.data.end(), [&](const auto& data) {
    return data.owner == models::Owner::user && (data_class.empty() || data.name == data_class);
  });
}

struct Needs {
  bool reads = false;
  bool updates = false;
};

Needs needs_of(const std::string& metric) {
  if (metric == "ryw" || metric == "ryw_user") return {true, true};
  if (metric == "mr" || metric == "stale" || metric.starts_with("read.")) return {true, false};
  if (metric == "wfr") return {true, true};
  return {false, metric == "mw" || metric == "lost_updates" || metric == "conflicts" ||
                     metric.starts_with("update.")};
}

bool is_of_faults(const std::string& metric) {
  return metric == "writes_lost" || metric == "rpo" || metric.starts_with("rto_");
}

bool takes_store_down(const models::PhaseConfig& phase) {
  return std::any_of(phase.faults.begin(), phase.faults.end(), [](const auto& fault) {
    using enum models::FaultKind;
    return fault.kind == region || fault.kind == store || fault.kind == replicas ||
           fault.kind == switchover;
  });
}

// Without a fault of the store there is nothing to recover from; and it is a matter of partitions.
void check_faults(const Objective& objective, const std::string& pointer, const Node& root,
                  const WorldConfig& world, Problems& problems) {
  if (!is_of_faults(objective.metric) || problems.any_under("/phases")) return;
  if (!objective.data_class.empty()) {
    problems.add(
        place_of(root, pointer + "/of"), pointer + "/of",
        fmt::format("{} is of partitions, which hold documents of all classes", objective.metric));
  }
  const bool any = std::any_of(world.phases.begin(), world.phases.end(), [&](const auto& phase) {
    const bool counts =
        objective.during.empty() ? phase.name != objective.outside : phase.name == objective.during;
    return counts && takes_store_down(phase);
  });
  if (any) return;
  problems.add(place_of(root, pointer + "/metric"), pointer + "/metric",
               "nothing to measure: no fault takes down replicas of the store");
}

bool is_of_looks(const std::string& metric) {
  return metric.starts_with("replication_") || metric == "writes_at_risk" || metric == "backup_age";
}

// What looks see is of partitions, or of the store as a whole.
void check_looks(const Scenario& scenario, const Objective& objective, const std::string& pointer,
                 const Node& root, Problems& problems) {
  if (!is_of_looks(objective.metric)) return;
  const auto complain = [&](const std::string& key, const std::string& message) {
    problems.add(place_of(root, pointer + key), pointer + key, message);
  };
  if (!objective.data_class.empty())
    complain("/of", fmt::format("{} is of partitions, which hold documents of all classes",
                                objective.metric));
  if (objective.each_region && !objective.metric.starts_with("replication_lag"))
    complain("/each",
             fmt::format("{} is of the store as a whole: leave \"each\" out", objective.metric));
  if (objective.metric != "backup_age" || problems.any_under("/store")) return;
  for (const Policy& policy : scenario.policies) {
    if (policy.world.store.backup.present) continue;
    complain("/metric",
             fmt::format("nothing to measure under {}: add /store/backup, for example {{ \"to\": "
                         "... }}",
                         quoted(policy.name)));
    return;
  }
}

// What never happens in the workload has no share and no latency.
void check_operations(const Objective& objective, const std::string& pointer, const Node& root,
                      const WorldConfig& world, Problems& problems) {
  if (problems.any_under("/workload") || problems.any_under("/data")) return;
  if (is_of_faults(objective.metric) || is_of_looks(objective.metric)) return;
  const Needs needs = needs_of(objective.metric);
  const std::string& of = objective.data_class;
  const bool wrote = some_step(world, ActionKind::update, of) ||
                     some_step(world, ActionKind::insert, of) ||
                     some_step(world, ActionKind::delete_, of);
  const bool refetched = wrote && is_refetched(world, of);
  const bool read =
      some_step(world, ActionKind::read, of) || (objective.metric != "ryw" && refetched);
  const bool updated =
      objective.metric != "lost_updates" || some_step(world, ActionKind::update, of)
          ? wrote
          : refetched && world.workload.second_device.updates;
  const std::string what = of.empty() ? "anything" : quoted(of);
  std::string lacking;
  if (needs.updates && !updated) lacking = "updates";
  if (needs.reads && !read) lacking = "reads";
  if (!needs.reads && !needs.updates && !read && !updated) lacking = "reads or updates";
  if (lacking.empty()) return;
  problems.add(place_of(root, pointer + "/metric"), pointer + "/metric",
               fmt::format("nothing to measure: no step {} {}", lacking, what));
}

}  // namespace

void check_objectives(const Scenario& scenario, const Node& root, Problems& problems) {
  for (const Objective& objective : scenario.objectives) {
    const std::string pointer = "/objectives/" + escaped(objective.name);
    check_side(objective, pointer, root, problems);
    check_money(scenario, objective, pointer, root, problems);
    if (scenario.policies.empty()) continue;
    const WorldConfig& world = scenario.policies.front().world;
    check_phases(objective, pointer, root, world, problems);
    check_faults(objective, pointer, root, world, problems);
    check_looks(scenario, objective, pointer, root, problems);
    if (!problems.any_under(pointer)) check_operations(objective, pointer, root, world, problems);
  }
}

void warn_of_empty_regions(const Scenario& scenario, const Node& root, Problems& problems) {
  if (scenario.policies.empty()) return;
  for (const auto& users : scenario.policies.front().world.regions.users) {
    if (users.share > 0) continue;
    for (const Objective& objective : scenario.objectives) {
      if (!objective.each_region) continue;
      const std::string pointer = "/objectives/" + escaped(objective.name) + "/each";
      problems.warn(place_of(root, pointer), pointer,
                    fmt::format("says nothing of {}, where no user is", users.region));
    }
  }
}

}  // namespace seatrial::scenarios
