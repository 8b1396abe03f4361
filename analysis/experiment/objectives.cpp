#include "analysis/experiment/objectives.hpp"

#include <algorithm>
#include <stdexcept>

#include "analysis/experiment/money.hpp"

namespace seatrial::analysis {
namespace {

std::uint32_t index_of_class(const models::WorldConfig& world, const std::string& name) {
  for (std::uint32_t i = 0; i < world.data.size(); ++i)
    if (world.data[i].name == name) return i;
  throw ExperimentError{"no data class \"" + name + "\""};
}

std::vector<ObjectivePart> parts_by_phase(const models::WorldConfig& world,
                                          const scenarios::Objective& objective) {
  std::vector<ObjectivePart> parts;
  ObjectivePart others{"all but " + objective.outside, "", {}};
  for (std::uint32_t i = 0; i < world.phases.size(); ++i) {
    const std::string& name = world.phases[i].name;
    if (!objective.outside.empty()) {
      if (name != objective.outside) others.selection.phases.push_back(i);
    } else if (objective.during.empty() || objective.during == name) {
      parts.push_back({name, "", {{i}, {}, {}}});
    }
  }
  if (!others.selection.phases.empty()) parts.push_back(others);
  return parts;
}

bool limit_reached(const std::vector<RunSummary>& runs) {
  return std::any_of(runs.begin(), runs.end(),
                     [](const RunSummary& run) { return run.totals.limit_reached; });
}

// What cannot be less than nothing is not nothing in the mean once it has been seen, however far
// the interval around a handful of faults reaches.
bool disproved(const Metric& metric, const scenarios::Objective& objective,
               const Measurement& measured) {
  const bool counts = metric.form == MetricForm::share || metric.form == MetricForm::ratio;
  return counts && objective.bound == scenarios::Bound::at_most && objective.limit <= 0 &&
         measured.numerator > 0;
}

// The part nearest to (or furthest beyond) the limit, among those of the deciding verdict.
std::size_t worst_of(const std::vector<PartResult>& parts, Verdict decided, bool lower_is_better) {
  std::size_t worst = parts.size();
  const auto badness = [&](const PartResult& result) {
    const Interval& interval = result.measurement.interval;
    const double sign = lower_is_better ? 1.0 : -1.0;
    return std::pair{sign * interval.estimate, lower_is_better ? interval.high : -interval.low};
  };
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool counts = parts[i].measurement.interval.defined && parts[i].verdict == decided;
    if (counts && (worst == parts.size() || badness(parts[i]) > badness(parts[worst]))) worst = i;
  }
  return worst == parts.size() ? 0 : worst;
}

// Parts without an opportunity say nothing; when all are, nothing is known.
Verdict decide(const std::vector<PartResult>& parts) {
  bool any = false;
  Verdict decided = Verdict::pass;
  for (const PartResult& result : parts) {
    if (!result.measurement.interval.defined) continue;
    any = true;
    if (result.verdict == Verdict::fail) return Verdict::fail;
    if (result.verdict == Verdict::inconclusive) decided = Verdict::inconclusive;
  }
  return any ? decided : Verdict::inconclusive;
}

bool estimates_keep(const std::vector<PartResult>& parts, const scenarios::Objective& objective) {
  bool any = false;
  for (const PartResult& result : parts) {
    const Interval& interval = result.measurement.interval;
    if (!interval.defined) continue;
    any = true;
    const bool at_most = objective.bound == scenarios::Bound::at_most;
    if (at_most ? interval.estimate > objective.limit : interval.estimate < objective.limit)
      return false;
  }
  return any;
}

}  // namespace

std::vector<ObjectivePart> parts_of(const scenarios::Scenario& scenario,
                                    const scenarios::Objective& objective) {
  const models::WorldConfig& world = scenario.policies.front().world;
  std::vector<ObjectivePart> by_phase = parts_by_phase(world, objective);
  if (!objective.data_class.empty())
    for (ObjectivePart& part : by_phase)
      part.selection.data_class = index_of_class(world, objective.data_class);
  if (!objective.each_region) return by_phase;
  std::vector<ObjectivePart> parts;
  for (const ObjectivePart& part : by_phase)
    for (std::uint32_t region = 0; region < world.regions.users.size(); ++region) {
      parts.push_back(part);
      parts.back().region = world.regions.users[region].region;
      parts.back().selection.region = region;
    }
  return parts;
}

std::uint64_t comparisons_of(const scenarios::Scenario& scenario) {
  std::uint64_t parts = 0;
  for (const scenarios::Objective& objective : scenario.objectives)
    parts += parts_of(scenario, objective).size();
  return parts * scenario.policies.size();
}

Verdict verdict_of(const Interval& interval, scenarios::Bound bound, double limit) {
  if (!interval.defined) return Verdict::inconclusive;
  const bool at_most = bound == scenarios::Bound::at_most;
  if (at_most ? interval.high <= limit : interval.low >= limit) return Verdict::pass;
  if (at_most ? interval.low > limit : interval.high < limit) return Verdict::fail;
  return Verdict::inconclusive;
}

ObjectiveResult evaluate(const scenarios::Scenario& scenario, const scenarios::Policy& policy,
                         const scenarios::Objective& objective, const std::vector<RunSummary>& runs,
                         Confidence confidence) {
  const Metric* metric = find_metric(objective.metric);
  if (metric == nullptr) throw ExperimentError{"no metric \"" + objective.metric + "\""};
  ObjectiveResult result;
  result.concern = concern_of(metric->name);
  Selection everywhere;
  if (!objective.data_class.empty())
    everywhere.data_class = index_of_class(scenario.policies.front().world, objective.data_class);
  const double burst = burst_of(*metric, slice_of(runs, everywhere));
  for (const ObjectivePart& part : parts_of(scenario, objective)) {
    const Measurement measured =
        metric->form == MetricForm::money
            ? cost_per_million({scenario.prices, policy.world}, runs, part.selection, confidence)
            : measure(*metric, slice_of(runs, part.selection), burst, confidence);
    const Verdict verdict = disproved(*metric, objective, measured)
                                ? Verdict::fail
                                : verdict_of(measured.interval, objective.bound, objective.limit);
    result.parts.push_back({part, measured, verdict});
  }
  if (result.parts.empty()) throw ExperimentError{"objective \"" + objective.name + "\" is empty"};
  result.verdict = decide(result.parts);
  result.decisive =
      worst_of(result.parts, result.verdict, objective.bound == scenarios::Bound::at_most);
  result.estimates_keep = estimates_keep(result.parts, objective);
  if (limit_reached(runs)) result.verdict = Verdict::inconclusive;
  return result;
}

}  // namespace seatrial::analysis
