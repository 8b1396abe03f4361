#include "scenarios/nearest_name.hpp"

#include <algorithm>

#include "scenarios/json_tree.hpp"

namespace seatrial::scenarios {
namespace {

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

std::string did_you_mean(std::string_view wrong, std::span<const std::string> known) {
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(wrong.size() / 3, 1) + 1;
  for (const std::string& name : known) {
    if (name.empty()) continue;
    const std::size_t distance = edit_distance(lower(wrong), lower(name));
    if (distance >= least || distance >= name.size()) continue;
    least = distance;
    best = &name;
  }
  return best == nullptr ? "" : "; did you mean " + quoted(*best) + "?";
}

std::string near_or_listed(std::string_view wrong, std::span<const std::string> known) {
  const std::string hint = did_you_mean(wrong, known);
  return hint.empty() && !known.empty() ? "; there is " + listed(known) : hint;
}

std::string listed(std::span<const std::string> names, std::string_view command) {
  constexpr std::size_t most_shown = 12, shown_of_more = 8;
  const std::size_t shown = names.size() <= most_shown ? names.size() : shown_of_more;
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
    text += quoted(names[i]);
  }
  if (shown == names.size()) return text;
  text += ", ...";
  return command.empty() ? text : text + " (all: " + quoted(command) + ")";
}

}  // namespace seatrial::scenarios
