#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/report/sentences.hpp"
#include "analysis/report/text.hpp"
#include "analysis/statistics/concern.hpp"

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

// Of what no objective asks.
std::vector<std::pair<Concern, std::string>> further_texts(const scenarios::Scenario& scenario,
                                                           const Experiment& experiment,
                                                           const Comparison& comparison,
                                                           std::size_t policy) {
  const auto is_asked = [&](std::string_view metric) {
    return std::any_of(scenario.objectives.begin(), scenario.objectives.end(),
                       [&](const scenarios::Objective& objective) {
                         const bool wrong = concern_of(metric) == Concern::wrong_reads;
                         return objective.metric == metric ||
                                (wrong && concern_of(objective.metric) == Concern::wrong_reads);
                       });
  };
  std::vector<std::pair<Concern, std::string>> texts;
  for (const OutcomeDifference& one : comparison.policies[policy].outcomes) {
    if (is_asked(one.metric)) continue;
    const Interval interval = one.interval.estimate < 0 ? turned(one.interval) : one.interval;
    texts.emplace_back(
        concern_of(one.metric),
        outcome_text(one) + " " + bracket_text(interval, shown_as(*find_metric(one.metric))));
  }
  std::string ru = ru_text(experiment, comparison, policy);
  if (!ru.empty()) texts.emplace_back(Concern::cost, std::move(ru));
  return texts;
}

}  // namespace

std::vector<std::string> difference_texts(const scenarios::Scenario& scenario,
                                          const Experiment& experiment,
                                          const Comparison& comparison, std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  if (index == comparison.baseline) return {};
  std::vector<std::pair<Concern, std::string>> texts;
  for (std::size_t o = 0; o < policy.differences.size(); ++o) {
    const scenarios::Objective& objective = scenario.objectives[o];
    const std::size_t part = policy.objectives[o].decisive;
    texts.emplace_back(
        concern_of(objective.metric),
        fmt::format(
            "{}{}: {}", objective.name,
            chosen_place_text(scenario, objective, policy.objectives[o].worst().part),
            change_text(policy.differences[o][part], shown_as(*find_metric(objective.metric)))));
  }
  for (auto& text : further_texts(scenario, experiment, comparison, index))
    texts.push_back(std::move(text));
  std::stable_sort(texts.begin(), texts.end(),
                   [](const auto& one, const auto& other) { return one.first < other.first; });
  std::vector<std::string> sorted;
  for (auto& [concern, text] : texts) sorted.push_back(std::move(text));
  return sorted;
}

}  // namespace seatrial::analysis
