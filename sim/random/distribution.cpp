#include "sim/random/distribution.hpp"

#include <algorithm>

#include "sim/random/distribution_table.hpp"
#include "sim/random/math.hpp"
#include "sim/random/ziggurat.hpp"

namespace seatrial::sim {
namespace {

constexpr double normal_p99 = 2.3263478740408410;  // the standard normal's 0.99 quantile

bool is_finite(double x) { return x - x == 0; }

// Cumulative shares; the last one is exactly 1.
std::vector<double> cumulative(const std::vector<double>& weights) {
  double sum = 0;
  std::vector<double> shares;
  for (const double weight : weights) shares.push_back(sum += weight);
  for (double& share : shares) share = share == sum ? 1 : share / sum;
  return shares;
}

}  // namespace

Distribution::Distribution(Kind kind, DistributionTable table)
    : kind_{kind}, table_{std::make_shared<const DistributionTable>(std::move(table))} {}

Distribution Distribution::constant(double value) {
  SEATRIAL_ASSERT(is_finite(value), "a constant is finite");
  return {Kind::constant, value, 0};
}

Distribution Distribution::uniform(double low, double high) {
  SEATRIAL_ASSERT(low <= high && is_finite(high - low), "a uniform's ends are in order");
  if (low == high) return constant(low);
  return {Kind::uniform, low, high - low};
}

Distribution Distribution::exponential(double mean) {
  SEATRIAL_ASSERT(mean >= 0 && is_finite(mean), "an exponential's mean is not negative");
  if (mean == 0) return constant(0);
  return {Kind::exponential, mean, 0};
}

Distribution Distribution::normal(double mean, double standard_deviation) {
  SEATRIAL_ASSERT(is_finite(mean) && standard_deviation >= 0 && is_finite(standard_deviation),
                  "a standard deviation is not negative");
  if (standard_deviation == 0) return constant(mean);
  return {Kind::normal, mean, standard_deviation};
}

Distribution Distribution::lognormal(double median, double p99) {
  SEATRIAL_ASSERT(median > 0 && median <= p99 && is_finite(p99),
                  "a lognormal has 0 < median <= p99");
  if (median == p99) return constant(median);
  return {Kind::lognormal, median, log(p99 / median) / normal_p99};
}

Distribution Distribution::pareto(double minimum, double shape) {
  SEATRIAL_ASSERT(minimum > 0 && is_finite(minimum) && shape > 0 && is_finite(shape),
                  "a pareto's minimum and shape are positive");
  return {Kind::pareto, minimum, shape};
}

Distribution Distribution::geometric(double mean) {
  SEATRIAL_ASSERT(mean >= 1 && is_finite(mean), "a geometric's mean is at least one trial");
  if (mean == 1) return constant(1);
  return {Kind::geometric, mean, -1 / log_one_plus(-1 / mean)};
}

Distribution Distribution::mixture(const std::vector<std::pair<double, Distribution>>& parts) {
  SEATRIAL_ASSERT(!parts.empty(), "a mixture has a part");
  if (parts.size() == 1) return parts.front().second;
  DistributionTable table;
  std::vector<double> weights;
  for (const auto& [weight, part] : parts) {
    weights.push_back(weight);
    table.part.push_back(part);
  }
  table.alias = Alias{weights};
  table.probability = cumulative(weights);
  return {Kind::mixture, std::move(table)};
}

Distribution Distribution::percentiles(std::vector<std::pair<double, double>> knots) {
  SEATRIAL_ASSERT(!knots.empty(), "percentiles have a knot");
  DistributionTable table;
  for (const auto& [p, value] : knots) {
    SEATRIAL_ASSERT(p >= 0 && p <= 1 && is_finite(value), "a knot is (probability, finite value)");
    SEATRIAL_ASSERT(
        table.value.empty() || (p > table.probability.back() && value >= table.value.back()),
        "knots rise in probability and do not fall in value");
    table.probability.push_back(p);
    table.value.push_back(value);
  }
  if (table.value.front() == table.value.back()) return constant(table.value.front());
  return {Kind::percentiles, std::move(table)};
}

Distribution Distribution::samples(std::vector<double> values) {
  SEATRIAL_ASSERT(!values.empty(), "an empirical distribution has a sample");
  for (const double value : values) SEATRIAL_ASSERT(is_finite(value), "a sample is finite");
  std::sort(values.begin(), values.end());
  if (values.front() == values.back()) return constant(values.front());
  DistributionTable table;
  table.value = std::move(values);
  return {Kind::samples, std::move(table)};
}

Distribution Distribution::discrete(std::vector<std::pair<double, double>> weighted_values) {
  SEATRIAL_ASSERT(!weighted_values.empty(), "a discrete distribution has a value");
  std::sort(weighted_values.begin(), weighted_values.end(), [](const auto& a, const auto& b) {
    return std::pair{a.second, a.first} < std::pair{b.second, b.first};
  });
  DistributionTable table;
  std::vector<double> weights;
  for (const auto& [weight, value] : weighted_values) {
    SEATRIAL_ASSERT(is_finite(value), "a discrete value is finite");
    weights.push_back(weight);
    table.value.push_back(value);
  }
  table.alias = Alias{weights};
  if (table.value.front() == table.value.back()) return constant(table.value.front());
  table.probability = cumulative(weights);
  return {Kind::discrete, std::move(table)};
}

Distribution Distribution::scaled(double factor) const {
  SEATRIAL_ASSERT(factor >= 0 && is_finite(factor), "a distribution is scaled up or down");
  if (factor == 0) return constant(0);
  Distribution result = *this;
  if (is_constant()) {
    result.first_ *= factor;
  } else {
    result.factor_ *= factor;
    result.offset_ *= factor;
  }
  return result;
}

Distribution Distribution::shifted(double by) const {
  SEATRIAL_ASSERT(is_finite(by), "a distribution is shifted by a finite number");
  Distribution result = *this;
  (is_constant() ? result.first_ : result.offset_) += by;
  return result;
}

double Distribution::sample_shape(Stream& stream) const {
  switch (kind_) {
    case Kind::constant:
      return first_;
    case Kind::uniform:
      return first_ + second_ * stream.uniform();
    case Kind::exponential:
      return first_ * standard_exponential(stream);
    case Kind::normal:
      return first_ + second_ * standard_normal(stream);
    case Kind::lognormal:
      return first_ * exp(second_ * standard_normal(stream));
    case Kind::pareto:
      return first_ * exp(standard_exponential(stream) / second_);
    case Kind::geometric: {
      // The smallest whole number not below an exponential one.
      const double trials = second_ * standard_exponential(stream);
      if (trials >= 0x1p53) return trials;
      const double whole = static_cast<double>(static_cast<std::int64_t>(trials));
      return std::max(1.0, whole < trials ? whole + 1 : whole);
    }
    case Kind::mixture: {
      const std::size_t part = table_->alias.sample(stream);
      return table_->part[part].sample(stream);
    }
    case Kind::percentiles:
      return knots_quantile(*table_, stream.uniform());
    case Kind::samples:
      return table_->value[stream.below(table_->value.size())];
    case Kind::discrete:
      return table_->value[table_->alias.sample(stream)];
  }
  return 0;
}

bool Distribution::operator==(const Distribution& other) const {
  const bool same_numbers = kind_ == other.kind_ && first_ == other.first_ &&
                            second_ == other.second_ && factor_ == other.factor_ &&
                            offset_ == other.offset_;
  if (!same_numbers || table_ == other.table_) return same_numbers;
  return table_ && other.table_ && *table_ == *other.table_;
}

}  // namespace seatrial::sim
