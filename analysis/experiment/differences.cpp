#include "analysis/experiment/differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/experiment/money.hpp"

namespace seatrial::analysis {
namespace {

bool is_share(const Metric& metric) {
  return metric.form == MetricForm::share || metric.form == MetricForm::missing_share;
}

// Where neither saw a violation, all that is known is the bounds behind both zeros: each lies
// between its own zero (or, of what is not missing, its own whole) and its bound.
Interval bounded_by_zeros(Interval difference, const Metric& metric, const Interval& policy,
                          const Interval& baseline) {
  if (!policy.zero_bound || !baseline.zero_bound) return difference;
  const bool missing = metric.form == MetricForm::missing_share;
  difference.low = missing ? policy.low - 1 : -baseline.high;
  difference.high = missing ? 1 - baseline.low : policy.high;
  return difference;
}

// Two shares are never further apart than all and nothing. What was not bounded at all stays so:
// it has too few replications.
Interval between_shares(Interval difference) {
  if (std::isfinite(difference.low)) difference.low = std::max(difference.low, -1.0);
  if (std::isfinite(difference.high)) difference.high = std::min(difference.high, 1.0);
  return difference;
}

// What a margin is a share of: of 99.9 % served, it is the 0.1 % that were not.
double size_of(const Metric& metric, double baseline, double limit) {
  if (metric.form == MetricForm::missing_share) return std::max(1 - baseline, 1 - limit);
  return std::max(std::abs(baseline), std::abs(limit));
}

struct PartOfObjective {
  std::size_t objective, part;
};

struct Outcome {
  std::string_view metric;
  double noticed;  // a smaller difference is none to a design review; assumed
};

constexpr std::array outcomes{Outcome{"ryw_user", 1e-6}, Outcome{"availability", 1e-4},
                              Outcome{"writes_lost", 0.5}};

// Of a part of an objective: `policy` minus `other`.
Difference difference_of(const scenarios::Scenario& scenario, const Experiment& experiment,
                         const Comparison& comparison, Pair pair, PartOfObjective at) {
  const scenarios::Objective& objective = scenario.objectives[at.objective];
  const Metric& metric = *find_metric(objective.metric);
  const PartResult& ours = comparison.policies[pair.policy].objectives[at.objective].parts[at.part];
  const PartResult& theirs =
      comparison.policies[pair.other].objectives[at.objective].parts[at.part];
  const Selection& selection = ours.part.selection;
  const Interval& baseline = theirs.measurement.interval;
  const auto& runs = experiment.runs[pair.policy];
  const auto& before = experiment.runs[pair.other];
  Difference difference;
  difference.interval = bounded_by_zeros(
      metric.form == MetricForm::money
          ? cost_difference({scenario.prices, scenario.policies[pair.policy].world}, runs,
                            {scenario.prices, scenario.policies[pair.other].world}, before,
                            selection, comparison.confidence)
          : measure_difference(metric, slice_of(runs, selection), slice_of(before, selection),
                               comparison.confidence),
      metric, ours.measurement.interval, baseline);
  if (is_share(metric)) difference.interval = between_shares(difference.interval);
  const double margin = equivalence_margin * size_of(metric, baseline.estimate, objective.limit);
  difference.change = compare_difference(difference.interval, margin, metric.lower_is_better);
  return difference;
}

// Phases in which something breaks that could lose a write: a planned switchover alone loses none,
// and would thin out the mean.
Selection where_lost(const models::WorldConfig& world) {
  Selection selection;
  for (std::uint32_t i = 0; i < world.phases.size(); ++i) {
    const auto& faults = world.phases[i].faults;
    const bool only_planned =
        !faults.empty() && std::all_of(faults.begin(), faults.end(), [](const auto& fault) {
          return fault.kind == models::FaultKind::switchover;
        });
    if (!only_planned) selection.phases.push_back(i);
  }
  return selection;
}

// What the objective of that very metric leaves open, or says the other way round, no mean over the
// run may decide.
bool contradicted(const scenarios::Scenario& scenario, const Experiment& experiment,
                  const Comparison& comparison, Pair pair, std::string_view metric, Change change) {
  for (std::size_t o = 0; o < scenario.objectives.size(); ++o) {
    if (scenario.objectives[o].metric != metric) continue;
    const std::size_t part = comparison.policies[pair.policy].objectives[o].decisive;
    const Change said = difference_of(scenario, experiment, comparison, pair, {o, part}).change;
    if (said != change && said != Change::equivalent) return true;
  }
  return false;
}

}  // namespace

std::vector<OutcomeDifference> outcome_differences(const scenarios::Scenario& scenario,
                                                   const Experiment& experiment,
                                                   const Comparison& comparison, Pair pair) {
  std::vector<OutcomeDifference> all;
  for (const Outcome& outcome : outcomes) {
    const Metric& metric = *find_metric(outcome.metric);
    Selection selection;
    if (outcome.metric == "writes_lost")
      selection = where_lost(scenario.policies[pair.policy].world);
    const Slice ours = slice_of(experiment.runs[pair.policy], selection);
    const Slice theirs = slice_of(experiment.runs[pair.other], selection);
    const Interval difference = measure_difference(metric, ours, theirs, {});
    if (!difference.defined || std::abs(difference.estimate) < outcome.noticed) continue;
    const Interval before = measure(metric, theirs, 1, {}).interval;
    const double whole = metric.form == MetricForm::missing_share ? 1 : 0;
    const double margin = equivalence_margin * size_of(metric, before.estimate, whole);
    const Change change = compare_difference(difference, margin, metric.lower_is_better);
    if (change != Change::better && change != Change::worse) continue;
    if (!contradicted(scenario, experiment, comparison, pair, outcome.metric, change))
      all.push_back({outcome.metric, difference});
  }
  return all;
}

std::vector<std::vector<Difference>> differences_of(const scenarios::Scenario& scenario,
                                                    const Experiment& experiment,
                                                    const Comparison& comparison,
                                                    std::size_t policy) {
  std::vector<std::vector<Difference>> all;
  for (std::size_t o = 0; o < scenario.objectives.size(); ++o) {
    std::vector<Difference> by_part;
    for (std::size_t p = 0; p < comparison.policies[policy].objectives[o].parts.size(); ++p)
      by_part.push_back(
          difference_of(scenario, experiment, comparison, {policy, comparison.baseline}, {o, p}));
    all.push_back(std::move(by_part));
  }
  return all;
}

}  // namespace seatrial::analysis
