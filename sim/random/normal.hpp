// The standard normal distribution function and its inverse, with equal bits on every machine
// (libm's erfc is not). Relative error below 1e-12 for |z| <= 37.
// Source: Marsaglia, "Evaluating the normal distribution", JSS 11(4), 2004 (the series); the
// continued fraction of Mills' ratio (Laplace) for the tails.
#pragma once

namespace seatrial::sim {

double normal_cdf(double z);

// 0 <= p <= 1; infinite at the ends.
double normal_quantile(double p);

}  // namespace seatrial::sim
