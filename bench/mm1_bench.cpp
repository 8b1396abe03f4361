// The single server queue at load 0.9, as other engines publish it: one process makes customers,
// one serves them, a mailbox between. The pending set is 2, so this measures processes, wake-ups
// and draws, hardly the event queue. One item is one customer; bench/peers/ has the peers.
#include <benchmark/benchmark.h>

#include "bench/calibration.hpp"
#include "sim/mailbox.hpp"
#include "sim/process_group.hpp"
#include "sim/random/ziggurat.hpp"

namespace seatrial {
namespace {

using sim::Duration;
using sim::Instant;

constexpr std::uint64_t customers = 1'000'000;

Duration exponential(sim::Stream& stream, double mean_ns) {
  return Duration::nanoseconds(
      static_cast<std::int64_t>(sim::standard_exponential(stream) * mean_ns));
}

struct Queue {
  explicit Queue(sim::Simulation& simulation) : line{simulation} {}
  sim::Mailbox<Instant> line;
  std::uint64_t served = 0;
  Duration sojourn;
};

sim::Process arrive(sim::Simulation& simulation, Queue& queue, sim::Stream stream) {
  for (std::uint64_t i = 0; i != customers; ++i) {
    const Duration pause = exponential(stream, 1e9 / 0.9);
    co_await simulation.delay(pause);
    queue.line.put(simulation.now());
  }
}

sim::Process serve(sim::Simulation& simulation, Queue& queue, sim::Stream stream) {
  for (;;) {
    const std::optional<Instant> arrival = co_await queue.line.receive();
    const Duration work = exponential(stream, 1e9);
    co_await simulation.delay(work);
    queue.sojourn += simulation.now() - *arrival;
    ++queue.served;
  }
}

void mm1(benchmark::State& state) {
  const sim::RandomSource source{1, 0};
  std::uint64_t events = 0;
  double mean_s = 0;
  for (auto _ : state) {
    sim::Simulation simulation;
    Queue queue{simulation};
    sim::ProcessGroup processes{simulation};
    const sim::StreamKey arrivals = source.key(sim::Purpose{"arrivals"});
    const sim::StreamKey services = source.key(sim::Purpose{"services"});
    processes.start(arrive(simulation, queue, sim::Stream::sequence(arrivals, 0)));
    processes.start(serve(simulation, queue, sim::Stream::sequence(services, 0)));
    events = simulation.run();
    mean_s = queue.sojourn.s() / static_cast<double>(queue.served);
  }
  bench::report_each(state, customers);
  state.counters["events_each"] = static_cast<double>(events) / customers;
  state.counters["mean_sojourn"] = mean_s;  // theory: 10
}
BENCHMARK(mm1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace seatrial
