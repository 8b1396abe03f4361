// The model that every peer runs: one queue, exponential arrivals at 0.9 of the server's rate, so
// that a customer's mean sojourn is 10 service times. Each peer writes source and server in its own
// plainest idiom; draws, clock and output are these. Draws are the standard library's, as a user of
// such an engine would take them: about 30 of the printed nanoseconds.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <random>

namespace peers {

inline constexpr double arrival_rate = 0.9;
inline constexpr double service_rate = 1.0;

class Draws {
 public:
  double interarrival() { return arrival_(engine_); }
  double service() { return service_(engine_); }

 private:
  std::mt19937_64 engine_{7};
  std::exponential_distribution<double> arrival_{arrival_rate};
  std::exponential_distribution<double> service_{service_rate};
};

inline long customers_from(int argc, char** argv, long otherwise) {
  return argc > 1 ? std::strtol(argv[1], nullptr, 10) : otherwise;
}

// Runs the event loop and prints one line: `peer NAME mm1 436.1 ns/customer mean_sojourn 9.98`.
// The time is the processor's, as in our own benchmarks: a busy machine changes it little.
template <class Run>
void measure(const char* name, long customers, const double& total_sojourn, Run run) {
  const std::clock_t start = std::clock();
  run();
  const double nanoseconds = static_cast<double>(std::clock() - start) * 1e9 / CLOCKS_PER_SEC;
  const auto count = static_cast<double>(customers);
  std::printf("peer %s mm1 %.1f ns/customer mean_sojourn %.2f\n", name, nanoseconds / count,
              total_sojourn / count);
}

}  // namespace peers
