#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "analysis/report/columns.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/sentences.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

constexpr std::size_t narrow = 11;  // a head is wrapped to its cells' width, or this where less

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    if (!lines.empty() && lines.back().size() + 1 + word.size() <= width)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

struct Column {
  std::vector<std::string> head;  // lines, the last one nearest to the cells
  std::vector<TableCell> cells;
  std::size_t width = 0;
};

Column column_of(const TableHead& head, std::vector<TableCell> cells) {
  Column column;
  column.cells = std::move(cells);
  std::size_t widest = narrow;
  for (const TableCell& cell : column.cells) widest = std::max(widest, cell.text.size());
  column.head = wrapped(head.name, widest);
  for (std::string& line : wrapped(head.what, widest)) column.head.push_back(std::move(line));
  for (const std::string& line : column.head) column.width = std::max(column.width, line.size());
  for (const TableCell& cell : column.cells)
    column.width = std::max(column.width, cell.text.size());
  return column;
}

std::vector<Column> columns_of(const Table& table) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table.heads.size(); ++i) {
    std::vector<TableCell> cells;
    for (const TableRow& row : table.rows) cells.push_back(row.objectives[i]);
    columns.push_back(column_of(table.heads[i], std::move(cells)));
  }
  std::vector<TableCell> ru, month, met;
  for (const TableRow& row : table.rows) {
    ru.push_back({row.ru, Verdict::pass});
    month.push_back({row.month, Verdict::pass});
    met.push_back({row.met, Verdict::pass});
  }
  columns.push_back(column_of({"RU per operation", "", ""}, std::move(ru)));
  if (table.has_months)
    columns.push_back(column_of({"wrong reads a month", "", ""}, std::move(month)));
  columns.push_back(column_of({"met", "", ""}, std::move(met)));
  return columns;
}

std::string marked(const TableCell& cell, std::size_t width, bool colour) {
  const std::string text = fmt::format("{:>{}}", cell.text, width);
  if (cell.verdict == Verdict::pass) return text + "  ";
  const bool fail = cell.verdict == Verdict::fail;
  const char* mark = fail ? " x" : " ?";
  if (!colour) return text + mark;
  return fmt::format("\x1b[{}m{}{}\x1b[0m", fail ? 31 : 33, text, mark);
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string draw(const Table& table, bool colour) {
  const std::vector<Column> columns = columns_of(table);
  std::size_t names = std::string{"policy"}.size();
  std::size_t lines = 0;
  for (const TableRow& row : table.rows) names = std::max(names, row.policy.size());
  for (const Column& column : columns) lines = std::max(lines, column.head.size());
  std::string text;
  for (std::size_t line = 0; line < lines; ++line) {
    std::string drawn = fmt::format("{:<{}}", line + 1 == lines ? "policy" : "", names);
    for (const Column& column : columns) {
      const std::size_t skipped = lines - column.head.size();
      drawn += fmt::format("  {:>{}}  ", line < skipped ? "" : column.head[line - skipped],
                           column.width);
    }
    text += without_trailing_blanks(drawn);
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    std::string drawn = fmt::format("{:<{}}", table.rows[row].policy, names);
    for (const Column& column : columns)
      drawn += "  " + marked(column.cells[row], column.width, colour);
    text += without_trailing_blanks(drawn);
  }
  return text;
}

std::string legend(const Table& table, std::uint64_t intervals) {
  std::string text;
  if (table.any_fail) text += "x misses its objective.  ";
  text += table.any_inconclusive ? "? is inconclusive: more replications would decide.  "
                                 : "Nothing is inconclusive.  ";
  if (table.any_zero_bound)
    text += fmt::format("0 <n: none seen, below n; {}{} together at 95 %.",
                        intervals == 1 ? "" : "all ", counted(intervals, "interval"));
  return without_trailing_blanks(text);
}

std::string titled(const std::string& title, const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i)
    text += fmt::format("{:<6} {}\n", i == 0 ? title : "", lines[i]);
  return text.empty() ? text : "\n" + text;
}

std::string leaders(const scenarios::Scenario& scenario, const Comparison& comparison,
                    bool colour) {
  const std::size_t first = comparison.recommended;
  std::size_t width = comparison.policies[first].name.size();
  if (comparison.runner_up)
    width = std::max(width, comparison.policies[*comparison.runner_up].name.size());
  const auto line = [&](const std::string& title, std::size_t index) {
    const std::string shortfall = shortfall_text(scenario, comparison, index);
    return fmt::format("{}  {:<{}}  {}{}{}\n", title, comparison.policies[index].name, width,
                       standing_text(comparison, index),
                       shortfall.empty() ? "" : "\n              ", shortfall);
  };
  if (!comparison.runner_up) return line("POLICY     ", first);
  const bool good = meets_all(comparison.policies[first]);
  const std::string title = good ? "RECOMMENDED" : "NO POLICY MEETS ALL";
  const std::string then = good ? "" : "   nearest:";
  const std::string coloured = fmt::format("\x1b[1;{}m{}\x1b[0m", good ? 32 : 33, title);
  return line((colour ? coloured : title) + then, first) +
         line(fmt::format("{:<{}}", "RUNNER-UP", title.size() + then.size()),
              *comparison.runner_up) +
         "             " + preference_text(comparison) + "\n";
}

}  // namespace

std::string terminal_report(const scenarios::Scenario& scenario, const Comparison& comparison,
                            bool colour) {
  std::string text = scenario.title + "\n";
  if (!scenario.question.empty()) text += scenario.question + "\n";
  text += "\n" + leaders(scenario, comparison, colour) + "\n";
  const Table table = table_of(scenario, comparison, false);
  text += draw(table, colour) + legend(table, comparison.confidence.comparisons);
  text += titled("WHY", why_lines(scenario, comparison));
  std::vector<std::string> trust;
  for (const auto& [what, line] : trust_lines(scenario, comparison))
    trust.push_back(fmt::format("{:<12} {}", what, line));
  text += titled("TRUST", trust);
  std::vector<std::string> warnings = comparison.warnings;
  text += titled("NOTE", warnings);
  return text;
}

}  // namespace seatrial::analysis
