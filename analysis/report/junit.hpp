// The verdicts as JUnit XML, which CI systems show: one suite a policy, one case an objective.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

struct JunitOptions {
  bool strict = false;              // what is inconclusive fails, too
  std::optional<std::size_t> only;  // this policy; none: all, and then a bad baseline is red
};

// An objective that is missed is a failure, with the estimate against the limit and where; one that
// is inconclusive is skipped, or a failure too when `strict`. Well-formed whatever names hold.
std::string junit_xml(const scenarios::Scenario&, const Comparison&, const JunitOptions&);

}  // namespace seatrial::analysis
