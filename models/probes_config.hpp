// What is looked at beside the workload, by operations that nobody sends.
#pragma once

#include <vector>

#include "models/fields.hpp"

namespace seatrial::models {

// Reads at some offsets after commits: do they see what was committed, or something newer?
struct FreshnessConfig {
  bool present = false;
  std::vector<Duration> after_commit;
  std::int64_t every = 1;  // commit
  double level = 0.999;    // of t-visibility
};

struct ProbesConfig {
  FreshnessConfig freshness;
};

void describe(FieldVisitor&, ProbesConfig&);

}  // namespace seatrial::models
