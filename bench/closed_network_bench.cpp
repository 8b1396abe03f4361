// A closed network of delays: n users, a coroutine each; a request is 8 exponential delays, then
// its latency is recorded. All n users are pending, so this is what a large world costs before its
// models do anything. One item is one event.
#include <benchmark/benchmark.h>

#include "bench/calibration.hpp"
#include "sim/process_group.hpp"
#include "sim/random/ziggurat.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial {
namespace {

using sim::Duration;
using sim::Instant;

struct Network {
  sim::Simulation simulation;
  sim::Histogram latency;
};

sim::Process user(Network& network, sim::Stream stream) {
  for (;;) {
    const Instant begin = network.simulation.now();
    for (int hop = 0; hop != 8; ++hop) {
      const double ns = sim::standard_exponential(stream) * 1e6;
      const Duration delay = Duration::nanoseconds(static_cast<std::int64_t>(ns));
      co_await network.simulation.delay(delay);
    }
    network.latency.record((network.simulation.now() - begin).ns());
  }
}

void closed_network(benchmark::State& state) {
  const auto users = static_cast<std::uint64_t>(state.range(0));
  constexpr std::uint64_t events = 2'000'000;
  const sim::StreamKey key = sim::RandomSource{1, 0}.key(sim::Purpose{"delays"});
  Network network;
  sim::ProcessGroup processes{network.simulation};
  for (std::uint64_t i = 0; i != users; ++i) {
    processes.start(user(network, sim::Stream::sequence(key, i)));
  }
  const auto slice = Duration::nanoseconds(static_cast<std::int64_t>(events * 1'000'000 / users));
  Instant end = Instant::at(Duration::milliseconds(20));  // first, until the users are mixed
  network.simulation.run_until(end);
  const std::uint64_t before = network.simulation.events();
  for (auto _ : state) network.simulation.run_until(end = end + slice);
  bench::report_each(state, (network.simulation.events() - before) / state.iterations());
  state.counters["p99_ms"] = static_cast<double>(network.latency.quantile(0.99)) / 1e6;
}
BENCHMARK(closed_network)
    ->RangeMultiplier(10)
    ->Range(1'000, 1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace seatrial
