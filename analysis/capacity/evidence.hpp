// Whether a run will see enough to decide an objective: how many operations could violate it, by
// closed form, against how many are needed to pass when none does. The formulas are those of the
// intervals (statistics/interval.hpp), at the confidence at which `compare` reads them all.
//
//   share       -ln(alpha) x burst / limit operations that could have violated it
//   percentile  z^2 p / (1 - p) good operations, so that an order statistic lies above it
//
// An operation belongs to the phase in which it is invoked, and its session to the one in which it
// arrived: the time between the two is taken to be exponential.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

struct Evidence {
  std::string objective;
  std::string phase;        // of the objective's part that has the least
  std::string region;       // empty: all together
  std::string of;           // "reads that had an own write to see"
  double each_run = 0;      // expected in one replication
  double burst = 1;         // so many count as one
  double needed = 0;        // in all replications; 0: any number will do; NaN: nobody knows
  double replications = 0;  // that give as many: at least 2; infinite: none do; NaN: nobody knows
};

// One for each objective, in the order of the scenario.
std::vector<Evidence> evidence_for(const scenarios::Scenario&);

// In one replication of a policy's world: operations that could violate the metric, by phase, of
// all regions together.
struct Expected {
  std::vector<double> by_phase;
  double burst = 1;
};
Expected expected_opportunities(const models::WorldConfig&, const std::string& metric,
                                const std::string& data_class);

}  // namespace seatrial::analysis
