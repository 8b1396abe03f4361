#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/columns.hpp"
#include "analysis/report/markdown_text.hpp"
#include "analysis/report/page_texts.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string bold(const std::string& text) { return "**" + text + "**"; }

std::string head_text(const data::TableHead& head) {
  // The unit stands in the limit.
  const std::string what = head.limit.find(head.what) == std::string::npos ? head.what : "";
  return fmt::format(" {}{}{} {} |", head.name, what.empty() ? "" : ": ", what, head.limit);
}

// With its interval and place where that is what a reader asks next.
std::string cell_text(const data::TableCell& cell) {
  const bool asks = cell.verdict != Verdict::pass && !cell.interval.empty();
  std::string text = cell.verdict == Verdict::fail ? bold(cell.text) : cell.text;
  if (asks) text += " " + cell.interval;
  if (asks && !cell.place.empty()) text += " in " + cell.place;
  return " " + text + (cell.verdict == Verdict::inconclusive ? " ? |" : " |");
}

std::string markdown_table(const data::Report& report) {
  const data::Table& table = report.table;
  std::string text = "| policy |";
  std::string rule = "|---|";
  for (const data::TableHead& head : table.heads) {
    text += head_text(head);
    rule += "--:|";
  }
  text += " RU per operation |";
  rule += "--:|";
  for (const std::string& head :
       {table.cost_head, std::string{table.has_months ? "wrong reads a month" : ""}}) {
    if (head.empty()) continue;
    text += fmt::format(" {} |", head);
    rule += "--:|";
  }
  text += " met |\n" + rule + ":-:|\n";
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    const data::TableRow& row = table.rows[i];
    const bool first = i == report.verdict.policy && report.verdict.runner_up;
    text += fmt::format("| {}{} |", first ? bold(row.policy) : row.policy,
                        i == report.scenario.baseline ? " (baseline)" : "");
    for (const data::TableCell& cell : row.cells) text += cell_text(cell);
    text += fmt::format(" {} |", row.ru);
    if (!table.cost_head.empty()) text += fmt::format(" {} |", row.cost);
    if (table.has_months) text += fmt::format(" {} |", row.month);
    text += fmt::format(" {} |\n", first ? bold(row.met) : row.met);
  }
  std::string legend;
  if (any_cell(table, Verdict::fail)) legend += "Bold misses its objective. ";
  if (any_cell(table, Verdict::inconclusive)) legend += "? is inconclusive. ";
  return text + "\n" + legend + table.legend + "\n";
}

std::string as_sentence(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

std::string headline(const data::Report& report) {
  const data::VerdictText& verdict = report.verdict;
  std::string text = bold(verdict.standing + ".");
  if (!verdict.shortfall.empty()) text += " " + as_sentence(verdict.shortfall) + ".";
  if (!verdict.runner_up) return text + "\n";
  const data::Contender& second = *verdict.runner_up;
  text +=
      fmt::format("\nRunner-up: *{}*, {}.", report.policies[second.policy].name, second.standing);
  if (!second.shortfall.empty()) text += " " + as_sentence(second.shortfall) + ".";
  return text + " " + second.preference + ".\n";
}

std::string title_line(const data::Report& report) {
  const std::string& first = report.policies[report.verdict.policy].name;
  switch (report.verdict.kind) {
    case data::VerdictKind::single:
      return fmt::format("### seatrial: {}\n", first);
    case data::VerdictKind::recommended:
      return fmt::format("### seatrial: use **{}**\n", first);
    case data::VerdictKind::nearest:
      return fmt::format("### seatrial: no policy meets all objectives; nearest is **{}**\n",
                         first);
  }
  return "";
}

std::string why(const data::Report& report) {
  if (report.why.empty()) return "";
  std::string text = "\n**Why.**\n\n";
  for (const std::string& line : report.why) text += "- " + line + ".\n";
  if (report.pairs.empty()) return text;
  const data::SameReadTwice& pair = report.pairs.front();
  return text + fmt::format(
                    "- [One wrong read, and the same read under *{}*]"
                    "(report.html#violation-{}).\n",
                    pair.right.policy, pair.number);
}

std::string takes(const data::Report& report) {
  const data::Policy& first = report.policies[report.verdict.policy];
  if (first.takes.empty()) return "";
  std::string text = "\n**What it takes.**";
  for (const std::string& line : first.takes) text += " " + line + ".";
  return text + "\n";
}

std::string measures(const char* title, const data::Measures& table) {
  if (table.rows.empty()) return "";
  const bool has_regions = std::any_of(table.rows.begin(), table.rows.end(),
                                       [](const auto& row) { return !row.region.empty(); });
  std::string text = fmt::format("\n**{}.** {}.\n\n| policy |", title, table.legend);
  std::string rule = "|---|";
  if (has_regions) text += " region |", rule += "---|";
  for (const std::string& head : table.heads) {
    text += fmt::format(" {} |", head);
    rule += "--:|";
  }
  text += "\n" + rule + "\n";
  for (const data::MeasureRow& row : table.rows) {
    text += fmt::format("| {} |", row.policy);
    if (has_regions) text += fmt::format(" {} |", row.region);
    for (const data::MeasureCell& cell : row.cells)
      text += fmt::format(" {}{}{} |", cell.text, cell.note.empty() ? "" : " ", cell.note);
    text += "\n";
  }
  return text;
}

std::string recovery(const data::Report& report) {
  const data::Recoveries& recovery = report.recovery;
  if (recovery.rows.empty()) return "";
  std::string text = "\n**After a fault of the store.**";
  for (const std::string& line : recovery.said) text += " " + as_sentence(line) + ".";
  text += "\n\n| fault | policy |";
  std::string rule = "|---|---|";
  for (const std::string& head : recovery.heads) {
    text += fmt::format(" {} |", head);
    rule += "--:|";
  }
  text += "\n" + rule + "\n";
  for (const data::RecoveryRow& row : recovery.rows) {
    text += fmt::format("| {} | {} |", row.fault, row.policy);
    for (const data::RecoveryCell& cell : row.cells)
      text += cell.where.empty() ? fmt::format(" {} |", cell.text)
                                 : fmt::format(" {} ({}) |", cell.text, cell.where);
    text += "\n";
  }
  return text;
}

// What the scenario says, for who has not read it.
std::string setting(const data::Report& report) {
  std::string text = "\n<details><summary>What was simulated</summary>\n\n";
  for (const auto& [what, line] : report.setting) text += fmt::format("- {}: {}.\n", what, line);
  for (const data::Policy& policy : report.policies)
    text += fmt::format("- *{}*: {}.\n", policy.name, policy.changes);
  return text + "</details>\n";
}

// All that nobody measured, by name.
std::string assumed(const data::Report& report) {
  const std::string& first = report.policies[report.verdict.policy].name;
  std::vector<std::string> values;
  for (const data::Input& input : report.inputs) {
    const bool is_its =
        input.policies.empty() ||
        std::find(input.policies.begin(), input.policies.end(), first) != input.policies.end();
    if (is_its && !input.idle && input.origin == scenarios::Origin::assumed)
      values.push_back(input.pointer.substr(input.pointer.starts_with('/') ? 1 : 0) + ": " +
                       input.value);
  }
  return values.empty() ? "" : fmt::format("- Assumed: {}.\n", fmt::join(values, "; "));
}

std::string differences(const data::Report& report) {
  std::string text;
  for (const data::Policy& policy : report.policies)
    if (!policy.differences.empty())
      text += fmt::format("- *{}*: {}.\n", policy.name, fmt::join(policy.differences, "; "));
  if (text.empty()) return text;
  return fmt::format(
      "\n<details><summary>Against *{}*, paired by replication</summary>\n\n{}"
      "</details>\n",
      report.policies[report.scenario.baseline].name, text);
}

std::string omissions(const data::Report& report) {
  constexpr std::size_t named = 7;  // those that concern every scenario come first
  std::vector<std::string> first;
  for (std::size_t i = 0; i < report.not_modelled.size() && i < named; ++i)
    first.push_back(fmt::format("{} (in truth: {})", report.not_modelled[i].what,
                                report.not_modelled[i].direction));
  if (first.empty()) return "";
  const std::size_t more = report.not_modelled.size() - first.size();
  return fmt::format("- Not modelled: {}{}.\n", fmt::join(first, "; "),
                     more == 0 ? "" : fmt::format("; {} more in report.html", more));
}

std::string details(const data::Report& report, const data::Reproduce& raw) {
  std::string text = "\n<details><summary>Can you believe it</summary>\n\n";
  for (const auto& [what, line] : report.trust)
    if (what != "not modelled")
      text += what.empty() ? fmt::format("- {}.\n", line)
                           : fmt::format("- {}: {}.\n", as_sentence(what), line);
  text += omissions(report) + assumed(report);
  for (const std::string& warning : report.warnings) text += fmt::format("- Note: {}.\n", warning);
  text += fmt::format("- Reproduce: {} ({}, seed {}, digest {}).\n", markdown_code(raw.command),
                      report.program.version, raw.seed, report.reproduce.digest.substr(0, 12));
  return text + "</details>\n";
}

}  // namespace

std::string markdown_report(const data::Report& raw) {
  const data::Report report =
      with_texts(raw, [](const std::string& text) { return markdown_text(text); });
  std::string text = title_line(report);
  text += markdown_line(raw.scenario.title) + ".";
  if (!report.scenario.question.empty()) text += " *" + report.scenario.question + "*";
  text += "\n\n" + headline(report) + "\n" + markdown_table(report);
  text += why(report) + recovery(report);
  text += measures("How often guarantees broke", report.guarantees);
  text += measures("How soon a commit is seen", report.freshness);
  text += takes(report) + differences(report) + setting(report);
  return text + details(report, raw.reproduce);
}

}  // namespace seatrial::analysis
