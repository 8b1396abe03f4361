#include "analysis/report/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "analysis/experiment/recommendation.hpp"
#include "analysis/report/text.hpp"
#include "scenarios/idle_values.hpp"
#include "scenarios/json_tree.hpp"

namespace seatrial::analysis {
namespace {

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

// How many replications would decide: a half-width shrinks with the root of their number, the
// bound behind a zero with the number itself.
double replications_to_decide(const scenarios::Objective& objective, const ObjectiveResult& result,
                              std::uint64_t replications) {
  double most = 0;
  for (const PartResult& part : result.parts) {
    const Interval& interval = part.measurement.interval;
    if (!interval.defined || part.verdict != Verdict::inconclusive) continue;
    // The wider side: the other one may be cut off at zero or one.
    const double half =
        std::max(interval.high - interval.estimate, interval.estimate - interval.low);
    const bool is_share = find_metric(objective.metric)->unit == Unit::share;
    if (is_share && interval.low <= 0 && interval.high >= 1) return 0;  // both are
    const double ratio = half / std::abs(objective.limit - interval.estimate);
    const double factor = interval.zero_bound ? ratio : ratio * ratio;
    most = std::max(most, std::ceil(static_cast<double>(replications) * factor));
  }
  return most;
}

std::string decision_text(const scenarios::Objective& objective, const ObjectiveResult& result,
                          std::uint64_t replications) {
  constexpr double too_many = 10'000;
  const double needed = replications_to_decide(objective, result, replications);
  if (!(needed > static_cast<double>(replications) && needed < too_many)) return "";
  return fmt::format("; about {} replications would decide", rounded(needed));
}

std::string listed(const scenarios::Scenario& scenario, const Comparison& comparison,
                   const PolicyResult& policy, Verdict verdict) {
  constexpr std::size_t explained = 2;  // more are in the table
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < policy.objectives.size(); ++i) {
    if (policy.objectives[i].verdict != verdict) continue;
    parts.push_back(quoted(scenario.objectives[i].name));
    if (parts.size() <= explained)
      parts.back() +=
          fmt::format(" ({})", against_limit_text(scenario, comparison, i, policy.objectives[i]));
  }
  return joined(parts);
}

// What is doubtful of one policy's own values, without the place: a review must not have to find a
// note to learn that its recommendation cannot be had.
std::vector<std::string> warnings_of(const Comparison& comparison, const std::string& policy) {
  const std::string pointer = ": warning: /policies/" + scenarios::escaped(policy) + "/";
  std::vector<std::string> found;
  for (const std::string& warning : comparison.warnings) {
    const std::size_t at = warning.find(pointer);
    if (at == std::string::npos) continue;
    const std::size_t text = warning.find(": ", at + pointer.size());
    if (text != std::string::npos) found.push_back(warning.substr(text + 2));
  }
  return found;
}

std::string inputs_text(const scenarios::Scenario& scenario, const std::string& policy) {
  std::array<std::size_t, 5> counts{};
  std::size_t published = 0, guessed = 0;
  const auto found = scenario.resolved.find(policy);
  if (found == scenario.resolved.end()) return "";
  const std::set<std::string> idle = idle_everywhere(scenario);
  for (const scenarios::ResolvedValue& value : found->second) {
    if (idle.contains(value.pointer)) continue;
    ++counts[static_cast<std::size_t>(value.origin)];
    published += value.origin == scenarios::Origin::defaulted && !value.source.empty() ? 1 : 0;
    guessed += value.source.find("guess") != std::string::npos ? 1 : 0;
  }
  const auto count_of = [&](scenarios::Origin origin) {
    return counts[static_cast<std::size_t>(origin)];
  };
  std::vector<std::string> parts;
  const auto say = [&](std::size_t count, const std::string& what) {
    if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  say(count_of(scenarios::Origin::file),
      guessed == 0 ? "yours" : fmt::format("yours ({} of them called a guess)", guessed));
  say(count_of(scenarios::Origin::policy), "of " + quoted(policy));
  say(count_of(scenarios::Origin::command_line),
      scenario.prices_file ? "by --set and --prices" : "by --set");
  if (published > 0) parts.push_back(counted(published, "default") + " with a source");
  const std::size_t choices = count_of(scenarios::Origin::defaulted) - published;
  if (choices > 0) parts.push_back(counted(choices, "choice") + " of ours");
  say(count_of(scenarios::Origin::assumed), "assumed");
  return joined(parts);
}

bool speaks_for(const OutcomeDifference& one) {
  return find_metric(one.metric)->lower_is_better == (one.interval.estimate < 0);
}

std::string checks_text(const Comparison& comparison) {
  Tally judged;
  for (const PolicyResult& policy : comparison.policies) judged.merge(policy.disallowed);
  const std::string reads = count_text(static_cast<double>(judged.opportunities));
  const std::string outside = count_text(static_cast<double>(judged.violations));
  return fmt::format(
      "{} reads judged by the store's specification, {} outside; same sessions in {}", reads,
      judged.violations == 0 ? "none" : outside,
      counted(comparison.policies.size(), "policy", "policies"));
}

}  // namespace

std::set<std::string> idle_everywhere(const scenarios::Scenario& scenario) {
  std::set<std::string> idle;
  bool is_first = true;
  for (const scenarios::Policy& policy : scenario.policies) {
    const auto found = scenario.resolved.find(policy.name);
    if (found == scenario.resolved.end()) continue;
    const std::set<std::string> here = scenarios::idle_values(policy.world, found->second);
    if (is_first) idle = here;
    std::erase_if(idle, [&](const std::string& pointer) { return !here.contains(pointer); });
    is_first = false;
  }
  return idle;
}

std::string place_text(const scenarios::Scenario& scenario, const scenarios::Objective& objective,
                       const ObjectivePart& part) {
  std::string when;
  if (scenario.policies.front().world.phases.size() > 1)
    when = objective.outside.empty() ? part.phase : "outside " + objective.outside;
  if (!part.region.empty()) return " in " + part.region + (when.empty() ? "" : ", " + when);
  if (when.empty()) return "";
  return (objective.outside.empty() ? " in " : " ") + when;
}

std::string chosen_place_text(const scenarios::Scenario& scenario,
                              const scenarios::Objective& objective, const ObjectivePart& part) {
  if (objective.during.empty() && objective.outside.empty())
    return place_text(scenario, objective, part);
  return part.region.empty() ? "" : " in " + part.region;
}

std::string against_limit_text(const scenarios::Scenario& scenario, const Comparison& comparison,
                               std::size_t index, const ObjectiveResult& result) {
  const scenarios::Objective& objective = scenario.objectives[index];
  const Shown shown = shown_as(*find_metric(objective.metric));
  const PartResult& worst = result.worst();
  if (!worst.measurement.interval.defined) return "nothing to measure";
  const bool at_most = objective.bound == scenarios::Bound::at_most;
  const std::string unit = unit_text(shown).empty() ? "" : " " + unit_text(shown);
  const std::string where = place_text(scenario, objective, worst.part);
  if (result.verdict == Verdict::inconclusive)
    return fmt::format("{} against {}{}{}{}", long_text(worst.measurement.interval, shown),
                       value_text(objective.limit, shown), unit, where,
                       decision_text(objective, result, comparison.replications));
  return fmt::format("{} {} {}{}{}", value_text(worst.measurement.interval.estimate, shown),
                     at_most ? ">" : "<", value_text(objective.limit, shown), unit, where);
}

std::string outcome_text(const OutcomeDifference& difference) {
  const double more = difference.interval.estimate;
  const Shown shown = shown_as(*find_metric(difference.metric));
  const std::string amount = value_text(std::abs(more), shown);
  if (difference.metric == "availability")
    return fmt::format("{} {} served", amount, more < 0 ? "fewer" : "more");
  const char* const direction = more < 0 ? "fewer" : "more";
  if (difference.metric == "writes_lost")
    return fmt::format("{} {} writes lost a fault", amount, direction);
  return fmt::format("{} {} {} wrong reads", amount, unit_text(shown), direction);
}

std::string standing_text(const Comparison& comparison, std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  const bool in_money = policy.cost_a_month.defined;
  const auto price_of = [&](const PolicyResult& of) {
    return in_money ? of.cost_a_month.estimate : of.ru_per_operation.interval.estimate;
  };
  const double price = price_of(policy);
  std::string text =
      fmt::format("{} of {}, {} {}", policy.passed, counted(policy.objectives.size(), "objective"),
                  rounded(price), in_money ? comparison.currency + " a month" : "RU an operation");
  if (index == comparison.baseline) return text + " (the baseline)";
  const PolicyResult& baseline = comparison.policies[comparison.baseline];
  const double more = price - price_of(baseline);
  const bool is_same = std::abs(more) < 0.005 * price;
  const std::string signed_price = signed_text(more, Shown::plain);
  if (policy.outcomes.empty())
    return text + (is_same ? " (as " + quoted(baseline.name) + ")"
                           : fmt::format(" ({} over {})", signed_price, quoted(baseline.name)));
  text += "; against " + quoted(baseline.name) + ": ";
  for (const OutcomeDifference& one : policy.outcomes) text += outcome_text(one) + ", ";
  if (is_same) return text + (in_money ? "at the same cost" : "as many RU");
  return text + signed_price + " " + (in_money ? comparison.currency + " a month" : "RU");
}

std::string shortfall_text(const scenarios::Scenario& scenario, const Comparison& comparison,
                           std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  std::string text;
  if (policy.failed > 0) text = "misses " + listed(scenario, comparison, policy, Verdict::fail);
  if (policy.inconclusive > 0)
    text += std::string{text.empty() ? "" : "; "} +
            "inconclusive: " + listed(scenario, comparison, policy, Verdict::inconclusive);
  for (const std::string& warning : warnings_of(comparison, policy.name))
    text += std::string{text.empty() ? "" : "; "} + "mind: " + warning;
  return text;
}

std::string preference_text(const Comparison& comparison) {
  if (!comparison.runner_up) return "";
  const std::size_t first = comparison.recommended, second = *comparison.runner_up;
  const std::string why = reason(comparison, first, second);
  std::vector<std::string> merits, prices;
  if (!objectives_decide(comparison, first, second))
    for (const OutcomeDifference& one : comparison.against_runner_up)
      (speaks_for(one) ? merits : prices).push_back(outcome_text(one));
  const std::string although = "although with " + joined(prices);
  std::string text = why;
  if (!merits.empty()) {
    text = fmt::format("{}, and {}", fmt::join(merits, ", "), why);
    if (!prices.empty()) text += ", " + although;
  } else if (!prices.empty()) {
    text = although + ", " + why;
  }
  return fmt::format("{} stands before {}: {}", quoted(comparison.policies[first].name),
                     quoted(comparison.policies[second].name), text);
}

std::vector<std::pair<std::string, std::string>> trust_lines(const scenarios::Scenario& scenario,
                                                             const Comparison& comparison) {
  std::vector<std::pair<std::string, std::string>> lines;
  const std::string inputs =
      inputs_text(scenario, comparison.policies[comparison.recommended].name);
  if (!inputs.empty()) lines.emplace_back("inputs", inputs);
  lines.emplace_back("self-checks", checks_text(comparison));
  double operations = 0;
  for (const PolicyResult& policy : comparison.policies)
    operations += static_cast<double>(policy.operations);
  lines.emplace_back(
      "statistics",
      fmt::format("{}, {} operations; {} hold{} together at 95 %",
                  counted(comparison.replications, "replication"), count_text(operations),
                  counted(comparison.confidence.comparisons, "interval"),
                  comparison.confidence.comparisons == 1 ? "s" : ""));
  return lines;
}

}  // namespace seatrial::analysis
