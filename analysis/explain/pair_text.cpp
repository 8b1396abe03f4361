#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain/diagram_text.hpp"
#include "analysis/explain/text_width.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t between = 4;
constexpr std::size_t widest_text = 100;
constexpr std::size_t longest_name = 40;

std::string painted(const TextLine& line, bool colour) {
  if (!colour || line.role == Role::plain) return line.text;
  const bool bad = line.role == Role::missing || line.role == Role::wrong;
  return fmt::format("\x1b[{}m{}\x1b[0m", bad ? 31 : 32, line.text);
}

// The picture with its policy and verdict over it.
std::vector<TextLine> titled(const Diagram& diagram) {
  const auto plain = [](std::string text, Role role) {
    const std::size_t columns = columns_of(text);
    return TextLine{std::move(text), columns, role};
  };
  std::vector<TextLine> lines;
  lines.push_back(plain(fmt::format("\"{}\"", fitted(diagram.policy, longest_name)), Role::plain));
  lines.push_back(
      plain(fitted(diagram.verdict, widest_text), diagram.wrong ? Role::wrong : Role::right));
  lines.push_back({});
  for (TextLine& line : diagram_text(diagram)) lines.push_back(std::move(line));
  return lines;
}

std::size_t widest_of(const std::vector<TextLine>& lines) {
  std::size_t columns = 0;
  for (const TextLine& line : lines) columns = std::max(columns, line.columns);
  return columns;
}

std::string beside(const std::vector<TextLine>& left, const std::vector<TextLine>& right,
                   bool colour) {
  const std::size_t column = widest_of(left) + between;
  std::string text;
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const TextLine one = i < left.size() ? left[i] : TextLine{};
    text += painted(one, colour);
    if (i < right.size() && right[i].columns > 0)
      text += std::string(column - one.columns, ' ') + painted(right[i], colour);
    text += "\n";
  }
  return text;
}

std::string below(const std::vector<TextLine>& lines, bool colour) {
  std::string text;
  for (const TextLine& line : lines) text += painted(line, colour) + "\n";
  return text;
}

std::string paragraph(std::string_view text, std::size_t columns, std::string_view first) {
  std::string lines;
  for (const std::string& line : wrapped(text, columns - first.size())) {
    lines += lines.empty() ? std::string{first} : std::string(first.size(), ' ');
    lines += line + "\n";
  }
  return lines;
}

}  // namespace

std::string pair_text(const SameReadTwice& pair, std::size_t columns, bool colour) {
  const std::size_t text_columns = std::clamp<std::size_t>(columns, 40, widest_text);
  std::string text = fmt::format("violation {}: {}, {}\n", pair.number,
                                 guarantee_names[static_cast<std::size_t>(pair.guarantee)],
                                 cause_names[static_cast<std::size_t>(pair.cause)]);
  text += paragraph(pair.sentence, text_columns, "") + "\n";
  const std::vector<TextLine> left = titled(pair.left);
  const std::vector<TextLine> right = titled(pair.right);
  const bool fits = widest_of(left) + between + widest_of(right) <= columns;
  text += fits ? beside(left, right, colour) : below(left, colour) + "\n" + below(right, colour);
  text += "\n";
  for (const std::string& fact : pair.evidence) text += paragraph(fact, text_columns, "  - ");
  return text;
}

}  // namespace seatrial::analysis
