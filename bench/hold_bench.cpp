// The hold model: take the earliest of n pending entries, put it back an exponential time later.
// It is the textbook benchmark of a future event list. std::priority_queue stands beside it with
// the sequence number that it needs to keep simultaneous entries in order. One item is one hold.
#include <benchmark/benchmark.h>

#include <queue>
#include <vector>

#include "bench/calibration.hpp"
#include "sim/event_queue.hpp"
#include "sim/random/ziggurat.hpp"

namespace seatrial {
namespace {

constexpr std::uint64_t holds = 1'000'000;

class Increments {
 public:
  Increments() {
    sim::Stream stream = sim::Stream::sequence(sim::StreamKey{1}, 0);
    for (std::uint64_t& increment : drawn_) {
      increment = static_cast<std::uint64_t>(sim::standard_exponential(stream) * 1e6);
    }
  }
  std::uint64_t next() { return drawn_[next_++ % size]; }

 private:
  static constexpr std::size_t size = 1 << 14;
  std::vector<std::uint64_t> drawn_ = std::vector<std::uint64_t>(size);
  std::size_t next_ = 0;
};

class BinaryHeap {
 public:
  void push(std::uint64_t key, std::uint64_t payload) { heap_.push({key, sequence_++, payload}); }
  sim::QueueEntry pop() {
    const Entry entry = heap_.top();
    heap_.pop();
    return {entry.key, entry.payload};
  }

 private:
  struct Entry {
    std::uint64_t key;
    std::uint64_t sequence;
    std::uint64_t payload;
    bool operator<(const Entry& other) const {
      return key != other.key ? key > other.key : sequence > other.sequence;
    }
  };
  std::priority_queue<Entry> heap_;
  std::uint64_t sequence_ = 0;
};

template <class Queue>
void hold(benchmark::State& state) {
  const auto pending = static_cast<std::uint64_t>(state.range(0));
  Queue queue;
  Increments increments;
  for (std::uint64_t i = 0; i != pending; ++i) queue.push(increments.next(), i);
  const auto hold_many = [&](std::uint64_t times) {
    for (std::uint64_t i = 0; i != times; ++i) {
      const sim::QueueEntry entry = queue.pop();
      queue.push(entry.key + increments.next(), entry.payload);
    }
  };
  hold_many(pending);  // until the pending times are those of a run that goes on for ever
  for (auto _ : state) hold_many(holds);
  bench::report_each(state, holds);
}

void sizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->RangeMultiplier(10)->Range(100, 10'000'000)->Unit(benchmark::kMillisecond);
}
BENCHMARK_TEMPLATE(hold, sim::EventQueue)->Apply(sizes);
BENCHMARK_TEMPLATE(hold, BinaryHeap)->Apply(sizes);

}  // namespace
}  // namespace seatrial
