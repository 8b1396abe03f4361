// Tests of samples against a distribution, with bounds that follow from the sample size. The seeds
// are fixed, so a test passes or fails for ever; the stated probabilities are those with which a
// correct sampler would have failed under a seed drawn at random.
#pragma once

#include <algorithm>
#include <boost/math/distributions/chi_squared.hpp>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/random/stream.hpp"

namespace seatrial::sim {

inline Stream test_stream(std::uint64_t entity = 0) {
  return Stream::sequence(RandomSource{2026, 0}.key(Purpose{"test"}), entity);
}

// The largest distance between the empirical and the true distribution function, times the root
// of the sample size. Above `kolmogorov_limit` with probability 2 exp(-2 * 2.6^2) = 3e-6.
inline constexpr double kolmogorov_limit = 2.6;

template <class Cdf>
double kolmogorov_distance(std::vector<double> sample, Cdf cdf) {
  std::sort(sample.begin(), sample.end());
  const double n = static_cast<double>(sample.size());
  double distance = 0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double probability = cdf(sample[i]);
    const double rank = static_cast<double>(i);
    distance = std::max({distance, probability - rank / n, (rank + 1) / n - probability});
  }
  return distance * std::sqrt(n);
}

template <class Draw>
std::vector<double> draws(std::size_t count, Draw draw) {
  std::vector<double> sample(count);
  for (double& value : sample) value = draw();
  return sample;
}

// The probability that a correct sampler is at least this far off. Cells that expect fewer than
// ten are put together. A test fails below `improbable`.
inline constexpr double improbable = 1e-6;

inline double chi_square_p_value(const std::vector<std::uint64_t>& observed,
                                 const std::vector<double>& share) {
  double total = 0;
  for (const std::uint64_t count : observed) total += static_cast<double>(count);
  double statistic = 0;
  int cells = 0;
  double rare_observed = 0;
  double rare_expected = 0;
  const auto add = [&](double seen, double expected) {
    statistic += (seen - expected) * (seen - expected) / expected;
    ++cells;
  };
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const double expected = share[i] * total;
    const double seen = static_cast<double>(observed[i]);
    if (expected >= 10) {
      add(seen, expected);
    } else {
      rare_observed += seen;
      rare_expected += expected;
    }
  }
  if (rare_expected > 0) add(rare_observed, rare_expected);
  return cdf(complement(boost::math::chi_squared(cells - 1), statistic));
}

}  // namespace seatrial::sim
