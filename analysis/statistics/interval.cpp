#include "analysis/statistics/interval.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/statistics/quantiles.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {
namespace {

RatioSample total(const std::vector<RatioSample>& samples) {
  RatioSample sum;
  for (const RatioSample& sample : samples) {
    sum.numerator += sample.numerator;
    sum.denominator += sample.denominator;
  }
  return sum;
}

// The ratio without each replication in turn; one that leaves nothing counts as the whole.
std::vector<double> leave_one_out(const std::vector<RatioSample>& samples) {
  const RatioSample sum = total(samples);
  std::vector<double> ratios;
  ratios.reserve(samples.size());
  for (const RatioSample& sample : samples) {
    const double rest = sum.denominator - sample.denominator;
    ratios.push_back(rest > 0 ? (sum.numerator - sample.numerator) / rest
                              : sum.numerator / sum.denominator);
  }
  return ratios;
}

double jackknife_error(const std::vector<double>& left_out) {
  const auto n = static_cast<double>(left_out.size());
  double mean = 0;
  for (const double value : left_out) mean += value;
  mean /= n;
  double squares = 0;
  for (const double value : left_out) squares += (value - mean) * (value - mean);
  return std::sqrt(squares * (n - 1) / n);
}

double section_error(const std::vector<double>& each, double pooled) {
  const auto n = static_cast<double>(each.size());
  double squares = 0;
  for (const double value : each) squares += (value - pooled) * (value - pooled);
  return std::sqrt(squares / (n * (n - 1)));
}

Interval around(double estimate, double error, std::size_t replications, Confidence confidence) {
  Interval interval;
  interval.estimate = estimate;
  interval.defined = true;
  if (replications < 2) return interval;
  const double t =
      student_t_quantile(1 - confidence.alpha() / 2, static_cast<double>(replications - 1));
  interval.low = estimate - t * error;
  interval.high = estimate + t * error;
  return interval;
}

std::size_t with_data(const std::vector<RatioSample>& samples) {
  return static_cast<std::size_t>(std::count_if(
      samples.begin(), samples.end(), [](const RatioSample& s) { return s.denominator > 0; }));
}

// Widens to the exact interval of k of n independent trials.
void widen_to_binomial(Interval& interval, double k, double n, double alpha) {
  if (k <= 0) {
    interval.low = 0;
    interval.high = std::min(1.0, -std::log(alpha) / n);
    interval.zero_bound = true;
    return;
  }
  const double exact_low = beta_quantile(alpha / 2, k, n - k + 1);
  const double exact_high = k >= n ? 1.0 : beta_quantile(1 - alpha / 2, k + 1, n - k);
  interval.low = std::max(0.0, std::min(interval.low, exact_low));
  interval.high = std::min(1.0, std::max(interval.high, exact_high));
}

}  // namespace

Interval ratio_interval(const std::vector<RatioSample>& samples, Confidence confidence) {
  const RatioSample sum = total(samples);
  if (!(sum.denominator > 0)) return {};
  return around(sum.numerator / sum.denominator, jackknife_error(leave_one_out(samples)),
                with_data(samples), confidence);
}

Interval share_interval(const std::vector<RatioSample>& samples, double burst,
                        Confidence confidence) {
  SEATRIAL_ASSERT(burst >= 1, "a burst holds at least one trial");
  Interval interval = ratio_interval(samples, confidence);
  if (!interval.defined) return interval;
  const RatioSample sum = total(samples);
  const double trials = std::max(1.0, sum.denominator / burst);
  const double seen = std::min(trials, sum.numerator / burst);
  widen_to_binomial(interval, seen, trials, confidence.alpha());
  return interval;
}

Interval percentile_interval(const PercentileSample& sample, Confidence confidence) {
  std::vector<double> each;
  for (const std::optional<double>& value : sample.each)
    if (value) each.push_back(*value);
  if (each.empty()) return {};
  Interval interval =
      around(sample.pooled, section_error(each, sample.pooled), each.size(), confidence);
  interval.low = std::max(0.0, std::min(interval.low, sample.order_low));
  interval.high = std::max(interval.high, sample.order_high);
  return interval;
}

Interval ratio_difference(const std::vector<RatioSample>& policy,
                          const std::vector<RatioSample>& baseline, Confidence confidence) {
  SEATRIAL_ASSERT(policy.size() == baseline.size(), "pairs need equal numbers of replications");
  const RatioSample ours = total(policy);
  const RatioSample theirs = total(baseline);
  if (!(ours.denominator > 0) || !(theirs.denominator > 0)) return {};
  std::vector<double> left_out = leave_one_out(policy);
  const std::vector<double> other = leave_one_out(baseline);
  for (std::size_t i = 0; i < left_out.size(); ++i) left_out[i] -= other[i];
  return around(ours.numerator / ours.denominator - theirs.numerator / theirs.denominator,
                jackknife_error(left_out), std::min(with_data(policy), with_data(baseline)),
                confidence);
}

Interval percentile_difference(const PercentileSample& policy, const PercentileSample& baseline,
                               Confidence confidence) {
  if (policy.each.empty() || baseline.each.empty()) return {};  // nothing in any replication
  SEATRIAL_ASSERT(policy.each.size() == baseline.each.size(),
                  "pairs need equal numbers of replications");
  std::vector<double> differences;
  for (std::size_t i = 0; i < policy.each.size(); ++i)
    if (policy.each[i] && baseline.each[i])
      differences.push_back(*policy.each[i] - *baseline.each[i]);
  if (differences.empty()) return {};
  const double pooled = policy.pooled - baseline.pooled;
  return around(pooled, section_error(differences, pooled), differences.size(), confidence);
}

Change compare_difference(const Interval& difference, double margin, bool lower_is_better) {
  if (!difference.defined) return Change::inconclusive;
  if (difference.low >= -margin && difference.high <= margin) return Change::equivalent;
  if (difference.high < 0) return lower_is_better ? Change::better : Change::worse;
  if (difference.low > 0) return lower_is_better ? Change::worse : Change::better;
  return Change::inconclusive;
}

}  // namespace seatrial::analysis
