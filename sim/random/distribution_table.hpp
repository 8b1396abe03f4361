// What the distributions that are given as lists share: their values in rising order, the
// cumulative probability of each, and the table of the alias method.
#pragma once

#include <vector>

#include "sim/random/alias.hpp"
#include "sim/random/distribution.hpp"

namespace seatrial::sim {

struct DistributionTable {
  std::vector<double> value;
  // percentiles: of the knot; discrete, mixture: of this and all before it.
  std::vector<double> probability;
  std::vector<Distribution> part;
  Alias alias;

  bool operator==(const DistributionTable&) const = default;
};

// The piecewise-linear quantile function of `percentiles`.
double knots_quantile(const DistributionTable& knots, double p);

}  // namespace seatrial::sim
