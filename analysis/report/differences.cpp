#include <fmt/format.h>

#include <cmath>

#include "analysis/report/sentences.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

// The same interval seen from the other side: of "fewer" instead of "more".
Interval turned(const Interval& interval) {
  return {-interval.estimate, -interval.high, -interval.low, interval.defined, false};
}

// "20,000 per million fewer [19,000, 21,000]", "+59.8 ms [55 ms, 64 ms]".
std::string amount_text(const Interval& interval, Shown shown) {
  if (shown == Shown::milliseconds || shown == Shown::request_units || shown == Shown::plain) {
    const std::string unit = unit_text(shown).empty() ? "" : " " + unit_text(shown);
    return fmt::format("{}{} {}", signed_text(interval.estimate, shown), unit,
                       bracket_text(interval, shown));
  }
  const bool fewer = interval.estimate < 0;
  const Interval positive = fewer ? turned(interval) : interval;
  const std::string unit = unit_text(shown).empty() ? "" : " " + unit_text(shown);
  const char* const direction =
      shown == Shown::percent ? (fewer ? "less" : "more") : (fewer ? "fewer" : "more");
  return fmt::format("{}{} {} [{}, {}]", value_text(positive.estimate, shown), unit, direction,
                     value_text(positive.low, shown), value_text(positive.high, shown));
}

// Where the objective does not say itself where it is asked.
std::string chosen_place(const scenarios::Scenario& scenario, const scenarios::Objective& objective,
                         const ObjectivePart& part) {
  if (objective.during.empty() && objective.outside.empty())
    return place_text(scenario, objective, part);
  return part.region.empty() ? "" : " in " + part.region;
}

std::string change_text(const Difference& difference, Shown shown) {
  if (!difference.interval.defined) return "nothing to compare";
  switch (difference.change) {
    case Change::equivalent:
      return "equivalent";
    case Change::inconclusive: {
      const Interval& interval = difference.interval;
      if (!std::isfinite(interval.low) || !std::isfinite(interval.high))
        return "inconclusive: too few replications";
      const std::string unit = unit_text(shown).empty() ? "" : " " + unit_text(shown);
      return fmt::format("inconclusive: between {} and {}{}", signed_text(interval.low, shown),
                         signed_text(interval.high, shown), unit);
    }
    default:
      return amount_text(difference.interval, shown);
  }
}

std::string ru_text(const Experiment& experiment, const Comparison& comparison,
                    std::size_t policy) {
  const Interval difference =
      measure_difference(*find_metric("ru_per_operation"), slice_of(experiment.runs[policy], {}),
                         slice_of(experiment.runs[comparison.baseline], {}), {});
  if (!difference.defined) return "";
  const double whole = comparison.policies[comparison.baseline].ru_per_operation.interval.estimate;
  if (std::abs(difference.estimate) < 0.005 * whole) return "as many RU";
  return fmt::format("{} RU an operation", signed_text(difference.estimate, Shown::request_units));
}

}  // namespace

std::vector<std::string> difference_texts(const scenarios::Scenario& scenario,
                                          const Experiment& experiment,
                                          const Comparison& comparison, std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  std::vector<std::string> texts;
  if (index == comparison.baseline) return texts;
  for (std::size_t o = 0; o < policy.differences.size(); ++o) {
    const scenarios::Objective& objective = scenario.objectives[o];
    const std::size_t part = policy.objectives[o].decisive;
    texts.push_back(fmt::format(
        "{}{}: {}", objective.name,
        chosen_place(scenario, objective, policy.objectives[o].worst().part),
        change_text(policy.differences[o][part], shown_as(*find_metric(objective.metric)))));
  }
  std::string ru = ru_text(experiment, comparison, index);
  if (!ru.empty()) texts.push_back(std::move(ru));
  return texts;
}

}  // namespace seatrial::analysis
