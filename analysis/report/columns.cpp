#include "analysis/report/columns.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/sentences.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string limit_of(const scenarios::Objective& objective) {
  const Shown shown = shown_as(*find_metric(objective.metric));
  std::string text = objective.bound == scenarios::Bound::at_most ? "<= " : ">= ";
  text += value_text(objective.limit, shown);
  if (!unit_text(shown).empty()) text += " " + unit_text(shown);
  if (!objective.during.empty()) text += " during " + objective.during;
  if (!objective.outside.empty()) text += " outside " + objective.outside;
  return text;
}

// "read p99" of read.p99; only "p99" where the objective's name says of what.
std::string metric_text(const scenarios::Objective& objective) {
  if (objective.metric == objective.name) return "";
  std::string text = objective.metric;
  for (char& letter : text)
    if (letter == '_') letter = ' ';
  for (const std::string kind : {"read", "update"}) {
    if (!text.starts_with(kind + ".")) continue;
    text[kind.size()] = ' ';
    if (objective.name.find(kind) != std::string::npos) text.erase(0, kind.size() + 1);
  }
  return text;
}

data::TableHead head_of(const scenarios::Objective& objective) {
  const Metric& metric = *find_metric(objective.metric);
  std::string what = unit_text(shown_as(metric));
  if (what.empty() || metric.unit != Unit::share) what = metric_text(objective);
  if (objective.each_region) what += what.empty() ? "worst region" : ", worst region";
  return {objective.name, what, limit_of(objective)};
}

// "West, surge"; where nothing was seen anywhere, no place is the worst.
std::string worst_place(const scenarios::Scenario& scenario, const scenarios::Objective& objective,
                        const ObjectiveResult& result) {
  const PartResult& worst = result.worst();
  const Interval& interval = worst.measurement.interval;
  if (result.parts.size() < 2 || !interval.defined || interval.zero_bound) return "";
  const std::string place = chosen_place_text(scenario, objective, worst.part);
  return place.starts_with(" in ") ? place.substr(4) : "";
}

// Of faults, a zero has no bound behind it: how much it says is how many there were.
bool is_bare_zero(const Metric& metric, const Measurement& measured) {
  return metric.of == "faults" && measured.interval.defined && measured.interval.estimate == 0;
}

data::TableCell cell_of(const scenarios::Scenario& scenario, const scenarios::Objective& objective,
                        const ObjectiveResult& result) {
  const Shown shown = shown_as(*find_metric(objective.metric));
  const Measurement& measured = result.worst().measurement;
  const Interval& interval = measured.interval;
  std::string text = short_text(interval, shown);
  std::string bracket = interval.zero_bound ? "" : bracket_text(interval, shown);
  if (is_bare_zero(*find_metric(objective.metric), measured)) {
    text +=
        fmt::format(" of {}", counted(static_cast<std::uint64_t>(measured.denominator), "fault"));
    bracket.clear();
  }
  return {text, bracket, result.verdict, worst_place(scenario, objective, result)};
}

data::TableRow row_of(const scenarios::Scenario& scenario, const PolicyResult& policy) {
  data::TableRow row;
  row.policy = policy.name;
  for (std::size_t i = 0; i < policy.objectives.size(); ++i)
    row.cells.push_back(cell_of(scenario, scenario.objectives[i], policy.objectives[i]));
  row.ru = short_text(policy.ru_per_operation.interval, Shown::request_units);
  row.month = short_text(policy.wrong_a_month, Shown::plain);
  row.cost = short_text(policy.cost_a_month, Shown::plain);
  row.met = fmt::format("{}/{}", policy.passed, policy.objectives.size());
  return row;
}

bool any_zero_bound(const Comparison& comparison) {
  for (const PolicyResult& policy : comparison.policies)
    for (const ObjectiveResult& result : policy.objectives) {
      const Interval& interval = result.worst().measurement.interval;
      if (interval.defined && interval.zero_bound) return true;
    }
  return false;
}

// What a reader must know of the table whatever marks its verdicts.
std::string legend_of(const scenarios::Scenario& scenario, const Comparison& comparison) {
  bool worst_phase = false, outside = false;
  for (const scenarios::Objective& objective : scenario.objectives) {
    worst_phase |= objective.during.empty() && objective.outside.empty();
    outside |= !objective.outside.empty();
  }
  worst_phase &= scenario.policies.front().world.phases.size() > 1;
  std::string text;
  if (any_zero_bound(comparison)) text += "0 <n: none seen, below n. ";
  const std::uint64_t intervals = comparison.confidence.comparisons;
  text += intervals == 1
              ? "The interval holds at 95 %."
              : fmt::format("All {} hold together at 95 %.", counted(intervals, "interval"));
  if (worst_phase) text += " An objective that names no phase shows its worst phase.";
  if (outside) text += " \"outside\": all other phases pooled.";
  return text;
}

}  // namespace

data::Table table_of(const scenarios::Scenario& scenario, const Comparison& comparison) {
  data::Table table;
  for (const scenarios::Objective& objective : scenario.objectives)
    table.heads.push_back(head_of(objective));
  for (const PolicyResult& policy : comparison.policies) {
    table.rows.push_back(row_of(scenario, policy));
    table.has_months |= policy.wrong_a_month.defined;
    if (policy.cost_a_month.defined) table.cost_head = scenario.prices.currency + " a month";
  }
  table.legend = legend_of(scenario, comparison);
  return table;
}

bool any_cell(const data::Table& table, Verdict verdict) {
  return std::any_of(table.rows.begin(), table.rows.end(), [&](const data::TableRow& row) {
    return std::any_of(row.cells.begin(), row.cells.end(),
                       [&](const data::TableCell& cell) { return cell.verdict == verdict; });
  });
}

}  // namespace seatrial::analysis
