#include "sim/random/normal.hpp"

#include <cmath>
#include <limits>

#include "sim/random/math.hpp"

namespace seatrial::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double density(double z) { return 0.398942280401432677940 * exp(-0.5 * z * z); }

// P(Z > z) for z > 0: the smaller side keeps its relative precision.
double upper_tail(double z) {
  if (z > 39) return 0;
  if (z < 1.5) {
    double term = z;
    double series = z;
    for (int n = 3; n < 60; n += 2) series += term *= z * z / n;
    return 0.5 - density(z) * series;
  }
  double fraction = z;
  for (int n = 160; n > 0; --n) fraction = z + n / fraction;
  return density(z) / fraction;
}

// For p <= 1/2: the z with P(Z < -z) = p. Newton's method on the logarithm of the tail, which is
// concave, from an upper bound (the tail is below exp(-z^2/2)): every step falls, until rounding.
double lower_half(double p) {
  const double target = log(p);
  double z = std::sqrt(-2 * target);
  for (int step = 0; step < 60; ++step) {
    const double tail = upper_tail(z);
    const double change = (log(tail) - target) * tail / density(z);
    z += change;
    if (change > -1e-15 * z) break;
  }
  return z;
}

}  // namespace

double normal_cdf(double z) { return z > 0 ? 1 - upper_tail(z) : upper_tail(-z); }

double normal_quantile(double p) {
  constexpr double smallest = 1e-300;  // closer to 0 the density underflows
  if (p <= 0) return -infinity;
  if (p >= 1) return infinity;
  if (p == 0.5) return 0;
  if (p < smallest) p = smallest;
  return p < 0.5 ? -lower_half(p) : lower_half(1 - p);
}

}  // namespace seatrial::sim
