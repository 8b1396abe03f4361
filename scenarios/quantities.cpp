#include "scenarios/quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace seatrial::scenarios {
namespace {

// A text is a number and a unit; the unit is worth multiply / divide of the base unit. Two factors,
// because 8 / 100 is the number nearest to 0.08 and 8 * 0.01 is not always.
struct Unit {
  std::string_view name;
  double multiply;
  double divide;
};

// The number of a quantity. Its lengths are limited so that no text of this form is too large or
// too small for a double; so a pattern can say what the parser reads, to the letter.
constexpr std::size_t most_digits = 20, most_decimals = 30, most_exponent_digits = 2;

// From the largest to the smallest.
constexpr std::array duration_units{
    Unit{"d", 86'400e9, 1}, Unit{"h", 3'600e9, 1}, Unit{"min", 60e9, 1}, Unit{"s", 1e9, 1},
    Unit{"ms", 1e6, 1},     Unit{"us", 1e3, 1},    Unit{"ns", 1, 1}};
constexpr std::array share_units{Unit{"%", 1, 100}, Unit{"per thousand", 1, 1e3},
                                 Unit{"per million", 1, 1e6}};
constexpr std::array rate_units{Unit{"/s", 1, 1}, Unit{"/min", 1, 60}, Unit{"/h", 1, 3'600}};
constexpr std::array bytes_units{Unit{"GB", 1'073'741'824, 1}, Unit{"MB", 1'048'576, 1},
                                 Unit{"KB", 1'024, 1}, Unit{"B", 1, 1}};
constexpr std::array month_units{Unit{"h/month", 1, 1}, Unit{"min/month", 1, 60}};
constexpr std::array ru_units{Unit{"RU", 1, 1}};
constexpr std::array plain_units{Unit{"", 1, 1}};

std::span<const Unit> units_of(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return duration_units;
    case Dimension::share:
      return share_units;
    case Dimension::rate:
      return rate_units;
    case Dimension::bytes:
      return bytes_units;
    case Dimension::hours_per_month:
      return month_units;
    case Dimension::request_units:
      return ru_units;
    case Dimension::multiplier:
    case Dimension::plain:
      return plain_units;
  }
  return plain_units;
}

// How many digits stand at the start of `text`.
std::size_t digits(std::string_view text) {
  const auto end =
      std::find_if(text.begin(), text.end(), [](char c) { return c < '0' || c > '9'; });
  return static_cast<std::size_t>(end - text.begin());
}

bool between_one_and(std::size_t most, std::size_t count) { return count >= 1 && count <= most; }

// The length of the number at the start of `text`; 0: there is none, or its digits are too many.
std::size_t number_length(std::string_view text) {
  std::size_t length = digits(text);
  if (!between_one_and(most_digits, length)) return 0;
  if (text.substr(length).starts_with('.')) {
    const std::size_t decimals = digits(text.substr(length + 1));
    if (!between_one_and(most_decimals, decimals)) return 0;
    length += 1 + decimals;
  }
  std::string_view rest = text.substr(length);
  if (!rest.starts_with('e') && !rest.starts_with('E')) return length;
  const std::size_t sign = rest.substr(1).starts_with('+') || rest.substr(1).starts_with('-');
  const std::size_t exponent = digits(rest.substr(1 + sign));
  return between_one_and(most_exponent_digits, exponent) ? length + 1 + sign + exponent : 0;
}

std::string number_pattern() {
  return fmt::format("[0-9]{{1,{}}}(\\.[0-9]{{1,{}}})?([eE][+-]?[0-9]{{1,{}}})?", most_digits,
                     most_decimals, most_exponent_digits);
}

// std::stod would throw at a number near 0. A text that is no number, "inf", is that of nothing.
double number_of(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} ? number : std::nan("");
}

// The shortest text that reads back as `value`.
std::string shortest(double value) { return fmt::format("{}", value); }

// In the unit where the number reads back and is at least 1, or else the shortest one.
std::string in_best_unit(std::span<const Unit> units, double value, std::string_view space) {
  std::string best;
  for (const Unit& unit : units) {
    const double number = value * unit.divide / unit.multiply;
    // Twelve digits hide that 0.07 * 100 is not 7; where they lose something, all digits are shown.
    std::string text = fmt::format("{:.12g}", number);
    const bool few_digits = number_of(text) * unit.multiply / unit.divide == value;
    if (!few_digits) text = shortest(number);
    const bool exact = number_of(text) * unit.multiply / unit.divide == value;
    text += fmt::format("{}{}", unit.name == "%" ? "" : space, unit.name);
    if (few_digits && number >= 1) return text;  // 74s rather than 1.2333333333333334min
    if (exact && (best.empty() || text.size() < best.size())) best = text;
  }
  return best.empty() ? fmt::format("{}{}{}", value, space, units.back().name) : best;
}

}  // namespace

std::string_view expected(Dimension dimension) {
  switch (dimension) {
    case Dimension::duration:
      return "a duration like \"250ms\" or \"3s\" (units ns, us, ms, s, min, h, d)";
    case Dimension::share:
      return "a share like \"8%\" or \"10 per million\"";
    case Dimension::rate:
      return "a rate like \"140/s\" or \"12/min\"";
    case Dimension::bytes:
      return "a size like \"4 KB\" (units B, KB, MB, GB; 1 KB is 1024 B)";
    case Dimension::multiplier:
      return "a multiplier like \"x5\" or \"x0.25\"";
    case Dimension::hours_per_month:
      return "a part of a month like \"700 h/month\" or \"10 min/month\"";
    case Dimension::request_units:
      return "request units like \"12 RU\"";
    case Dimension::plain:
      return "a number like 0.99";
  }
  return "";
}

std::optional<double> parse_quantity(Dimension dimension, std::string_view text) {
  if (dimension == Dimension::multiplier) {
    if (text.empty() || text.front() != 'x') return std::nullopt;
    text.remove_prefix(1);
  }
  const std::size_t length = number_length(text);
  if (length == 0) return std::nullopt;
  double number = 0;
  std::from_chars(text.data(), text.data() + length, number);
  std::string_view unit_text = text.substr(length);
  if (unit_text.starts_with(' ') && unit_text.size() > 1) unit_text.remove_prefix(1);
  for (const Unit& unit : units_of(dimension)) {
    if (unit.name == unit_text) return number * unit.multiply / unit.divide;
  }
  return std::nullopt;
}

std::string quantity_pattern(Dimension dimension) {
  std::string units;
  for (const Unit& unit : units_of(dimension)) {
    units += fmt::format("{}{}", units.empty() ? "" : "|", unit.name);
  }
  if (dimension == Dimension::multiplier) return "^x" + number_pattern() + '$';
  if (dimension == Dimension::plain) return '^' + number_pattern() + '$';
  return fmt::format("^{} ?({})$", number_pattern(), units);
}

std::string format_quantity(Dimension dimension, double value) {
  if (dimension == Dimension::multiplier) return "x" + shortest(value);
  if (dimension == Dimension::plain) return shortest(value);
  if (value == 0) {
    if (dimension == Dimension::duration) return "0s";
    if (dimension == Dimension::share) return "0%";
  }
  const bool spaced = dimension == Dimension::bytes || dimension == Dimension::share ||
                      dimension == Dimension::hours_per_month ||
                      dimension == Dimension::request_units;
  return in_best_unit(units_of(dimension), value, spaced ? " " : "");
}

}  // namespace seatrial::scenarios
