#include "scenarios/problems.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "scenarios/characters.hpp"
#include "scenarios/limits.hpp"

namespace seatrial::scenarios {
namespace {

// What is in no file comes last, what is in a file of prices before it.
std::vector<Problem> in_file_order(std::vector<Problem> list, const std::string& prices) {
  const auto key = [&](const Problem& problem) {
    return std::make_tuple(problem.line == 0, problem.path == prices, problem.line, problem.column);
  };
  const auto before = [&](const Problem& a, const Problem& b) { return key(a) < key(b); };
  std::stable_sort(list.begin(), list.end(), before);
  return list;
}

std::string all_lines(const std::vector<Problem>& list) {
  std::string text;
  for (const Problem& problem : list) {
    if (!text.empty()) text += '\n';
    text += to_line(problem);
  }
  return text;
}

}  // namespace

std::string to_line(const Problem& problem, std::string_view severity) {
  std::string text = problem.path;
  if (problem.line > 0) text += fmt::format(":{}:{}", problem.line, problem.column);
  text += fmt::format(": {}: ", severity);
  if (!problem.pointer.empty()) text += problem.pointer + ": ";
  return printable(text + problem.message);
}

ScenarioError::ScenarioError(std::vector<Problem> list)
    : std::runtime_error{all_lines(list)}, problems{std::move(list)} {}

Problem Problems::make(const Place& place, std::string pointer, std::string message) const {
  Problem problem{path_, place.line, place.column, std::move(pointer), std::move(message)};
  if (place.override_index >= 0) {
    problem.path = "--set " + overrides_[static_cast<std::size_t>(place.override_index)];
    problem.line = problem.column = 0;
  } else if (place.of_prices) {
    problem.path = prices_;
    if (problem.pointer.starts_with("/prices")) problem.pointer.erase(0, 7);
  }
  return problem;
}

// The same mistake of the base shows under each policy: once is enough.
void Problems::note(Problem problem, std::vector<Problem>& list) {
  const auto key = [](const Problem& p) {
    return std::tie(p.path, p.line, p.column, p.pointer, p.message);
  };
  const bool known = std::any_of(list.begin(), list.end(),
                                 [&](const Problem& other) { return key(other) == key(problem); });
  if (known || list.size() > most_problems) return;
  if (list.size() == most_problems) {
    problem = {path_, 0, 0, "", fmt::format("more than {}: the rest is not shown", most_problems)};
  }
  list.push_back(std::move(problem));
}

void Problems::add(const Place& place, std::string pointer, std::string message) {
  note(make(place, std::move(pointer), std::move(message)), errors_);
}

void Problems::warn(const Place& place, std::string pointer, std::string message) {
  note(make(place, std::move(pointer), std::move(message)), warnings_);
}

bool Problems::any_under(std::string_view pointer) const {
  return std::any_of(errors_.begin(), errors_.end(), [&](const Problem& problem) {
    const std::string_view own = problem.pointer;
    return own.starts_with(pointer) && (own.size() == pointer.size() || own[pointer.size()] == '/');
  });
}

void Problems::throw_if_any() const {
  if (any()) throw ScenarioError{in_file_order(errors_, prices_)};
}

std::vector<std::string> Problems::warnings() const {
  std::vector<std::string> lines;
  for (const Problem& warning : in_file_order(warnings_, prices_)) {
    lines.push_back(to_line(warning, "warning"));
  }
  return lines;
}

}  // namespace seatrial::scenarios
