#include "analysis/report/columns.hpp"

#include <fmt/format.h>

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

TableHead head_of(const scenarios::Objective& objective) {
  const Metric& metric = *find_metric(objective.metric);
  std::string what = unit_text(shown_as(metric));
  if (what.empty() || metric.unit != Unit::share) {
    what = objective.metric == objective.name ? "" : objective.metric;
    for (char& letter : what)
      if (letter == '_') letter = ' ';
    if (const std::size_t dot = what.find(".p"); dot != std::string::npos) what[dot] = ' ';
    if (const std::size_t dot = what.find(".mean"); dot != std::string::npos) what[dot] = ' ';
  }
  if (objective.each_region) what += what.empty() ? "worst region" : ", worst region";
  return {objective.name, what, limit_of(objective)};
}

}  // namespace

Table table_of(const scenarios::Scenario& scenario, const Comparison& comparison,
               bool with_intervals) {
  Table table;
  const bool several = scenario.policies.front().world.phases.size() > 1;
  for (const scenarios::Objective& objective : scenario.objectives) {
    table.heads.push_back(head_of(objective));
    table.any_worst_phase |= several && objective.during.empty() && objective.outside.empty();
    table.any_outside |= !objective.outside.empty();
    table.any_region |= objective.each_region;
  }
  for (const PolicyResult& policy : comparison.policies) {
    TableRow row;
    row.policy = policy.name;
    for (std::size_t i = 0; i < policy.objectives.size(); ++i) {
      const ObjectiveResult& result = policy.objectives[i];
      const Shown shown = shown_as(*find_metric(scenario.objectives[i].metric));
      const Interval& interval = result.worst().measurement.interval;
      const bool all = with_intervals && result.verdict != Verdict::pass;
      row.objectives.push_back(
          {all ? long_text(interval, shown) : short_text(interval, shown), result.verdict});
      table.any_zero_bound |= interval.defined && interval.zero_bound;
      table.any_fail |= result.verdict == Verdict::fail;
      table.any_inconclusive |= result.verdict == Verdict::inconclusive;
    }
    row.ru = short_text(policy.ru_per_operation.interval, Shown::request_units);
    row.month = short_text(policy.wrong_a_month, Shown::plain);
    table.has_months |= policy.wrong_a_month.defined;
    row.met = fmt::format("{}/{}", policy.passed, policy.objectives.size());
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace seatrial::analysis
