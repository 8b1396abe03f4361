#include "tests/validation/queues.hpp"

#include <cmath>

namespace seatrial::validation {

double ErlangQueue::wait_probability() const {
  const double offered = lambda / mu;
  double blocked = 1;  // Erlang's B by its recursion
  for (int k = 1; k <= servers; ++k) blocked = offered * blocked / (k + offered * blocked);
  return blocked / (1 - offered / servers * (1 - blocked));
}

double ErlangQueue::mean_wait() const { return wait_probability() / (servers * mu - lambda); }

// The wait is 0, or exponential at rate c mu - lambda; the service is exponential.
double ErlangQueue::sojourn_exceeds(double t) const {
  const double waits = wait_probability();
  const double drain = servers * mu - lambda;
  const double both = std::abs(drain - mu) < 1e-9 * mu
                          ? mu * t * std::exp(-mu * t)
                          : drain * (std::exp(-mu * t) - std::exp(-drain * t)) / (drain - mu);
  return (1 - waits) * std::exp(-mu * t) + waits * (std::exp(-drain * t) + both);
}

double ErlangQueue::sojourn_quantile(double p) const {
  double low = 0;
  double high = 1 / mu;
  while (sojourn_exceeds(high) > 1 - p) high *= 2;
  for (int i = 0; i < 100; ++i) {
    const double middle = (low + high) / 2;
    (sojourn_exceeds(middle) > 1 - p ? low : high) = middle;
  }
  return low;
}

double deterministic_mean_wait(double lambda, double service) {
  const double load = lambda * service;
  return load * service / (2 * (1 - load));
}

}  // namespace seatrial::validation
