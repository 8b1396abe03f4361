#include "analysis/report/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace seatrial::analysis {
namespace {

std::string with_thousands(std::string digits) {
  const std::size_t end = std::min(digits.find('.'), digits.size());
  const std::size_t begin = !digits.empty() && digits.front() == '-' ? 1 : 0;
  for (std::size_t at = end; at > begin + 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

// A share of good operations: as many decimals as its distance from one needs.
std::string percent(double share) {
  const double missing = 100 * std::abs(1 - share);
  if (share < 0.5) return rounded(100 * share) + " %";
  int decimals = 1;
  if (missing > 0)
    decimals = std::clamp(1 - static_cast<int>(std::floor(std::log10(missing))), 1, 6);
  std::string text = fmt::format("{:.{}f}", 100 * share, decimals);
  while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.')) {
    const bool point = text.back() == '.';
    text.pop_back();
    if (point) break;
  }
  return text + " %";
}

std::string milliseconds(double ns) {
  const double ms = ns / 1e6;
  return std::abs(ms) >= 10'000 ? rounded(ms / 1000) + " s" : rounded(ms) + " ms";
}

// Whether the interval excludes next to nothing that the value could be.
bool says_nothing(const Interval& interval, Shown shown) {
  if (!(interval.low > 0) && !std::isfinite(interval.high)) return true;
  const bool is_share = shown == Shown::per_million || shown == Shown::percent;
  return is_share && interval.low <= 0 && interval.high >= 1;
}

// The lower end is cut off at nothing, which says nothing.
bool is_open_below(const Interval& interval, Shown shown) {
  return shown != Shown::per_million && shown != Shown::percent && interval.low == 0 &&
         interval.estimate > 0;
}

}  // namespace

Shown shown_as(const Metric& metric) {
  switch (metric.unit) {
    case Unit::share:
      return metric.name == "availability" || metric.name == "degraded" ||
                     metric.name == "throttled" || metric.name == "stale"
                 ? Shown::percent
                 : Shown::per_million;
    case Unit::nanoseconds:
      return Shown::milliseconds;
    case Unit::request_units:
      return Shown::request_units;
    case Unit::bytes:
      return Shown::bytes;
    default:
      return Shown::plain;
  }
}

std::string rounded(double value) {
  if (!std::isfinite(value)) return "?";
  if (value == 0) return "0";
  const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
  if (magnitude > 300 || magnitude < -6) return fmt::format("{:.2g}", value);
  const int decimals = std::clamp(2 - magnitude, 0, 8);
  if (magnitude > 2) {
    const double step = std::pow(10.0, magnitude - 2);
    value = std::round(value / step) * step;
  }
  std::string text = fmt::format("{:.{}f}", value, decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return with_thousands(text);
}

std::string value_text(double value, Shown shown) {
  if (!std::isfinite(value)) return "?";
  switch (shown) {
    case Shown::per_million:
      return rounded(value * 1e6);
    case Shown::percent:
      return percent(value);
    case Shown::milliseconds:
      return milliseconds(value);
    default:
      return rounded(value);
  }
}

std::string unit_text(Shown shown) {
  if (shown == Shown::per_million) return "per million";
  if (shown == Shown::request_units) return "RU";
  if (shown == Shown::bytes) return "bytes";
  return "";
}

std::string short_text(const Interval& interval, Shown shown) {
  if (!interval.defined) return "-";
  const std::string estimate = value_text(interval.estimate, shown);
  if (!interval.zero_bound) return estimate;
  if (says_nothing(interval, shown)) return "too few to say";
  if (interval.estimate > 0.5) return estimate + " >" + value_text(interval.low, shown);
  return estimate + " <" + value_text(interval.high, shown);
}

std::string bracket_text(const Interval& interval, Shown shown) {
  if (!interval.defined) return "";
  if (says_nothing(interval, shown)) return "[too few to say]";
  if (interval.zero_bound)
    return (interval.estimate > 0.5 ? "(> " + value_text(interval.low, shown)
                                    : "(< " + value_text(interval.high, shown)) +
           ")";
  if (is_open_below(interval, shown))
    return fmt::format("[at most {}]", value_text(interval.high, shown));
  if (!std::isfinite(interval.high))
    return fmt::format("[at least {}]", value_text(interval.low, shown));
  return fmt::format("[{}, {}]", value_text(interval.low, shown), value_text(interval.high, shown));
}

std::string long_text(const Interval& interval, Shown shown) {
  if (!interval.defined) return "-";
  return value_text(interval.estimate, shown) + " " + bracket_text(interval, shown);
}

std::string signed_text(double difference, Shown shown) {
  return (difference > 0 ? "+" : "") + value_text(difference, shown);
}

double nine_digits(double value) {
  if (value == 0) return 0;  // never -0
  const std::string text = fmt::format("{:.9g}", value);
  double shortened = 0;
  std::from_chars(text.data(), text.data() + text.size(), shortened);
  return shortened;
}

std::string counted(std::uint64_t count, const std::string& noun, const std::string& plural) {
  const std::string several = plural.empty() ? noun + "s" : plural;
  return with_thousands(std::to_string(count)) + " " + (count == 1 ? noun : several);
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines;
  std::istringstream words{text};
  for (std::string word; words >> word;) {
    if (!lines.empty() && width_of(lines.back()) + 1 + width_of(word) <= width)
      lines.back() += " " + word;
    else
      lines.push_back(word);
  }
  return lines;
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
  }));
}

std::string padded(const std::string& text, std::size_t width) {
  const std::size_t used = width_of(text);
  return used < width ? text + std::string(width - used, ' ') : text;
}

std::string count_text(double count) {
  if (count >= 1e9) return rounded(count / 1e9) + " billion";
  if (count >= 1e6) return rounded(count / 1e6) + " million";
  return with_thousands(fmt::format("{:.0f}", count));
}

std::string duration_text(double nanoseconds) {
  return nanoseconds >= 1e9 ? rounded(nanoseconds / 1e9) + " s"
                            : rounded(nanoseconds / 1e6) + " ms";
}

std::string seconds_text(double seconds) {
  if (seconds < 1) return "less than 1 s";
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  if (seconds < 5400) return fmt::format("{:.0f} min", seconds / 60);
  return fmt::format("{:.1f} h", seconds / 3600);
}

}  // namespace seatrial::analysis
