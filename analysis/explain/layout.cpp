#include "analysis/explain/layout.hpp"

#include <algorithm>
#include <numeric>

#include "analysis/explain/scene.hpp"
#include "analysis/explain/text_width.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t widest_head = 18;
constexpr std::size_t widest_label = 40;
constexpr std::size_t around_label = 5;  // ├─ label ─>, without the lane at the end
constexpr std::size_t between_heads = 2;

std::size_t half(std::size_t columns) { return columns / 2 + columns % 2; }

}  // namespace

std::string Layout::time_text(models::Duration at) {
  if (at == models::Duration{}) return "0 ms";
  return (at > models::Duration{} ? "+" : "") + instant_text(at);
}

std::string Layout::label_of(const Message& message) {
  std::string label = fitted(message.label, widest_label);
  if (message.role == Role::saving) label = "✓ " + label;
  if (message.role == Role::missing) label = "✗ " + label;
  if (!message.arrives) return label + " · lost";
  const models::Duration way = *message.arrives - message.sent;
  return way < models::Duration::milliseconds(1) ? label : label + " · " + ms_text(way);
}

std::string Layout::label_of(const Mark& mark) { return fitted(mark.label, widest_label); }

Layout::Layout(const Diagram& diagram) {
  cut_heads(diagram);
  make_room_for_messages(diagram);
  make_room_for_marks(diagram);
  const auto widest = [this](std::size_t lane) {
    return std::max(columns_of(heads_[lane].label), columns_of(heads_[lane].place));
  };
  std::size_t at = time_columns + half(widest(0));
  for (std::size_t lane = 0; lane < heads_.size(); ++lane) {
    at_.push_back(at);
    if (lane < gaps_.size()) at += gaps_[lane];
  }
  columns_ = at + half(widest(heads_.size() - 1)) + 1;
  for (const Mark& mark : diagram.marks) {
    if (is_right_of_lane(mark))
      columns_ = std::max(columns_, at_[mark.lane] + columns_of(label_of(mark)) + 3);
  }
}

void Layout::cut_heads(const Diagram& diagram) {
  for (const Lane& lane : diagram.lanes)
    heads_.push_back({fitted(lane.label, widest_head), fitted(lane.place, widest_head)});
  for (std::size_t lane = 1; lane < heads_.size(); ++lane) {
    const auto columns = [](const Head& head) {
      return std::max(columns_of(head.label), columns_of(head.place));
    };
    gaps_.push_back(half(columns(heads_[lane - 1])) + half(columns(heads_[lane])) + between_heads);
  }
}

void Layout::make_room(std::size_t left, std::size_t right, std::size_t columns) {
  const auto begin = gaps_.begin() + static_cast<std::ptrdiff_t>(left);
  const auto end = gaps_.begin() + static_cast<std::ptrdiff_t>(right);
  for (std::size_t room = std::accumulate(begin, end, std::size_t{0}); room < columns; ++room)
    ++*std::min_element(begin, end);
}

// Short ways first: what they need serves the long ones as well.
void Layout::make_room_for_messages(const Diagram& diagram) {
  for (std::size_t length = 1; length <= gaps_.size(); ++length)
    for (const Message& message : diagram.messages) {
      const auto [left, right] = std::minmax(message.from, message.to);
      if (right - left != length) continue;
      make_room(left, right, columns_of(label_of(message)) + around_label);
    }
}

// Marks cover other lanes, but not both ends of the picture.
void Layout::make_room_for_marks(const Diagram& diagram) {
  for (const Mark& mark : diagram.marks) {
    if (gaps_.empty()) return;
    const std::size_t needs = columns_of(label_of(mark)) + 2;
    const bool to_the_left = mark.lane * 2 > gaps_.size();
    make_room(to_the_left ? 0 : mark.lane, to_the_left ? mark.lane : gaps_.size(), needs);
  }
}

bool Layout::is_right_of_lane(const Mark& mark) const { return mark.lane * 2 <= gaps_.size(); }

}  // namespace seatrial::analysis
