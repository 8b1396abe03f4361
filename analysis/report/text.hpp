// Numbers as people read them: three significant digits, a unit, thousands apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/statistics/metric.hpp"

namespace seatrial::analysis {

// How a metric's value is shown.
enum class Shown : std::uint8_t { per_million, percent, milliseconds, request_units, plain, bytes };
Shown shown_as(const Metric&);

// "20,800", "41", "0.4": three significant digits.
std::string rounded(double value);

// With its unit where a column's head does not say it: "20,800", "99.98 %", "15 ms", "3.12".
std::string value_text(double value, Shown);

// The unit that a head must add: "per million", "RU", or nothing.
std::string unit_text(Shown);

// "0 <0.4" behind a zero, else the estimate alone; "-" when there was nothing to measure, "too few
// to say" behind a zero that bounds nothing.
std::string short_text(const Interval&, Shown);

// "20,800 [20,600, 21,000]", "15 ms [at least 14 ms]", "63 ms [at most 159 ms]"; "[too few to say]"
// when the interval excludes next to nothing.
std::string long_text(const Interval&, Shown);

// The second half of it: "[20,600, 21,000]", "(< 0.4)", "[too few to say]"; empty when undefined.
std::string bracket_text(const Interval&, Shown);

// "+154 ms", "-0.2".
std::string signed_text(double difference, Shown);

// Nine significant digits: beyond what any interval knows, and short of where mathematical
// libraries differ.
double nine_digits(double value);

// "1 policy", "48,213 replications"; the plural is the noun with "s" unless given.
std::string counted(std::uint64_t count, const std::string& noun, const std::string& plural = "");

// "a, b and c".
std::string joined(const std::vector<std::string>&);

// Lines of at most `width` characters, where no word is longer.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

// In characters, not bytes.
std::size_t width_of(std::string_view text);

// With blanks behind it.
std::string padded(const std::string& text, std::size_t width);

// "279 million", "48,213".
std::string count_text(double count);

// "0.4 s", "60 ms".
std::string duration_text(double nanoseconds);

// "92 s", "4 min 10 s".
std::string seconds_text(double seconds);

}  // namespace seatrial::analysis
