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

struct Outcome {
  std::string_view metric;
  double noticed;  // a smaller difference is none to a design review; assumed
};

constexpr std::array outcomes{Outcome{"ryw_user", 1e-6}, Outcome{"availability", 1e-4},
                              Outcome{"writes_lost", 0.5}};

}  // namespace

std::vector<OutcomeDifference> outcome_differences(const Experiment& experiment, std::size_t policy,
                                                   std::size_t other) {
  std::vector<OutcomeDifference> all;
  const Slice ours = slice_of(experiment.runs[policy], {});
  const Slice theirs = slice_of(experiment.runs[other], {});
  for (const Outcome& outcome : outcomes) {
    const Metric& metric = *find_metric(outcome.metric);
    const Interval difference = measure_difference(metric, ours, theirs, {});
    if (!difference.defined || std::abs(difference.estimate) < outcome.noticed) continue;
    const Interval before = measure(metric, theirs, 1, {}).interval;
    const double whole = metric.form == MetricForm::missing_share ? 1 : 0;
    const double margin = equivalence_margin * size_of(metric, before.estimate, whole);
    const Change change = compare_difference(difference, margin, metric.lower_is_better);
    if (change == Change::better || change == Change::worse)
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
    const scenarios::Objective& objective = scenario.objectives[o];
    const Metric& metric = *find_metric(objective.metric);
    std::vector<Difference> by_part;
    const auto& theirs = comparison.policies[comparison.baseline].objectives[o].parts;
    const auto& ours = comparison.policies[policy].objectives[o].parts;
    for (std::size_t p = 0; p < ours.size(); ++p) {
      Difference difference;
      const Selection& selection = ours[p].part.selection;
      const Interval& baseline = theirs[p].measurement.interval;
      const auto& runs = experiment.runs[policy];
      const auto& before = experiment.runs[comparison.baseline];
      difference.interval = bounded_by_zeros(
          metric.form == MetricForm::money
              ? cost_difference({scenario.prices, scenario.policies[policy].world}, runs,
                                {scenario.prices, scenario.policies[comparison.baseline].world},
                                before, selection, comparison.confidence)
              : measure_difference(metric, slice_of(runs, selection), slice_of(before, selection),
                                   comparison.confidence),
          metric, ours[p].measurement.interval, baseline);
      if (is_share(metric)) difference.interval = between_shares(difference.interval);
      const double margin =
          equivalence_margin * size_of(metric, baseline.estimate, objective.limit);
      difference.change = compare_difference(difference.interval, margin, metric.lower_is_better);
      by_part.push_back(difference);
    }
    all.push_back(std::move(by_part));
  }
  return all;
}

}  // namespace seatrial::analysis
