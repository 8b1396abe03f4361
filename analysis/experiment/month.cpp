#include "analysis/experiment/month.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/metric.hpp"

namespace seatrial::analysis {
namespace {

// How many months' worth of a phase one run of it is, inverted.
std::vector<double> weights_of(const std::vector<models::PhaseConfig>& phases) {
  std::vector<double> weights;
  for (const models::PhaseConfig& phase : phases)
    weights.push_back(phase.stands_for_hours_per_month * 3600 / phase.length.s());
  return weights;
}

std::vector<RatioSample> months_of(const std::vector<double>& weights,
                                   const std::vector<RunSummary>& runs) {
  std::vector<RatioSample> months;
  for (const RunSummary& run : runs) {
    RatioSample month{0, 1};
    for (std::size_t phase = 0; phase < weights.size(); ++phase)
      month.numerator += static_cast<double>(run.wrong_in_phase[phase]) * weights[phase];
    months.push_back(month);
  }
  return months;
}

// What hides behind the phases in which no run was wrong.
double bound_of_unseen(const std::vector<double>& weights, const std::vector<RunSummary>& runs) {
  double heaviest = 0;
  for (std::size_t phase = 0; phase < weights.size(); ++phase)
    if (std::none_of(runs.begin(), runs.end(),
                     [&](const RunSummary& run) { return run.wrong_in_phase[phase] > 0; }))
      heaviest = std::max(heaviest, weights[phase]);
  const double together = burst_of(*find_metric("ryw_user"), slice_of(runs, {}));
  return -std::log(Confidence{}.alpha()) * together * heaviest / static_cast<double>(runs.size());
}

}  // namespace

Interval wrong_reads_a_month(const models::WorldConfig& world,
                             const std::vector<RunSummary>& runs) {
  const std::vector<double> weights = weights_of(world.phases);
  if (std::count(weights.begin(), weights.end(), 0.0) != 0) return {};
  Interval interval = ratio_interval(months_of(weights, runs), {});
  const double unseen = bound_of_unseen(weights, runs);
  interval.low = std::max(interval.low, 0.0);
  interval.zero_bound = interval.estimate <= 0;
  interval.high = interval.zero_bound ? unseen : interval.high + unseen;
  return interval;
}

}  // namespace seatrial::analysis
