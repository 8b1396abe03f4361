#include "analysis/capacity/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "analysis/capacity/session_counts.hpp"
#include "analysis/experiment/objectives.hpp"
#include "analysis/statistics/quantiles.hpp"

namespace seatrial::analysis {
namespace {

using models::ActionKind;
using models::WorldConfig;

constexpr double never = std::numeric_limits<double>::infinity();

double load_at(const models::PhaseConfig& phase, double load_before, double into) {
  const double ramp = phase.ramp.s();
  if (into >= ramp) return phase.sessions;
  return load_before + (phase.sessions - load_before) * into / ramp;
}

// Measured sessions, counted in the phase in which what they do `later` seconds on average after
// their arrival happens: what waits from one phase to the next is what still has to happen, and an
// exponential time has no memory.
std::vector<double> sessions_by_phase(const WorldConfig& world, double later) {
  constexpr int slices = 256;
  std::vector<double> happened;
  double waiting = 0, load = world.phases.empty() ? 1 : world.phases.front().sessions;
  const auto still_waits = [&](double time) { return later > 0 ? std::exp(-time / later) : 0; };
  for (const models::PhaseConfig& phase : world.phases) {
    const double length = phase.length.s(), width = length / slices;
    double arrived = 0, left = waiting * still_waits(length);
    for (int i = 0; i < slices; ++i) {
      const double into = (i + 0.5) * width;
      const double here = world.workload.sessions_per_second * load_at(phase, load, into) * width;
      arrived += here;
      left += here * still_waits(length - into);
    }
    if (&phase == &world.phases.back()) left = 0;  // all sessions are played to their end
    happened.push_back(waiting + arrived - left);
    waiting = left;
    load = phase.sessions;
  }
  return happened;
}

std::optional<std::size_t> class_named(const WorldConfig& world, const std::string& name) {
  for (std::size_t c = 0; c < world.data.size(); ++c)
    if (world.data[c].name == name) return c;
  return std::nullopt;
}

Which which_of(const Metric& metric) {
  if (metric.name == "ryw" || metric.name == "ryw_user") return {true, false, ActionKind::update};
  if (metric.name == "mr") return {true, false, ActionKind::read};
  if (metric.name == "mw") return {false, true, ActionKind::update};
  if (metric.name == "wfr") return {false, true, ActionKind::read};
  if (!metric.kind) return {true, true};
  return {*metric.kind == models::OperationKind::read, *metric.kind != models::OperationKind::read};
}

void add(SessionCount& sum, const SessionCount& more, double share) {
  const double mean = sum.mean + share * more.mean;
  if (mean > 0)
    sum.pauses_before =
        (sum.mean * sum.pauses_before + share * more.mean * more.pauses_before) / mean;
  sum.mean = mean;
  sum.squares += share * more.squares;
}

// Second devices read in sessions of their own, but belong to the same user.
SessionCount with_second_device(const WorldConfig& world, const Metric& metric,
                                std::optional<std::size_t> data_class) {
  Which which = which_of(metric);
  const SessionCount own = count_of(world, which, data_class);
  const models::SecondDeviceConfig& second = world.workload.second_device;
  if (!second.present || second.share <= 0) return own;
  Which refetched{false, false, ActionKind::update, Refetches::all};
  SessionCount sum;
  if (metric.name == "ryw_user") {
    which.refetches = Refetches::all;
    add(sum, own, 1 - second.share);
    add(sum, count_of(world, which, data_class), second.share);
    return sum;
  }
  add(sum, own, 1);
  if (metric.name == "mr") refetched.refetches = Refetches::again;
  if (which.reads && (metric.name == "mr" || !which.after))
    add(sum, count_of(world, refetched, data_class), second.share);
  return sum;
}

// Needed in all replications together.
double needed_for(const Metric& metric, const scenarios::Objective& objective, double burst,
                  double alpha) {
  const bool is_share = metric.form == MetricForm::share;
  if (is_share || metric.form == MetricForm::missing_share) {
    const double limit = is_share ? objective.limit : 1 - objective.limit;
    return limit > 0 ? -std::log(alpha) * burst / limit : never;
  }
  if (metric.form != MetricForm::percentile) return 0;
  const double z = normal_quantile(1 - alpha / 2);
  return z * z * metric.percentile / (1 - metric.percentile);
}

double share_of(const WorldConfig& world, const std::string& region) {
  if (region.empty()) return 1;
  for (const models::UserShare& users : world.regions.users)
    if (users.region == region) return users.share;
  return 0;
}

bool is_of_faults(const Metric& metric) { return metric.of == "faults"; }

double store_faults_in(const models::PhaseConfig& phase) {
  return static_cast<double>(
      std::count_if(phase.faults.begin(), phase.faults.end(), [](const auto& fault) {
        using enum models::FaultKind;
        return fault.kind == region || fault.kind == store || fault.kind == replicas ||
               fault.kind == switchover;
      }));
}

// Each is one thing to learn from, however many operations it meets; how much faults differ from
// each other nobody knows before.
Evidence evidence_of_faults(const scenarios::Scenario& scenario,
                            const scenarios::Objective& objective) {
  const auto& phases = scenario.policies.front().world.phases;
  Evidence least;
  for (const ObjectivePart& part : parts_of(scenario, objective)) {
    Evidence here{objective.name, part.phase, part.region, "faults"};
    for (const std::uint32_t phase : part.selection.phases)
      here.each_run += store_faults_in(phases[phase]);
    if (here.each_run <= 0) continue;  // there is nothing to recover from
    here.needed = here.replications = std::nan("");
    if (least.objective.empty() || here.each_run < least.each_run) least = here;
  }
  return least;
}

Evidence evidence_of(const scenarios::Scenario& scenario, const scenarios::Objective& objective,
                     const Expected& expected, double alpha) {
  const WorldConfig& world = scenario.policies.front().world;
  const Metric& metric = *find_metric(objective.metric);
  Evidence least;
  for (const ObjectivePart& part : parts_of(scenario, objective)) {
    const double share = share_of(world, part.region);
    Evidence here{objective.name, part.phase, part.region, std::string{metric.of}};
    for (const std::uint32_t phase : part.selection.phases)
      here.each_run += share * expected.by_phase[phase];
    if (share <= 0) continue;  // nobody is there: the part says nothing
    here.burst = expected.burst;
    here.needed = needed_for(metric, objective, here.burst, alpha);
    const bool bounds_zero =
        metric.form == MetricForm::share || metric.form == MetricForm::missing_share;
    const double least_runs = bounds_zero ? 1 : 2;
    here.replications =
        here.each_run > 0 ? std::max(least_runs, std::ceil(here.needed / here.each_run)) : never;
    if (least.objective.empty() || here.replications > least.replications ||
        (here.replications == least.replications && here.each_run < least.each_run))
      least = here;
  }
  return least;
}

}  // namespace

Expected expected_opportunities(const WorldConfig& world, const std::string& metric,
                                const std::string& data_class) {
  const SessionCount count =
      with_second_device(world, *find_metric(metric), class_named(world, data_class));
  double later = count.pauses_before * world.workload.pause.mean() / 1e9;
  if (std::isnan(later)) later = 0;
  Expected expected;
  for (const double sessions : sessions_by_phase(world, later))
    expected.by_phase.push_back(sessions * count.mean);
  if (count.mean > 0) expected.burst = std::max(1.0, count.squares / count.mean);
  return expected;
}

std::vector<Evidence> evidence_for(const scenarios::Scenario& scenario) {
  const Confidence confidence{.comparisons = comparisons_of(scenario)};
  const WorldConfig& world = scenario.policies.front().world;
  std::map<std::pair<std::string, std::string>, Expected> known;  // by metric and data class
  std::vector<Evidence> all;
  for (const scenarios::Objective& objective : scenario.objectives) {
    if (is_of_faults(*find_metric(objective.metric))) {
      all.push_back(evidence_of_faults(scenario, objective));
      continue;
    }
    const auto [entry, is_new] = known.try_emplace({objective.metric, objective.data_class});
    if (is_new)
      entry->second = expected_opportunities(world, objective.metric, objective.data_class);
    all.push_back(evidence_of(scenario, objective, entry->second, confidence.alpha()));
  }
  return all;
}

}  // namespace seatrial::analysis
