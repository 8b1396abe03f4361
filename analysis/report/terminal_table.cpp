#include "analysis/report/terminal_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

constexpr std::size_t head_lines = 4;  // a head that needs more widens its column

struct Column {
  std::vector<std::string> head;  // lines, the last one nearest to the cells
  std::vector<data::TableCell> cells;
  std::size_t width = 0;
  bool is_judged = true;  // has room for a mark
};

// As narrow as the cells and the head's longest word allow.
Column column_of(const std::string& name, const std::string& what,
                 std::vector<data::TableCell> cells) {
  Column column;
  for (const data::TableCell& cell : cells)
    column.width = std::max(column.width, width_of(cell.text));
  column.cells = std::move(cells);
  do {
    column.head = wrapped(name, column.width);
    for (std::string& line : wrapped(what, column.width)) column.head.push_back(std::move(line));
    ++column.width;
  } while (column.head.size() > head_lines && column.width < 40);
  --column.width;
  for (const std::string& line : column.head) column.width = std::max(column.width, width_of(line));
  return column;
}

Column plain_column(const std::string& name, const std::vector<std::string>& texts) {
  std::vector<data::TableCell> cells;
  for (const std::string& text : texts) cells.push_back({text, "", Verdict::pass, ""});
  Column column = column_of(name, "", std::move(cells));
  column.is_judged = false;
  return column;
}

Column plain_column(const std::string& name, const std::vector<data::TableRow>& rows,
                    std::string data::TableRow::*text) {
  std::vector<std::string> texts;
  for (const data::TableRow& row : rows) texts.push_back(row.*text);
  return plain_column(name, texts);
}

std::vector<Column> columns_of(const data::Table& table) {
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table.heads.size(); ++i) {
    std::vector<data::TableCell> cells;
    for (const data::TableRow& row : table.rows) cells.push_back(row.cells[i]);
    columns.push_back(column_of(table.heads[i].name, table.heads[i].what, std::move(cells)));
  }
  columns.push_back(plain_column("RU per operation", table.rows, &data::TableRow::ru));
  if (!table.cost_head.empty())
    columns.push_back(plain_column(table.cost_head, table.rows, &data::TableRow::cost));
  if (table.has_months)
    columns.push_back(plain_column("wrong reads a month", table.rows, &data::TableRow::month));
  columns.push_back(plain_column("met", table.rows, &data::TableRow::met));
  return columns;
}

std::string right_of(const std::string& text, std::size_t width) {
  const std::size_t used = width_of(text);
  return (used < width ? std::string(width - used, ' ') : "") + text;
}

std::string marked(const data::TableCell& cell, const Column& column, bool colour) {
  const std::string text = right_of(cell.text, column.width);
  if (!column.is_judged) return text;
  if (cell.verdict == Verdict::pass) return text + "  ";
  const bool fail = cell.verdict == Verdict::fail;
  const char* const mark = fail ? " x" : " ?";
  if (!colour) return text + mark;
  return fmt::format("\x1b[{}m{}{}\x1b[0m", fail ? 31 : 33, text, mark);
}

std::string ended(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string head_of(const std::vector<Column>& columns, std::size_t names) {
  std::size_t lines = 1;
  for (const Column& column : columns) lines = std::max(lines, column.head.size());
  std::string text;
  for (std::size_t line = 0; line < lines; ++line) {
    std::string drawn = padded(line + 1 == lines ? "policy" : "", names);
    for (const Column& column : columns) {
      const std::size_t skipped = lines - column.head.size();
      drawn += "  " + right_of(line < skipped ? "" : column.head[line - skipped], column.width);
      if (column.is_judged) drawn += " ";
    }
    text += ended(drawn);
  }
  return text;
}

std::string laid_out(const std::vector<Column>& columns, const std::vector<std::string>& rows,
                     bool colour) {
  std::size_t names = width_of("policy");
  for (const std::string& row : rows) names = std::max(names, width_of(row));
  std::string text = head_of(columns, names);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    std::string drawn = padded(rows[row], names);
    for (const Column& column : columns)
      drawn += (column.is_judged ? " " : "  ") + marked(column.cells[row], column, colour);
    text += ended(drawn);
  }
  return text;
}

}  // namespace

std::string draw(const data::Table& table, bool colour) {
  std::vector<std::string> rows;
  for (const data::TableRow& row : table.rows) rows.push_back(row.policy);
  return laid_out(columns_of(table), rows, colour);
}

std::string draw(const data::Measures& table) {
  std::vector<std::string> rows;
  for (const data::MeasureRow& row : table.rows)
    rows.push_back(row.region.empty() ? row.policy : row.policy + ", " + row.region);
  std::vector<Column> columns;
  for (std::size_t i = 0; i < table.heads.size(); ++i) {
    std::vector<std::string> texts;
    for (const data::MeasureRow& row : table.rows) {
      const data::MeasureCell& cell = row.cells[i];
      const bool is_last = i + 1 == table.heads.size();
      texts.push_back(is_last && !cell.note.empty() ? cell.text + " " + cell.note : cell.text);
    }
    columns.push_back(plain_column(table.heads[i], texts));
  }
  return laid_out(columns, rows, false);
}

}  // namespace seatrial::analysis
