#include "scenarios/near_quantity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace seatrial::scenarios {
namespace {

struct Spelling {
  Dimension dimension;
  std::string_view written;  // in small letters
  std::string_view unit;
};

constexpr std::array spellings{
    Spelling{Dimension::duration, "nsec", "ns"},
    Spelling{Dimension::duration, "usec", "us"},
    Spelling{Dimension::duration, "\u00b5s", "us"},
    Spelling{Dimension::duration, "\u03bcs", "us"},
    Spelling{Dimension::duration, "msec", "ms"},
    Spelling{Dimension::duration, "millis", "ms"},
    Spelling{Dimension::duration, "sec", "s"},
    Spelling{Dimension::duration, "secs", "s"},
    Spelling{Dimension::duration, "second", "s"},
    Spelling{Dimension::duration, "seconds", "s"},
    Spelling{Dimension::duration, "m", "min"},
    Spelling{Dimension::duration, "mins", "min"},
    Spelling{Dimension::duration, "minute", "min"},
    Spelling{Dimension::duration, "minutes", "min"},
    Spelling{Dimension::duration, "hour", "h"},
    Spelling{Dimension::duration, "hours", "h"},
    Spelling{Dimension::duration, "day", "d"},
    Spelling{Dimension::duration, "days", "d"},
    Spelling{Dimension::share, "percent", "%"},
    Spelling{Dimension::share, "ppm", "per million"},
    Spelling{Dimension::rate, "/sec", "/s"},
    Spelling{Dimension::rate, "/second", "/s"},
    Spelling{Dimension::rate, "per second", "/s"},
    Spelling{Dimension::rate, "rps", "/s"},
    Spelling{Dimension::rate, "/m", "/min"},
    Spelling{Dimension::rate, "/minute", "/min"},
    Spelling{Dimension::rate, "per minute", "/min"},
    Spelling{Dimension::rate, "/hour", "/h"},
    Spelling{Dimension::rate, "per hour", "/h"},
    Spelling{Dimension::bytes, "bytes", "B"},
    Spelling{Dimension::bytes, "k", "KB"},
    Spelling{Dimension::bytes, "kib", "KB"},
    Spelling{Dimension::bytes, "m", "MB"},
    Spelling{Dimension::bytes, "mib", "MB"},
    Spelling{Dimension::bytes, "g", "GB"},
    Spelling{Dimension::bytes, "gib", "GB"},
    Spelling{Dimension::hours_per_month, "h", "h/month"},
    Spelling{Dimension::hours_per_month, "hours/month", "h/month"},
    Spelling{Dimension::request_units, "rus", "RU"},
};

constexpr std::array<std::string_view, 17> units{"ns", "us", "ms",      "s",         "min", "h",
                                                 "d",  "%",  "/s",      "/min",      "/h",  "B",
                                                 "KB", "MB", "h/month", "min/month", "RU"};

std::string in_small_letters(std::string_view text) {
  std::string small{text};
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

// How many characters at the start are digits and points.
std::size_t number_at_start(std::string_view text) {
  const auto end = std::find_if(text.begin(), text.end(),
                                [](char c) { return (c < '0' || c > '9') && c != '.'; });
  return static_cast<std::size_t>(end - text.begin());
}

std::string meant(std::string_view text) { return fmt::format("; did you mean \"{}\"?", text); }

std::string with_unit(Dimension dimension, const std::string& number, std::string_view unit) {
  const std::string text = number + std::string{unit};
  return parse_quantity(dimension, text) ? text : "";
}

// The same unit in other letters, or another spelling of it.
std::string mended(Dimension dimension, const std::string& number, std::string_view written) {
  const std::string small = in_small_letters(written);
  for (const std::string_view unit : units) {
    if (in_small_letters(unit) != small) continue;
    const std::string text = with_unit(dimension, number, unit);
    if (!text.empty()) return text;
  }
  for (const Spelling& spelling : spellings) {
    if (spelling.dimension == dimension && spelling.written == small)
      return with_unit(dimension, number, spelling.unit);
  }
  return "";
}

std::string near_text(Dimension dimension, std::string_view text) {
  if (text.starts_with('-') && parse_quantity(dimension, text.substr(1)))
    return ", which is negative";
  const std::size_t length = number_at_start(text);
  const std::string number{text.substr(0, length)};
  std::string_view unit = text.substr(length);
  const bool is_spaced = unit.starts_with(' ');
  if (is_spaced) unit.remove_prefix(1);
  if (length == 0) return "";
  if (dimension == Dimension::plain) {
    const bool says_no_more = unit.empty() || unit == "RU/s";
    return says_no_more && parse_quantity(dimension, number)
               ? fmt::format("; did you mean {}?", number)
               : "";
  }
  if (dimension == Dimension::multiplier) {
    const bool is_times = unit.empty() || unit == "x" || unit == "X";
    return is_times && parse_quantity(dimension, "x" + number) ? meant("x" + number) : "";
  }
  const bool keeps_space = is_spaced && dimension != Dimension::rate;
  const std::string better = mended(dimension, keeps_space ? number + ' ' : number, unit);
  return better.empty() ? "" : meant(better);
}

std::string near_number(Dimension dimension, double number) {
  if (number < 0) return "";
  const std::string digits = fmt::format("{}", number);
  if (dimension == Dimension::multiplier) return meant("x" + digits);
  if (dimension == Dimension::request_units) return meant(digits + " RU");
  // A share between 0 and 1, as it is written in programs.
  if (dimension == Dimension::share && number > 0 && number < 1)
    return meant(format_quantity(Dimension::share, number));
  return "";
}

}  // namespace

std::string near_quantity(Dimension dimension, const Node& node) {
  if (node.is(Node::Kind::string)) return near_text(dimension, node.text);
  if (!node.is(Node::Kind::number) || dimension == Dimension::plain) return "";
  return ", which has no unit" + near_number(dimension, node.number);
}

}  // namespace seatrial::scenarios
