#include "sim/random/math.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "sim/random/double_double.hpp"

namespace seatrial::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr DoubleDouble log_of_two{0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};

constexpr double keep_bits(double x, int mantissa_bits) {
  const std::uint64_t mask = ~std::uint64_t{0} << (52 - mantissa_bits);
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) & mask);
}

// ---- exp: x = (128 k + j) log(2)/128 + r, so exp(x) = 2^k * 2^(j/128) * exp(r), |r| < 0.0028.

constexpr int steps = 128;

constexpr std::array<DoubleDouble, steps> make_powers_of_two() {
  DoubleDouble root{1, 0};
  const DoubleDouble x = log_of_two / steps;
  for (int n = 14; n > 0; --n) root = DoubleDouble{1, 0} + (root * x) / n;
  std::array<DoubleDouble, steps> powers{};
  powers[0] = {1, 0};
  for (std::size_t j = 1; j < steps; ++j) powers[j] = powers[j - 1] * root;
  return powers;
}

constexpr std::array<DoubleDouble, steps> powers_of_two = make_powers_of_two();

// The first part has 32 bits, so that its product with 128 k + j (18 bits) is exact.
constexpr double step_high = keep_bits(log_of_two.high / steps, 31);
constexpr double step_low = (log_of_two.high / steps - step_high) + log_of_two.low / steps;

// Times 2^exponent, rounding once more only if the result is subnormal.
double scale(double x, std::int64_t exponent) {
  const auto power = [](std::int64_t e) {
    return std::bit_cast<double>(static_cast<std::uint64_t>(e + 1023) << 52);
  };
  if (exponent > 1000) return x * power(1000) * power(exponent - 1000);
  if (exponent < -1000) return x * power(exponent + 200) * power(-200);
  return x * power(exponent);
}

double exp_of(DoubleDouble x) {
  if (x.high > 709.79) return infinity;
  if (x.high < -745.14) return 0;
  // Adding 1.5 * 2^52 rounds to a whole number, which the low bits of the sum then spell out.
  constexpr double rounder = 0x1.8p52;
  const double rounded = x.high * (steps / log_of_two.high) + rounder;
  const double count = rounded - rounder;
  const std::int64_t n =
      static_cast<std::int64_t>(std::bit_cast<std::uint64_t>(rounded) << 13) >> 13;
  const double r = ((x.high - count * step_high) - count * step_low) + x.low;
  const double square = r * r;
  const double minus_one =
      r + square * ((0.5 + r * (1.0 / 6)) + square * (1.0 / 24 + r * (1.0 / 120)));
  const DoubleDouble root = powers_of_two[static_cast<std::size_t>(n & (steps - 1))];
  return scale(root.high + (root.low + root.high * minus_one), n >> 7);
}

// ---- log: x = 2^k z with z in [0.6875, 1.375), and log(z) = log(1 + r) - log(c), r = z c - 1,
// where c is a fraction of 256 close to 1/z, so |r| < 2^-7 and r is exact in two doubles. Around
// z = 1, c is 1, so that the logarithm of a number close to 1 keeps all its bits.

constexpr std::uint64_t lowest_z = std::bit_cast<std::uint64_t>(0.6875);

struct LogCell {
  double inverse;
  DoubleDouble log;
};

// -log(c) = 2 atanh((1 - c) / (1 + c)) by its series.
constexpr DoubleDouble minus_log(double c) {
  const DoubleDouble s = DoubleDouble{1 - c, 0} / (1 + c);
  const DoubleDouble square = s * s;
  DoubleDouble series{};
  for (int n = 47; n > 0; n -= 2) series = series * square + DoubleDouble{1, 0} / n;
  const DoubleDouble half = s * series;
  return {2 * half.high, 2 * half.low};
}

constexpr std::array<LogCell, steps> make_log_cells() {
  constexpr int cells_below_one = 80;  // [176/256, 256/256), then 48 of width 1/128
  std::array<LogCell, steps> cells{};
  for (int i = 0; i < steps; ++i) {
    const double middle =
        i < cells_below_one ? (176 + i + 0.5) / 256 : (128 + (i - cells_below_one) + 0.5) / 128;
    const bool touches_one = i == cells_below_one - 1 || i == cells_below_one;
    const double inverse = touches_one ? 1 : static_cast<int>(256 / middle + 0.5) / 256.0;
    cells[static_cast<std::size_t>(i)] = {inverse, minus_log(inverse)};
  }
  return cells;
}

constexpr std::array<LogCell, steps> log_cells = make_log_cells();

// The first part has 42 bits, so that its product with an exponent is exact.
constexpr double log_two_high = keep_bits(log_of_two.high, 41);
constexpr double log_two_low = (log_of_two.high - log_two_high) + log_of_two.low;

// log(1 + r) - r + r^2/2
double log_series(double r) {
  const double square = r * r;
  const double low = (1.0 / 3 - r * (1.0 / 4)) + square * (1.0 / 5 - r * (1.0 / 6));
  const double high = (1.0 / 7 - r * (1.0 / 8)) + square * (1.0 / 9 - r * (1.0 / 10));
  return square * r * (low + square * square * high);
}

// For normal numbers above 0; `exponent` is added to the binary one.
DoubleDouble log_of(double x, std::int64_t exponent) {
  const std::uint64_t above = std::bit_cast<std::uint64_t>(x) - lowest_z;
  const LogCell& cell = log_cells[(above >> 45) & (steps - 1)];
  exponent += static_cast<std::int64_t>(above) >> 52;
  const double z =
      std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - (above & (~std::uint64_t{0} << 52)));
  const double z_high = keep_bits(z, 25);
  const DoubleDouble r = sum_exactly(z_high * cell.inverse - 1, (z - z_high) * cell.inverse);
  const double r_high = keep_bits(r.high, 25);

  const double k = static_cast<double>(exponent);
  const DoubleDouble base = sum_exactly(k * log_two_high, cell.log.high);
  const DoubleDouble linear = sum_exactly(base.high, r.high);
  const DoubleDouble quadratic = sum_exactly(linear.high, -0.5 * r_high * r_high);
  const double rest = (base.low + (k * log_two_low + cell.log.low)) + linear.low + quadratic.low +
                      (r.low - r.low * r.high) - 0.5 * (r.high - r_high) * (r.high + r_high) +
                      log_series(r.high);
  return sum_ordered(quadratic.high, rest);
}

DoubleDouble log_of(double x) {
  if (x < std::numeric_limits<double>::min()) return log_of(x * 0x1p54, -54);
  return log_of(x, 0);
}

}  // namespace

double exp(double x) {
  if (!(x == x)) return x;
  return exp_of({x, 0});
}

double log(double x) {
  if (x == 0) return -infinity;
  if (!(x > 0)) return nan;
  if (x == infinity) return x;
  const DoubleDouble result = log_of(x);
  return result.high + result.low;
}

double log_one_plus(double x) {
  const DoubleDouble sum = sum_exactly(1, x);
  if (sum.high == 1) return x;
  return log(sum.high) + sum.low / sum.high;
}

double exp_minus_one(double x) {
  if (x > 0.35 || x < -0.35) return exp(x) - 1;
  double series = 0;
  for (int n = 14; n > 1; --n) series = (series + 1) * x / n;
  return x + x * series;
}

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (!(x >= 0) || !(y == y)) return nan;
  if (x == 0 || x == infinity) return (x == 0) == (y > 0) ? 0 : infinity;
  const DoubleDouble base = log_of(x);
  const double estimate = y * base.high;
  if (estimate > 800) return infinity;
  if (estimate < -800) return 0;
  const DoubleDouble product = product_exactly(base.high, y);
  return exp_of(sum_ordered(product.high, product.low + y * base.low));
}

}  // namespace seatrial::sim
