// Closed forms of queues with Poisson arrivals. Times in seconds, rates a second.
#pragma once

namespace seatrial::validation {

// M/M/c, first come first served (Erlang 1917). lambda < c mu.
struct ErlangQueue {
  double lambda = 0;
  double mu = 0;
  int servers = 1;

  double wait_probability() const;  // Erlang's C
  double mean_wait() const;
  double mean_sojourn() const { return mean_wait() + 1 / mu; }
  double mean_number() const { return lambda * mean_sojourn(); }  // Little
  double sojourn_exceeds(double t) const;
  double sojourn_quantile(double p) const;
};

// M/D/1 (Pollaczek and Khinchine).
double deterministic_mean_wait(double lambda, double service);

}  // namespace seatrial::validation
