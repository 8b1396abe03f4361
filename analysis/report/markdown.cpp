#include <fmt/format.h>

#include "analysis/report/columns.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/sentences.hpp"
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
    text += fmt::format(" {}{}{} |", cell_text(head.name), head.what.empty() ? "" : ", ",
                        cell_text(head.what));
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
  std::string text = "Each value is of the worst phase (and region, where each is asked).";
  if (table.any_fail) text += " Bold misses its objective.";
  if (table.any_inconclusive) text += " ? is inconclusive.";
  if (table.any_zero_bound) text += " 0 <n: none seen, below n with the confidence of all bounds.";
  return text + "\n";
}

std::string headline(const scenarios::Scenario& scenario, const Comparison& comparison) {
  const PolicyResult& first = comparison.policies[comparison.recommended];
  std::string text = fmt::format("{}\n", bold(standing_text(comparison, comparison.recommended)));
  const std::string shortfall = shortfall_text(scenario, first);
  if (!shortfall.empty()) text += fmt::format("It {}.\n", shortfall);
  if (!comparison.runner_up) return text;
  const PolicyResult& second = comparison.policies[*comparison.runner_up];
  const std::string its = shortfall_text(scenario, second);
  text += fmt::format("Runner-up: *{}*, {}{}{}. {}.\n", second.name,
                      standing_text(comparison, *comparison.runner_up), its.empty() ? "" : "; ",
                      its, preference_text(comparison));
  return text;
}

}  // namespace

std::string markdown_report(const scenarios::Scenario& scenario, const Experiment& experiment,
                            const Comparison& comparison) {
  const std::string& name = comparison.policies[comparison.recommended].name;
  std::string text = comparison.runner_up ? fmt::format("### seatrial: use **{}**\n", name)
                                          : fmt::format("### seatrial: {}\n", name);
  text += scenario.title + ".";
  if (!scenario.question.empty()) text += " *" + scenario.question + "*";
  text += "\n\n" + headline(scenario, comparison) + "\n";
  const Table table = table_of(scenario, comparison, true);
  text += markdown_table(table, comparison) + "\n" + legend(table);
  const std::vector<std::string> why = why_lines(scenario, comparison);
  if (!why.empty()) {
    text += "\n**Why.**";
    for (const std::string& line : why) text += " " + line + ".";
    text += "\n";
  }
  text += "\n<details><summary>Can you believe it</summary>\n\n";
  for (const auto& [what, line] : trust_lines(scenario, experiment, comparison))
    text += fmt::format("- {}: {}.\n", what, line);
  for (const std::string& warning : comparison.warnings)
    text += fmt::format("- note: {}.\n", warning);
  text += fmt::format("- Reproduce: `seatrial verify results.json` ({}, seed {}, digest {}).\n",
                      program_version, experiment.seed, comparison.digest.hex().substr(0, 12));
  return text + "</details>\n";
}

}  // namespace seatrial::analysis
