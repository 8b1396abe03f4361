// Numbers of about 106 bits as an unevaluated sum of two doubles, for the tables and the last
// bits of math.cpp. Only + - * /: equal on every machine that rounds as IEEE 754 says.
// Source: Dekker, "A floating-point technique for extending the available precision", 1971;
// Knuth, The Art of Computer Programming, vol. 2, 4.2.2 (the sum).
#pragma once

namespace seatrial::sim {

struct DoubleDouble {
  double high = 0;
  double low = 0;
};

// Exact, provided that |large| >= |small| or large is 0.
constexpr DoubleDouble sum_ordered(double large, double small) {
  const double high = large + small;
  return {high, small - (high - large)};
}

// Exact for any two numbers.
constexpr DoubleDouble sum_exactly(double a, double b) {
  const double high = a + b;
  const double part = high - a;
  return {high, (a - (high - part)) + (b - part)};
}

// The upper 26 bits of a number's 53, so that products of halves are exact.
constexpr double upper_half(double a) {
  const double shifted = a * 134217729.0;
  return shifted - (shifted - a);
}

constexpr DoubleDouble product_exactly(double a, double b) {
  const double high = a * b;
  const double a_high = upper_half(a);
  const double a_low = a - a_high;
  const double b_high = upper_half(b);
  const double b_low = b - b_high;
  return {high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble sum = sum_exactly(a.high, b.high);
  return sum_ordered(sum.high, sum.low + (a.low + b.low));
}

constexpr DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = product_exactly(a.high, b.high);
  return sum_ordered(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr DoubleDouble operator/(DoubleDouble a, double b) {
  const double first = a.high / b;
  const DoubleDouble back = product_exactly(first, b);
  const double rest = ((a.high - back.high) - back.low + a.low) / b;
  return sum_ordered(first, rest);
}

}  // namespace seatrial::sim
