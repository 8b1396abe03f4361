#include "analysis/report/sentences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/experiment/recommendation.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string quoted(const std::string& name) { return "\"" + name + "\""; }

std::string whole_percent(double share) {
  if (share > 0 && share < 0.005) return "below 1 %";
  if (share < 1 && share >= 0.995) return "over 99 %";
  return fmt::format("{:.0f} %", 100 * share);
}

// "93 % were read without a token, 7 % with one too old", the greatest share first.
std::string causes_text(const WrongReads& wrong) {
  static constexpr std::array<std::string_view, cause_names.size()> as_sentence{
      "without a token", "with a token too old", "degraded", "with a token that sufficed"};
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < cause_names.size(); ++i)
    if (wrong.share_by_cause[i] > 0) order.push_back({-wrong.share_by_cause[i], i});
  std::sort(order.begin(), order.end());
  std::vector<std::string> parts;
  for (const auto& [share, cause] : order)
    parts.push_back(fmt::format("{} {}{}", whole_percent(-share), parts.empty() ? "were read " : "",
                                as_sentence[cause]));
  return joined(parts);
}

std::string regions_text(const scenarios::Scenario& scenario, const WrongReads& wrong) {
  const auto& users = scenario.policies.front().world.regions.users;
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < wrong.share_by_region.size(); ++i)
    order.push_back({-wrong.share_by_region[i], i});
  std::sort(order.begin(), order.end());
  std::vector<std::string> parts;
  for (const auto& [share, region] : order)
    parts.push_back(users[region].region + " " +
                    (share < 0 ? whole_percent(-share) : std::string{"none"}));
  return joined(parts);
}

std::string limit_text(const scenarios::Objective& objective, const ObjectiveResult& result) {
  const Shown shown = shown_as(*find_metric(objective.metric));
  const PartResult& worst = result.worst();
  const std::string where = worst.part.region.empty() ? "" : " in " + worst.part.region;
  if (!worst.measurement.interval.defined) return "nothing to measure";
  const bool at_most = objective.bound == scenarios::Bound::at_most;
  const std::string unit = unit_text(shown).empty() ? "" : " " + unit_text(shown);
  if (result.verdict == Verdict::inconclusive)
    return fmt::format("{} against {}{}{}", long_text(worst.measurement.interval, shown),
                       value_text(objective.limit, shown), unit, where);
  return fmt::format("{} {} {}{}{}", value_text(worst.measurement.interval.estimate, shown),
                     at_most ? ">" : "<", value_text(objective.limit, shown), unit, where);
}

std::string listed(const scenarios::Scenario& scenario, const PolicyResult& policy,
                   Verdict verdict) {
  constexpr std::size_t explained = 2;  // more are in the table
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < policy.objectives.size(); ++i) {
    if (policy.objectives[i].verdict != verdict) continue;
    parts.push_back(quoted(scenario.objectives[i].name));
    if (parts.size() <= explained)
      parts.back() +=
          fmt::format(" ({})", limit_text(scenario.objectives[i], policy.objectives[i]));
  }
  return joined(parts);
}

std::string inputs_text(const scenarios::Scenario& scenario, const std::string& policy) {
  std::array<std::size_t, 5> counts{};
  const auto found = scenario.resolved.find(policy);
  if (found == scenario.resolved.end()) return "";
  for (const scenarios::ResolvedValue& value : found->second)
    ++counts[static_cast<std::size_t>(value.origin)];
  std::vector<std::string> parts;
  const auto say = [&](scenarios::Origin origin, const char* what) {
    const std::size_t count = counts[static_cast<std::size_t>(origin)];
    if (count > 0) parts.push_back(fmt::format("{} {}", count, what));
  };
  say(scenarios::Origin::file, "yours");
  say(scenarios::Origin::policy, "by the policy");
  say(scenarios::Origin::command_line, "by --set");
  say(scenarios::Origin::defaulted, "published defaults");
  say(scenarios::Origin::assumed, "assumed");
  return joined(parts);
}

std::string checks_text(const Comparison& comparison) {
  Tally judged;
  for (const PolicyResult& policy : comparison.policies) judged.merge(policy.disallowed);
  const std::string reads = count_text(static_cast<double>(judged.opportunities));
  const std::string outside = count_text(static_cast<double>(judged.violations));
  return fmt::format(
      "{} reads judged by the store's specification, {} outside; same sessions in {} {}", reads,
      judged.violations == 0 ? "none" : outside, comparison.policies.size(),
      comparison.policies.size() == 1 ? "policy" : "policies");
}

}  // namespace

std::string standing_text(const Comparison& comparison, std::size_t index) {
  const PolicyResult& policy = comparison.policies[index];
  const double ru = policy.ru_per_operation.interval.estimate;
  std::string text = fmt::format("{} of {} objectives, {} RU an operation", policy.passed,
                                 policy.objectives.size(), rounded(ru));
  if (index == comparison.baseline) return text + " (the baseline)";
  const PolicyResult& baseline = comparison.policies[comparison.baseline];
  const double more = ru - baseline.ru_per_operation.interval.estimate;
  if (std::abs(more) < 0.005 * ru) return text + " (as " + quoted(baseline.name) + ")";
  return text + fmt::format(" ({} over {})", signed_text(more, Shown::request_units),
                            quoted(baseline.name));
}

std::string shortfall_text(const scenarios::Scenario& scenario, const PolicyResult& policy) {
  std::string text;
  if (policy.failed > 0) text = "misses " + listed(scenario, policy, Verdict::fail);
  if (policy.inconclusive > 0)
    text += std::string{text.empty() ? "" : "; "} +
            "inconclusive: " + listed(scenario, policy, Verdict::inconclusive);
  return text;
}

std::string preference_text(const Comparison& comparison) {
  if (!comparison.runner_up) return "";
  const PolicyResult& first = comparison.policies[comparison.recommended];
  const PolicyResult& second = comparison.policies[*comparison.runner_up];
  return fmt::format("{} stands before {}: it {}", quoted(first.name), quoted(second.name),
                     reason(first, second));
}

std::vector<std::string> why_lines(const scenarios::Scenario& scenario,
                                   const Comparison& comparison) {
  std::vector<std::string> lines;
  const PolicyResult& baseline = comparison.policies[comparison.baseline];
  const WrongReads& wrong = baseline.wrong_reads;
  if (wrong.reads.opportunities > 0 && wrong.reads.violations == 0) {
    lines.push_back(fmt::format("{}: no read missed its session's own write ({} had one to see)",
                                quoted(baseline.name),
                                count_text(static_cast<double>(wrong.reads.opportunities))));
  } else if (wrong.reads.violations > 0) {
    lines.push_back(fmt::format(
        "{}: of {} reads that missed their session's own write, {}", quoted(baseline.name),
        count_text(static_cast<double>(wrong.reads.violations)), causes_text(wrong)));
    lines.push_back(
        regions_text(scenario, wrong) +
        (wrong.nearly_all_within_ns > 0
             ? "; nearly all within " + duration_text(wrong.nearly_all_within_ns) + " of the write"
             : ""));
  }
  if (comparison.recommended == comparison.baseline) return lines;
  const PolicyResult& first = comparison.policies[comparison.recommended];
  const double more = comparison.ru_difference.estimate;
  const bool same = std::abs(more) < 0.005 * first.ru_per_operation.interval.estimate;
  lines.push_back(fmt::format(
      "{} against {}: read p99 {} in {}, {}", quoted(first.name), quoted(baseline.name),
      signed_text(comparison.read_p99_difference.estimate, Shown::milliseconds),
      first.worst_region.empty() ? "all regions" : first.worst_region,
      same ? "as many RU" : signed_text(more, Shown::request_units) + " RU an operation"));
  return lines;
}

std::vector<std::pair<std::string, std::string>> trust_lines(const scenarios::Scenario& scenario,
                                                             const Experiment& experiment,
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
      fmt::format("{} replications, {} operations; {} intervals hold together at 95 %",
                  experiment.replications, count_text(operations),
                  comparison.confidence.comparisons));
  return lines;
}

}  // namespace seatrial::analysis
