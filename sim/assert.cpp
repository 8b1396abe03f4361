#include "sim/assert.hpp"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "sim/simulation.hpp"

namespace seatrial::sim {

void assertion_failed(const char* condition, const char* file, int line, const char* message) {
  std::fprintf(stderr, "%s:%d: %s (%s)\n", file, line, message, condition);
  if (const Simulation* running = Simulation::current()) {
    const std::int64_t ns = running->now().ns();
    std::fprintf(stderr, "  at %" PRId64 ".%09" PRId64 " s of simulated time, seed %" PRIu64 "\n",
                 ns / 1'000'000'000, ns % 1'000'000'000, running->seed());
  }
  std::abort();
}

}  // namespace seatrial::sim
