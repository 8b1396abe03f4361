// A distribution of a number, as scenarios state them: a value, cheap to copy, sampled from a
// Stream. It knows no unit; sample_duration takes the number as nanoseconds.
//
//   const Distribution latency = Distribution::lognormal(2e6, 9e6);    // median, p99 in ns
//   const Duration service = latency.sample_duration(stream);
//
// Law: one sample is a pure function of the stream's name, with equal bits on every machine. How
// many words a sample takes may vary from draw to draw (ziggurat, mixture), so draws that must
// stay paired between policies take their own stream each. A constant takes no word.
// Sources: the ziggurat and the alias method (see there); quantiles as in their factories.
// Not modelled: correlation between samples.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "sim/random/stream.hpp"
#include "sim/time.hpp"

namespace seatrial::sim {

struct DistributionTable;

class Distribution {
 public:
  // No sampled duration is longer, so that an Instant plus one never overflows (73 years).
  static constexpr Duration longest = Duration::nanoseconds(INT64_MAX >> 2);

  // Constant 0.
  Distribution() = default;

  static Distribution constant(double value);
  static Distribution uniform(double low, double high);
  static Distribution exponential(double mean);
  static Distribution normal(double mean, double standard_deviation);
  // 0 < median <= p99.
  static Distribution lognormal(double median, double p99);
  // P(X > x) = (minimum / x)^shape; the mean is infinite for shape <= 1.
  static Distribution pareto(double minimum, double shape);
  // How many trials until the first success, that one included: 1, 2, ...; mean >= 1.
  static Distribution geometric(double mean);
  // Weights need not sum to 1.
  static Distribution mixture(const std::vector<std::pair<double, Distribution>>& parts);
  // Knots (probability, value), rising in both: the quantile function is linear between them and
  // flat outside. So a first knot above p = 0 is a floor that takes all the probability below it,
  // and a last knot below p = 1 a ceiling: state p = 0 and p = 1 for a smooth end.
  static Distribution percentiles(std::vector<std::pair<double, double>> knots);
  // Every given value equally likely; their order does not matter.
  static Distribution samples(std::vector<double> values);
  // (weight, value), the order does not matter.
  static Distribution discrete(std::vector<std::pair<double, double>> weighted_values);

  // Of the values: this distribution times `factor` (>= 0), plus `by`.
  Distribution scaled(double factor) const;
  Distribution shifted(double by) const;

  double sample(Stream& stream) const {
    return kind_ == Kind::constant ? first_ : offset_ + factor_ * sample_shape(stream);
  }
  // To the nearest nanosecond, at least 0, at most `longest`.
  Duration sample_duration(Stream& stream) const {
    const double ns = sample(stream) + 0.5;
    if (!(ns >= 1)) return Duration{};
    if (ns >= static_cast<double>(longest.ns())) return longest;
    return Duration::nanoseconds(static_cast<std::int64_t>(ns));
  }

  // Infinity where the integral diverges.
  double mean() const;
  // P(X <= x).
  double cdf(double x) const;
  // The least x with cdf(x) >= p, 0 <= p <= 1; may be infinite at the ends.
  double quantile(double p) const;

  bool is_constant() const { return kind_ == Kind::constant; }
  bool is_zero() const { return is_constant() && first_ == 0; }

  // Stated in the same way: the same kind with the same numbers.
  bool operator==(const Distribution& other) const;

 private:
  enum class Kind : std::uint8_t {
    constant,
    uniform,
    exponential,
    normal,
    lognormal,
    pareto,
    geometric,
    mixture,
    percentiles,
    samples,
    discrete,
  };

  Distribution(Kind kind, double first, double second)
      : kind_{kind}, first_{first}, second_{second} {}
  Distribution(Kind kind, DistributionTable table);

  double sample_shape(Stream& stream) const;
  double shape_mean() const;
  double shape_cdf(double x) const;
  double shape_quantile(double p) const;
  double mixture_quantile(double p) const;

  Kind kind_ = Kind::constant;
  // constant: value; uniform: low, width; exponential: mean; normal: mean, standard deviation;
  // lognormal: median, sigma; pareto: minimum, shape; geometric: mean, 1 / -log(1 - 1 / mean).
  double first_ = 0;
  double second_ = 0;
  double factor_ = 1;
  double offset_ = 0;
  std::shared_ptr<const DistributionTable> table_;
};

}  // namespace seatrial::sim
