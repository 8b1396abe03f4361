// Why reads were wrong, in words: shares of causes, of regions and of phases.
#pragma once

#include <string>

#include "analysis/report/page_data.hpp"

namespace seatrial::analysis {

// What a cause means, for who has not read the documentation.
std::string cause_sentence(const models::WorldConfig&, Cause);

// Of all guarantees, those that occurred, the most frequent of each first.
std::vector<data::CauseCount> cause_counts(const models::WorldConfig&, const WrongReads&);

// Lines about the wrong reads of the baseline and of every policy that misses an objective about
// them, and the price of the recommended policy.
std::vector<std::string> why_lines(const scenarios::Scenario&, const Comparison&);

}  // namespace seatrial::analysis
