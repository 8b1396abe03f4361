#include "analysis/experiment/month.hpp"

#include <algorithm>

namespace seatrial::analysis {
namespace {

constexpr double minus_log_5_percent = 2.995732273553991;

// How many months' worth of a phase one run of it is, inverted.
std::vector<double> weights_of(const std::vector<models::PhaseConfig>& phases) {
  std::vector<double> weights;
  for (const models::PhaseConfig& phase : phases)
    weights.push_back(phase.stands_for_hours_per_month * 3600 / phase.length.s());
  return weights;
}

std::vector<std::uint64_t> wrong_reads_by_phase(const RunSummary& run) {
  const std::size_t cells_of_phase = run.cells.size() / run.shape.phases;
  std::vector<std::uint64_t> wrong(run.shape.phases);
  for (std::size_t i = 0; i < run.cells.size(); ++i)
    wrong[i / cells_of_phase] += run.cells[i].counts.ryw_user.violations;
  return wrong;
}

}  // namespace

Interval wrong_reads_a_month(const models::WorldConfig& world,
                             const std::vector<RunSummary>& runs) {
  const std::vector<double> weights = weights_of(world.phases);
  if (std::count(weights.begin(), weights.end(), 0.0) != 0) return {};
  std::vector<RatioSample> months;
  for (const RunSummary& run : runs) {
    const std::vector<std::uint64_t> wrong = wrong_reads_by_phase(run);
    double month = 0;
    for (std::size_t phase = 0; phase < wrong.size(); ++phase)
      month += static_cast<double>(wrong[phase]) * weights[phase];
    months.push_back({month, 1});
  }
  Interval interval = ratio_interval(months, {});
  interval.low = std::max(interval.low, 0.0);
  if (interval.estimate > 0) return interval;
  interval.zero_bound = true;
  interval.high = minus_log_5_percent * *std::max_element(weights.begin(), weights.end()) /
                  static_cast<double>(runs.size());
  return interval;
}

}  // namespace seatrial::analysis
