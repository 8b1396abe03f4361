// Quantiles of the textbook distributions that intervals are made of. One door to Boost.Math, in
// double precision only, because a long double differs between platforms.
#pragma once

namespace seatrial::analysis {

// The value that a standard normal variable stays below with `probability`.
double normal_quantile(double probability);

// The same of Student's t; degrees_of_freedom > 0.
double student_t_quantile(double probability, double degrees_of_freedom);

// The same of the beta distribution; alpha and beta > 0.
double beta_quantile(double probability, double alpha, double beta);

}  // namespace seatrial::analysis
