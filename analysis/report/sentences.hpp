// The sentences of a report: who is recommended and why, what goes wrong without it, and why to
// believe it. Plain text; terminal and markdown lay it out.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// "3 of 4 objectives, 2.1 RU an operation (+0.3 over "as is")"
std::string standing_text(const Comparison&, std::size_t policy);

// "misses "other device" (1,300 > 200 per million in surge)"; empty when all are met.
std::string shortfall_text(const scenarios::Scenario&, const Comparison&, std::size_t policy);

// Why the recommended one stands before the runner-up; empty without one.
std::string preference_text(const Comparison&);

// Lines about the wrong reads of the baseline and of every policy that misses an objective about
// them, and the price of the recommended policy.
std::vector<std::string> why_lines(const scenarios::Scenario&, const Comparison&);

// (what, line) pairs: inputs, self-checks, statistics.
std::vector<std::pair<std::string, std::string>> trust_lines(const scenarios::Scenario&,
                                                             const Comparison&);

}  // namespace seatrial::analysis
