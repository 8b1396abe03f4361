// The exact side of a distribution: mean, distribution function and quantiles.
#include <algorithm>
#include <limits>

#include "sim/random/distribution_table.hpp"
#include "sim/random/math.hpp"
#include "sim/random/normal.hpp"

namespace seatrial::sim {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double whole_below(double x) {
  if (x >= 0x1p53) return x;
  return static_cast<double>(static_cast<std::int64_t>(x));
}

double knots_mean(const DistributionTable& knots) {
  const auto& p = knots.probability;
  const auto& value = knots.value;
  double mean = p.front() * value.front() + (1 - p.back()) * value.back();
  for (std::size_t i = 1; i < p.size(); ++i) {
    mean += (p[i] - p[i - 1]) * (value[i - 1] + (value[i] - value[i - 1]) / 2);
  }
  return mean;
}

double knots_cdf(const DistributionTable& knots, double x) {
  const auto& p = knots.probability;
  const auto& value = knots.value;
  if (x < value.front()) return 0;
  if (x >= value.back()) return 1;
  const auto above = std::upper_bound(value.begin(), value.end(), x) - value.begin();
  const auto right = static_cast<std::size_t>(above);
  const std::size_t left = right - 1;
  return p[left] + (p[right] - p[left]) * ((x - value[left]) / (value[right] - value[left]));
}

// The share of things before `above`, where `shares` are cumulative.
double share_below(const std::vector<double>& shares, std::size_t above) {
  return above == 0 ? 0 : shares[above - 1];
}

std::size_t values_up_to(const DistributionTable& table, double x) {
  return static_cast<std::size_t>(std::upper_bound(table.value.begin(), table.value.end(), x) -
                                  table.value.begin());
}

double samples_quantile(const std::vector<double>& value, double p) {
  const double rank = p * static_cast<double>(value.size());
  const double whole = whole_below(rank);
  const auto at_least = static_cast<std::size_t>(whole) + (whole < rank ? 1 : 0);
  return value[std::clamp<std::size_t>(at_least, 1, value.size()) - 1];
}

double discrete_quantile(const DistributionTable& table, double p) {
  std::size_t i = 0;
  while (table.probability[i] < p || table.probability[i] == 0) ++i;
  return table.value[i];
}

}  // namespace

double knots_quantile(const DistributionTable& knots, double p) {
  const auto& probability = knots.probability;
  if (p <= probability.front()) return knots.value.front();
  if (p >= probability.back()) return knots.value.back();
  std::size_t right = 1;
  if (probability.size() > 16) {
    right = static_cast<std::size_t>(std::lower_bound(probability.begin(), probability.end(), p) -
                                     probability.begin());
  } else {
    while (probability[right] < p) ++right;
  }
  const std::size_t left = right - 1;
  const double part = (p - probability[left]) / (probability[right] - probability[left]);
  return knots.value[left] + part * (knots.value[right] - knots.value[left]);
}

double Distribution::mean() const { return offset_ + factor_ * shape_mean(); }

double Distribution::cdf(double x) const { return shape_cdf((x - offset_) / factor_); }

double Distribution::quantile(double p) const {
  SEATRIAL_ASSERT(p >= 0 && p <= 1, "a quantile is asked for by a probability");
  return offset_ + factor_ * shape_quantile(p);
}

double Distribution::shape_mean() const {
  switch (kind_) {
    case Kind::constant:
    case Kind::exponential:
    case Kind::normal:
    case Kind::geometric:
      return first_;
    case Kind::uniform:
      return first_ + second_ / 2;
    case Kind::lognormal:
      return first_ * exp(second_ * second_ / 2);
    case Kind::pareto:
      return second_ <= 1 ? infinity : first_ * second_ / (second_ - 1);
    case Kind::percentiles:
      return knots_mean(*table_);
    case Kind::samples: {
      double sum = 0;
      for (const double value : table_->value) sum += value;
      return sum / static_cast<double>(table_->value.size());
    }
    case Kind::mixture:
    case Kind::discrete: {
      double mean = 0;
      for (std::size_t i = 0; i < table_->probability.size(); ++i) {
        const double share = table_->probability[i] - share_below(table_->probability, i);
        if (share == 0) continue;
        mean += share * (kind_ == Kind::mixture ? table_->part[i].mean() : table_->value[i]);
      }
      return mean;
    }
  }
  return 0;
}

double Distribution::shape_cdf(double x) const {
  switch (kind_) {
    case Kind::constant:
      return x < first_ ? 0 : 1;
    case Kind::uniform:
      return std::clamp((x - first_) / second_, 0.0, 1.0);
    case Kind::exponential:
      return x <= 0 ? 0 : -exp_minus_one(-x / first_);
    case Kind::normal:
      return normal_cdf((x - first_) / second_);
    case Kind::lognormal:
      return x <= 0 ? 0 : normal_cdf(log(x / first_) / second_);
    case Kind::pareto:
      return x <= first_ ? 0 : -exp_minus_one(second_ * log(first_ / x));
    case Kind::geometric:
      return x < 1 ? 0 : -exp_minus_one(-whole_below(x) / second_);
    case Kind::percentiles:
      return knots_cdf(*table_, x);
    case Kind::samples:
      return static_cast<double>(values_up_to(*table_, x)) /
             static_cast<double>(table_->value.size());
    case Kind::discrete:
      return share_below(table_->probability, values_up_to(*table_, x));
    case Kind::mixture: {
      double below = 0;
      for (std::size_t i = 0; i < table_->part.size(); ++i) {
        const double share = table_->probability[i] - share_below(table_->probability, i);
        below += share * table_->part[i].cdf(x);
      }
      return below;
    }
  }
  return 0;
}

double Distribution::shape_quantile(double p) const {
  switch (kind_) {
    case Kind::constant:
      return first_;
    case Kind::uniform:
      return first_ + second_ * p;
    case Kind::exponential:
      return first_ * -log_one_plus(-p);
    case Kind::normal:
      return first_ + second_ * normal_quantile(p);
    case Kind::lognormal:
      return first_ * exp(second_ * normal_quantile(p));
    case Kind::pareto:
      return first_ * exp(-log_one_plus(-p) / second_);
    case Kind::geometric: {
      if (p == 1) return infinity;
      const double whole = std::max(1.0, whole_below(-log_one_plus(-p) * second_));
      return shape_cdf(whole) < p ? whole + 1 : whole;
    }
    case Kind::percentiles:
      return knots_quantile(*table_, p);
    case Kind::samples:
      return samples_quantile(table_->value, p);
    case Kind::discrete:
      return discrete_quantile(*table_, p);
    case Kind::mixture:
      return mixture_quantile(p);
  }
  return 0;
}

// Halves the interval between the parts' own quantiles until no double lies inside of it.
double Distribution::mixture_quantile(double p) const {
  double low = infinity;
  double high = -infinity;
  for (std::size_t i = 0; i < table_->part.size(); ++i) {
    if (table_->probability[i] == share_below(table_->probability, i)) continue;
    const double quantile = table_->part[i].quantile(p);
    low = std::min(low, quantile);
    high = std::max(high, quantile);
  }
  if (!(high - low < infinity)) return p == 0 ? low : high;
  if (p == 0 || shape_cdf(low) >= p) return low;
  while (true) {
    const double middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return high;
    (shape_cdf(middle) >= p ? high : low) = middle;
  }
}

}  // namespace seatrial::sim
