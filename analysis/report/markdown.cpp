#include <fmt/format.h>

#include "analysis/report/columns.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"

namespace seatrial::analysis {
namespace {

// A name from a file must not end its cell of the table.
std::string cell_text(const std::string& text) {
  std::string safe;
  for (const char letter : text) {
    if (letter == '|') safe += '\\';
    safe += letter == '\n' ? ' ' : letter;
  }
  return safe;
}

std::string bold(const std::string& text) { return "**" + text + "**"; }

std::string markdown_table(const Table& table, const Comparison& comparison) {
  std::string text = "| policy |";
  std::string rule = "|---|";
  for (const TableHead& head : table.heads) {
    // The unit stands in the limit.
    const std::string what = head.limit.find(head.what) == std::string::npos ? head.what : "";
    text += fmt::format(" {}{}{} {} |", cell_text(head.name), what.empty() ? "" : ": ",
                        cell_text(what), cell_text(head.limit));
    rule += "--:|";
  }
  text += table.has_months ? " RU per operation | wrong reads a month |" : " RU per operation |";
  text += " met |\n" + rule + (table.has_months ? "--:|--:|:-:|\n" : "--:|:-:|\n");
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const TableRow& row = table.rows[i];
    const bool first = i == comparison.recommended && comparison.runner_up;
    text += fmt::format("| {}{} |", first ? bold(cell_text(row.policy)) : cell_text(row.policy),
                        i == comparison.baseline ? " (baseline)" : "");
    for (const TableCell& cell : row.objectives)
      text += fmt::format(" {}{} |", cell.verdict == Verdict::fail ? bold(cell.text) : cell.text,
                          cell.verdict == Verdict::inconclusive ? " ?" : "");
    text += fmt::format(" {} |", row.ru);
    if (table.has_months) text += fmt::format(" {} |", row.month);
    text += fmt::format(" {} |\n", first ? bold(row.met) : row.met);
  }
  return text;
}

std::string legend(const Table& table) {
  std::string text;
  if (table.any_worst_phase)
    text += "An objective that names no phase is judged in each by itself and shows the worst. ";
  if (table.any_outside) text += "\"outside\" a phase: all other phases pooled. ";
  if (table.any_region) text += "\"worst region\": judged in each region by itself. ";
  if (table.any_fail) text += "Bold misses its objective. ";
  if (table.any_inconclusive) text += "? is inconclusive. ";
  if (table.any_zero_bound) text += "0 <n: none seen, below n with the confidence of all bounds. ";
  if (text.empty()) return "";
  text.back() = '\n';
  return "\n" + text;
}

std::string as_sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string headline(const scenarios::Scenario& scenario, const Comparison& comparison) {
  std::string text = fmt::format("{}\n", bold(standing_text(comparison, comparison.recommended)));
  const std::string shortfall = shortfall_text(scenario, comparison, comparison.recommended);
  if (!shortfall.empty()) text += as_sentence(shortfall) + ".\n";
  if (!comparison.runner_up) return text;
  const PolicyResult& second = comparison.policies[*comparison.runner_up];
  const std::string its = shortfall_text(scenario, comparison, *comparison.runner_up);
  text += fmt::format("Runner-up: *{}*, {}{}{}. {}.\n", second.name,
                      standing_text(comparison, *comparison.runner_up), its.empty() ? "" : "; ",
                      its, preference_text(comparison));
  return text;
}

std::string title_line(const Comparison& comparison) {
  const PolicyResult& first = comparison.policies[comparison.recommended];
  if (!comparison.runner_up) return fmt::format("### seatrial: {}\n", first.name);
  if (meets_all(first)) return fmt::format("### seatrial: use **{}**\n", first.name);
  return fmt::format("### seatrial: no policy meets all objectives; nearest is **{}**\n",
                     first.name);
}

// What the scenario says, for who has not read it.
std::string setting(const scenarios::Scenario& scenario) {
  const models::WorldConfig& world = scenario.policies.front().world;
  std::string text = "\n**Setting.**\n\n";
  const auto say = [&](const std::string& what, const std::string& value) {
    if (!value.empty()) text += fmt::format("- {}: {}.\n", what, value);
  };
  say("Users", users_text(world));
  say("Phases", fmt::format("{}; x1 is {} sessions/s", phases_text(world),
                            rounded(world.workload.sessions_per_second)));
  say("Replication lag beyond the wire", lag_text(scenario));
  std::vector<std::string> metrics;
  for (const scenarios::Objective& objective : scenario.objectives)
    metrics.push_back(fmt::format("{} is {} of {}", objective.name, objective.metric,
                                  objective.data_class.empty() ? "all" : objective.data_class));
  say("Objectives", fmt::format("{}", fmt::join(metrics, ", ")));
  for (const scenarios::Policy& policy : scenario.policies) {
    const std::string changes = changes_text(scenario, policy.name);
    say("*" + policy.name + "*", changes.empty() ? "nothing changed" : changes);
  }
  say("By `--set`", fmt::format("{}", fmt::join(values_of(scenario, scenario.baseline,
                                                          scenarios::Origin::command_line),
                                                "; ")));
  return text;
}

// All that nobody measured, by name.
std::string assumed(const scenarios::Scenario& scenario, const std::string& policy) {
  const std::vector<std::string> values = values_of(scenario, policy, scenarios::Origin::assumed);
  return values.empty() ? "" : fmt::format("- Assumed: {}.\n", fmt::join(values, "; "));
}

std::string details(const scenarios::Scenario& scenario, const Experiment& experiment,
                    const Comparison& comparison) {
  std::string text = "\n<details><summary>Can you believe it</summary>\n\n";
  for (const auto& [what, line] : trust_lines(scenario, comparison))
    text += fmt::format("- {}: {}.\n", what, line);
  text += assumed(scenario, comparison.policies[comparison.recommended].name);
  for (const std::string& warning : comparison.warnings)
    text += fmt::format("- note: {}.\n", warning);
  text += fmt::format("- Reproduce: `seatrial verify results.json` ({}, seed {}, digest {}).\n",
                      program_version, experiment.seed, comparison.digest.hex().substr(0, 12));
  return text + "</details>\n";
}

}  // namespace

std::string markdown_report(const scenarios::Scenario& scenario, const Experiment& experiment,
                            const Comparison& comparison) {
  std::string text = title_line(comparison);
  text += scenario.title + ".";
  if (!scenario.question.empty()) text += " *" + scenario.question + "*";
  text += "\n\n" + headline(scenario, comparison) + "\n";
  const Table table = table_of(scenario, comparison, true);
  text += markdown_table(table, comparison) + legend(table);
  const std::vector<std::string> why = why_lines(scenario, comparison);
  if (!why.empty()) {
    text += "\n**Why.**";
    for (const std::string& line : why) text += " " + line + ".";
    text += "\n";
  }
  return text + setting(scenario) + details(scenario, experiment, comparison);
}

}  // namespace seatrial::analysis
