// Numbers with units, as a scenario writes them, and back.
//
//   duration  "250ms" "3s" "30min" "2h" "5us" "100ns" "1d"     nanoseconds
//   share     "8%" "10 per million" "5 per thousand"           0.08
//   rate      "140/s" "12/min" "3/h"                           per second
//   bytes     "512 B" "4 KB" "2 MB" "1 GB"                     1 KB is 1,024 bytes, as Cosmos
//   counts multiplier       "x5" "x0.25"                              5 per month        "700
//   h/month" "10 min/month"              hours request units    "12 RU" 12
//
// Law: what a format_ function writes, its parse_ function reads as the same number. A space
// before the unit may be there or not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace seatrial::scenarios {

enum class Dimension {
  duration,
  share,
  rate,
  bytes,
  multiplier,
  hours_per_month,
  request_units,
  plain
};

// What the reader of a file should have written: `a duration like "250ms"`.
std::string_view expected(Dimension);

// In the base unit; nothing if the text is not of this dimension. Negative is nothing, too.
std::optional<double> parse_quantity(Dimension, std::string_view text);

// The regular expression (ECMA-262) of the texts that parse_quantity reads.
std::string quantity_pattern(Dimension);

// As in a file, without quotes.
std::string format_quantity(Dimension, double value);

}  // namespace seatrial::scenarios
