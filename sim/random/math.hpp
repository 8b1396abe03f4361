// exp, log and pow that give the same bits on every machine and compiler: the libm of different
// platforms round differently, and a sampled value must not depend on where the run was made.
//
// Law: only + - * / on doubles and integer operations. Errors against the true value: at most
// 0.52 ulp for normal results (one rounding of a value known to about 60 bits), below 2 ulp when
// the result is subnormal. The tests measure both.
// Source of the method: Tang, "Table-driven implementation of the exponential function", ACM TOMS
// 15(2), 1989, and "... of the logarithm function", ACM TOMS 16(4), 1990.
// Not modelled: the floating-point exception flags and rounding modes other than to nearest.
#pragma once

namespace seatrial::sim {

// 0 and infinity where the result underflows and overflows.
double exp(double x);

// -infinity for 0, NaN for a negative number.
double log(double x);

// log(1 + x) without the loss of a small x; x > -1.
double log_one_plus(double x);

// exp(x) - 1 without the loss of a small x.
double exp_minus_one(double x);

// x to the power y for x >= 0; NaN for a negative x, whatever y is.
double pow(double x, double y);

}  // namespace seatrial::sim
