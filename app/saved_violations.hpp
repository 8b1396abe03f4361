// The examples of wrong reads in a results.json, as `explain` needs them: enough to find each again
// in a run of the same scenario.
#pragma once

#include <string>
#include <vector>

#include "analysis/violation.hpp"
#include "app/results_file.hpp"

namespace seatrial::app {

struct SavedViolation {
  analysis::NumberedViolation numbered;  // of the read: who, which operation, and when
  std::string policy, phase, region, data_class;
};

// Throws UsageError with the place of what is missing or of another kind.
std::vector<SavedViolation> saved_violations_of(const ResultsFile&);

}  // namespace seatrial::app
