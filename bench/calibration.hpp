// What this machine is worth while a benchmark runs: the time of one step of a chain of
// multiplications, each of which waits for the one before. It needs no memory, so it follows the
// clock rate and the share of a core that we get, and nothing else. Figures divided by it can be
// compared between a busy and an idle machine.
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "sim/random/mix.hpp"

namespace seatrial::bench {

// The best of a few short tries.
inline double nanoseconds_per_mix() {
  constexpr int steps = 100'000;
  double best = 1e9;
  std::uint64_t word = 1;
  for (int attempt = 0; attempt < 10; ++attempt) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < steps; ++i) word = sim::mix(word);
    benchmark::DoNotOptimize(word);
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count() / steps);
  }
  return best;
}

// `ns_each` and `mixes_each`: the cost of one of `things`, in time and in steps of the chain.
inline void report_each(benchmark::State& state, std::uint64_t things) {
  using benchmark::Counter;
  const double count = static_cast<double>(things);
  state.counters["ns_each"] =
      Counter(count / 1e9, Counter::kIsIterationInvariantRate | Counter::kInvert);
  state.counters["mixes_each"] = Counter(count * nanoseconds_per_mix() / 1e9,
                                         Counter::kIsIterationInvariantRate | Counter::kInvert);
}

}  // namespace seatrial::bench
