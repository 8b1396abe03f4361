// Distributions as a scenario writes them: one value, or an object whose only key is the kind.
//
//   "60ms"                                                            always the same
//   { "uniform": { "from": "10ms", "to": "20ms" } }
//   { "exponential": { "mean": "3ms" } }
//   { "normal": { "mean": "20ms", "standard_deviation": "2ms" } }     below 0 counts as 0
//   { "lognormal": { "median": "3s", "p99": "30s" } }
//   { "pareto": { "at_least": "1ms", "shape": 2.5 } }
//   { "geometric": { "mean": 6 } }                                    counts only: 1, 2, ...
//   { "mixture": [ { "share": "90%", "of": "1ms" }, { "share": "10%", "of": "9ms" } ] }
//   { "percentiles": { "p0": "1ms", "p50": "3ms", "p99": "9ms" } }    linear between, flat outside
//   { "samples": [ "1ms", "3ms", "2ms" ] }                            each equally likely
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "scenarios/json_tree.hpp"
#include "scenarios/quantities.hpp"
#include "sim/random/distribution.hpp"

namespace seatrial::scenarios {

using Report = std::function<void(const Node&, const std::string& pointer, std::string message)>;

// Whether this is an object that names a kind of distribution.
bool names_distribution(const Node&);
// The same, perhaps misspelt, or with something beside it.
bool resembles_distribution(const Node&);

inline constexpr double most_count = 1e6;    // steps of one session: more never end
inline constexpr double least_shape = 0.01;  // a tail this heavy has no use, and overflows

// The regular expression (ECMA-262) of the keys of "percentiles".
std::string percentile_pattern();

// `dimension` is duration or plain (counts). Nothing after a problem was reported.
std::optional<sim::Distribution> read_distribution(const Node&, const std::string& pointer,
                                                   Dimension, const Report&);

// As JSON text. Exact for constant and exponential; for others by percentiles.
std::string format_distribution(const sim::Distribution&, Dimension);

}  // namespace seatrial::scenarios
