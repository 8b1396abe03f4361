#include "analysis/explain/diagram_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "analysis/explain/layout.hpp"
#include "analysis/explain/text_width.hpp"

namespace seatrial::analysis {

namespace {

// A line of cells to draw into; what is drawn later covers what was there.
class Line {
 public:
  explicit Line(std::size_t columns) : cells_(columns, " ") {}

  void put(std::size_t column, std::string_view text) {
    for (const Glyph& glyph : glyphs_of(text)) {
      if (column + glyph.columns > cells_.size()) return;
      cells_[column] = glyph.bytes;
      for (std::size_t i = 1; i < glyph.columns; ++i) cells_[column + i].clear();
      column += glyph.columns;
    }
  }
  void repeat(std::size_t first, std::size_t end, std::string_view glyph) {
    for (std::size_t column = first; column < end; ++column) cells_[column] = glyph;
  }
  const std::string& at(std::size_t column) const { return cells_[column]; }

  TextLine finish(Role role) const {
    std::size_t end = cells_.size();
    while (end > 0 && cells_[end - 1] == " ") --end;
    TextLine line;
    for (std::size_t i = 0; i < end; ++i) line.text += cells_[i];
    line.columns = end;
    line.role = role;
    return line;
  }

 private:
  std::vector<std::string> cells_;
};

std::string_view sign_of(Role role) {
  if (role == Role::missing || role == Role::wrong) return "✗";
  return role == Role::saving || role == Role::right ? "✓" : "●";
}

class Picture {
 public:
  explicit Picture(const Diagram& diagram) : diagram_{diagram}, layout_{diagram} {}

  std::vector<TextLine> draw() {
    heads();
    std::size_t next_mark = 0;
    for (const Message& message : diagram_.messages) {
      for (; next_mark < marks().size() && is_before(marks()[next_mark], message); ++next_mark)
        draw(marks()[next_mark]);
      draw(message);
    }
    for (; next_mark < marks().size(); ++next_mark) draw(marks()[next_mark]);
    return std::move(lines_);
  }

 private:
  const std::vector<Mark>& marks() const { return diagram_.marks; }

  static bool is_before(const Mark& mark, const Message& message) {
    return std::tie(mark.at, mark.order) < std::tie(message.sent, message.order);
  }

  void heads() {
    Line labels{layout_.columns()};
    Line places{layout_.columns()};
    for (std::size_t lane = 0; lane < diagram_.lanes.size(); ++lane) {
      centre(labels, lane, layout_.head(lane).label);
      centre(places, lane, layout_.head(lane).place);
    }
    lines_.push_back(labels.finish(Role::plain));
    lines_.push_back(places.finish(Role::plain));
  }

  void centre(Line& line, std::size_t lane, const std::string& text) const {
    line.put(layout_.at(lane) - columns_of(text) / 2, text);
  }

  Line empty_line(models::Duration at) const {
    Line line{layout_.columns()};
    const std::string time = Layout::time_text(at);
    line.put(Layout::time_columns - 1 - std::min(Layout::time_columns - 1, columns_of(time)), time);
    for (std::size_t lane = 0; lane < diagram_.lanes.size(); ++lane)
      line.put(layout_.at(lane), "│");
    return line;
  }

  void draw(const Message& message) {
    Line line = empty_line(message.sent);
    const std::size_t from = layout_.at(message.from);
    const std::size_t to = layout_.at(message.to);
    const auto [left, right] = std::minmax(from, to);
    for (std::size_t column = left + 1; column < right; ++column)
      line.put(column, line.at(column) == "│" ? "┼" : "─");
    line.put(from, from < to ? "├" : "┤");
    const std::string label = " " + Layout::label_of(message) + " ";
    if (from < to) {
      line.put(to - 1, message.arrives ? ">" : "✗");
      line.put(from + 2, label);
    } else {
      line.put(to + 1, message.arrives ? "<" : "✗");
      line.put(from - 1 - columns_of(label), label);
    }
    lines_.push_back(line.finish(message.role));
  }

  void draw(const Mark& mark) {
    Line line = empty_line(mark.at);
    const std::size_t at = layout_.at(mark.lane);
    line.put(at, sign_of(mark.role));
    const std::string label = " " + Layout::label_of(mark) + " ";
    if (layout_.is_right_of_lane(mark))
      line.put(at + 1, label);
    else
      line.put(at - columns_of(label), label);
    lines_.push_back(line.finish(mark.role));
  }

  const Diagram& diagram_;
  Layout layout_;
  std::vector<TextLine> lines_;
};

}  // namespace

std::vector<TextLine> diagram_text(const Diagram& diagram) {
  if (diagram.lanes.empty()) return {};
  return Picture{diagram}.draw();
}

}  // namespace seatrial::analysis
