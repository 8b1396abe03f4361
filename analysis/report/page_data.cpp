#include "analysis/report/page_data.hpp"

#include <fmt/format.h>

#include <array>
#include <map>
#include <set>
#include <tuple>

#include "analysis/report/causes.hpp"
#include "analysis/report/columns.hpp"
#include "analysis/report/cost_text.hpp"
#include "analysis/report/freshness_table.hpp"
#include "analysis/report/guarantees_table.hpp"
#include "analysis/report/not_exercised.hpp"
#include "analysis/report/not_modelled.hpp"
#include "analysis/report/page_json.hpp"
#include "analysis/report/recovery_text.hpp"
#include "analysis/report/replication_text.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"

namespace seatrial::analysis {
namespace {

data::VerdictText verdict_data(const scenarios::Scenario& scenario, const Comparison& comparison) {
  data::VerdictText verdict;
  const std::size_t first = comparison.recommended;
  verdict.policy = first;
  verdict.standing = standing_text(comparison, first);
  verdict.shortfall = shortfall_text(scenario, comparison, first);
  if (!comparison.runner_up) return verdict;
  verdict.kind = meets_all(comparison.policies[first]) ? data::VerdictKind::recommended
                                                       : data::VerdictKind::nearest;
  const std::size_t second = *comparison.runner_up;
  verdict.runner_up = {second, standing_text(comparison, second),
                       shortfall_text(scenario, comparison, second), preference_text(comparison)};
  return verdict;
}

// "10 min/month"; empty when the phase does not say.
std::string stands_for_text(double hours) {
  if (hours == 0) return "";
  return hours >= 1 ? rounded(hours) + " h/month" : rounded(60 * hours) + " min/month";
}

data::Timeline phases_data(const models::WorldConfig& world, const Experiment& experiment) {
  data::Timeline timeline;
  double from = 0;
  for (const models::PhaseConfig& phase : world.phases) {
    const double to = from + phase.length.s();
    timeline.phases.push_back({phase.name, from, to, phase.sessions,
                               stands_for_text(phase.stands_for_hours_per_month),
                               faults_of(phase)});
    from = to;
  }
  if (experiment.timelines.empty()) return timeline;
  const models::Windows& windows = experiment.timelines.front().windows;
  timeline.window_s = windows.length.s();
  for (std::size_t w = 0; w < windows.count; ++w)
    timeline.starts_s.push_back(windows.start_of(w).since_start().s() - world.warmup.s());
  return timeline;
}

// Every value once, with the policies whose it is where not all have it so.
std::vector<data::Input> inputs_data(const scenarios::Scenario& scenario) {
  std::vector<data::Input> inputs;
  std::map<std::tuple<std::string, std::string, scenarios::Origin>, std::size_t> known;
  const std::set<std::string> idle = idle_everywhere(scenario);
  std::size_t policies = 0;
  for (const scenarios::Policy& policy : scenario.policies) {
    const auto found = scenario.resolved.find(policy.name);
    if (found == scenario.resolved.end()) continue;
    ++policies;
    for (const scenarios::ResolvedValue& value : found->second) {
      const auto [at, is_new] =
          known.insert({{value.pointer, value.value, value.origin}, inputs.size()});
      if (is_new)
        inputs.push_back({value.pointer,
                          plain_value(value.value),
                          value.origin,
                          value.source,
                          {},
                          idle.contains(value.pointer)});
      inputs[at->second].policies.push_back(policy.name);
    }
  }
  for (data::Input& input : inputs)
    if (input.policies.size() == policies) input.policies.clear();
  return inputs;
}

data::TextPairs trust_data(const scenarios::Scenario& scenario, const Comparison& comparison,
                           const data::Report& report) {
  data::TextPairs lines = trust_lines(scenario, comparison);
  if (!report.not_exercised.empty())
    lines.emplace_back("not exercised", fmt::format("{}", fmt::join(report.not_exercised, ", ")));
  const data::Policy& first = report.policies[comparison.recommended];
  if (!first.not_exercised.empty())
    lines.emplace_back(
        "", fmt::format("of \"{}\": {}", first.name, fmt::join(first.not_exercised, "; ")));
  lines.emplace_back(
      "not modelled",
      counted(report.not_modelled.size(), "item") +
          ", each with what would be different in truth: report.html, docs/models.md");
  return lines;
}

data::ScenarioText scenario_data(const scenarios::Scenario& scenario,
                                 const Comparison& comparison) {
  return {scenario.path.substr(scenario.path.find_last_of('/') + 1), scenario.title,
          scenario.question, comparison.baseline, scenario.text};
}

// What is said of each policy whether or not it keeps its promises.
std::vector<std::string> lines_of_policies(const scenarios::Scenario& scenario,
                                           const Experiment& experiment) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < scenario.policies.size(); ++i) {
    const auto& [name, world] = scenario.policies[i];
    const std::vector<RunSummary>& runs = experiment.runs[i];
    for (std::string& line :
         std::array{replication_line(name, runs), cost_line(name, {scenario.prices, world}, runs)})
      if (!line.empty()) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

data::Report report_data(const scenarios::Scenario& scenario, const Experiment& experiment,
                         const Comparison& comparison, const Request& request,
                         std::string_view pairs_json) {
  data::Report report;
  report.program = {"seatrial", std::string{program_version}};
  report.scenario = scenario_data(scenario, comparison);
  report.verdict = verdict_data(scenario, comparison);
  report.table = table_of(scenario, comparison);
  for (std::size_t i = 0; i < comparison.policies.size(); ++i)
    report.policies.push_back(policy_data(scenario, experiment, comparison, i));
  report.region_heads = region_heads();
  report.timeline = phases_data(scenario.policies.front().world, experiment);
  report.why = why_lines(scenario, comparison);
  for (std::string& line : lines_of_policies(scenario, experiment))
    report.why.push_back(std::move(line));
  report.recovery = recoveries_data(scenario, comparison);
  report.freshness = freshness_table(scenario, experiment);
  report.guarantees = guarantees_table(scenario, experiment);
  report.setting = setting_lines(scenario);
  report.pairs = pairs_of_json(pairs_json);
  report.inputs = inputs_data(scenario);
  report.not_exercised = not_exercised(scenario);
  report.not_modelled = not_modelled();
  report.trust = trust_data(scenario, comparison, report);
  report.warnings = comparison.warnings;
  report.reproduce = {"seatrial verify results.json", experiment.seed, comparison.digest.hex(),
                      comparison.replications, request.overrides};
  return report;
}

}  // namespace seatrial::analysis
