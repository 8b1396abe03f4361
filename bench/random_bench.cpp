// What a draw, a recorded value and a digested word cost.
#include <benchmark/benchmark.h>

#include "sim/digest.hpp"
#include "sim/random/alias.hpp"
#include "sim/random/distribution.hpp"
#include "sim/random/math.hpp"
#include "sim/random/ziggurat.hpp"
#include "sim/random/zipf.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::sim {
namespace {

const StreamKey key = RandomSource{1, 0}.key(Purpose{"bench"});

template <class Draw>
void repeat(benchmark::State& state, Draw draw) {
  Stream stream = Stream::sequence(key, 1);
  for (auto _ : state) benchmark::DoNotOptimize(draw(stream));
}

void bench_distribution(benchmark::State& state, const Distribution& distribution) {
  repeat(state, [&](Stream& stream) { return distribution.sample(stream); });
}

void bench_zipf(benchmark::State& state, double exponent) {
  const Zipf zipf{1'000'000, exponent};
  repeat(state, [&](Stream& stream) { return zipf.sample(stream); });
}

void bench_fresh_stream(benchmark::State& state) {
  std::uint64_t entity = 0;
  for (auto _ : state) {
    Stream stream{key, ++entity, 5, 1};
    benchmark::DoNotOptimize(stream.next());
  }
}

void bench_alias(benchmark::State& state) {
  const std::vector<double> weights{1, 5, 2, 9, 4};
  const Alias alias{weights};
  repeat(state, [&](Stream& stream) { return alias.sample(stream); });
}

template <class H>
void bench_record(benchmark::State& state) {
  Stream stream = Stream::sequence(key, 2);
  const Distribution latency = Distribution::lognormal(2e6, 9e6);
  std::vector<std::int64_t> values(4096);
  for (std::int64_t& value : values) value = latency.sample_duration(stream).ns();
  H histogram;
  std::size_t i = 0;
  for (auto _ : state) histogram.record(values[i++ & 4095]);
  benchmark::DoNotOptimize(histogram.count());
}

void bench_digest(benchmark::State& state) {
  Digest digest;
  std::uint64_t word = 0;
  for (auto _ : state) digest.add(++word);
  benchmark::DoNotOptimize(digest.value());
}

void bench_commutative(benchmark::State& state) {
  CommutativeDigest digest;
  std::uint64_t word = 0;
  for (auto _ : state) digest.add(++word);
  benchmark::DoNotOptimize(digest.value());
}

[[maybe_unused]] const bool registered = [] {
  const auto add = [](const char* name, auto function, auto... arguments) {
    benchmark::RegisterBenchmark(name, function, arguments...);
  };
  const auto draw = [&](const char* name, auto one) {
    add(name, [one](benchmark::State& state) { repeat(state, one); });
  };
  draw("stream/next", [](Stream& stream) { return stream.next(); });
  draw("stream/uniform", [](Stream& stream) { return stream.uniform(); });
  draw("stream/below", [](Stream& stream) { return stream.below(1000); });
  add("stream/fresh", bench_fresh_stream);
  draw("ziggurat/exponential", [](Stream& stream) { return standard_exponential(stream); });
  draw("ziggurat/normal", [](Stream& stream) { return standard_normal(stream); });
  draw("math/uniform+log", [](Stream& stream) { return log(stream.uniform()); });
  draw("math/uniform+exp", [](Stream& stream) { return exp(stream.uniform()); });
  draw("math/uniform+pow", [](Stream& stream) { return pow(stream.uniform(), 1.3); });
  add("constant", bench_distribution, Distribution::constant(1));
  add("uniform", bench_distribution, Distribution::uniform(1, 3));
  add("exponential", bench_distribution, Distribution::exponential(2));
  add("normal", bench_distribution, Distribution::normal(1, 2));
  add("lognormal", bench_distribution, Distribution::lognormal(2, 9));
  add("pareto", bench_distribution, Distribution::pareto(1, 2.5));
  add("geometric", bench_distribution, Distribution::geometric(5));
  add("mixture", bench_distribution,
      Distribution::mixture({{1, Distribution::constant(2)}, {3, Distribution::exponential(1)}}));
  add("percentiles", bench_distribution,
      Distribution::percentiles({{0, 1}, {0.5, 2}, {0.9, 5}, {0.99, 10}, {1, 20}}));
  add("samples", bench_distribution, Distribution::samples({1, 2, 3, 4, 5, 6}));
  add("discrete", bench_distribution, Distribution::discrete({{1, 2}, {2, 3}, {4, 1}}));
  add("alias", bench_alias);
  add("zipf/0.5", bench_zipf, 0.5);
  add("zipf/0.99", bench_zipf, 0.99);
  add("zipf/1.5", bench_zipf, 1.5);
  add("histogram/7", bench_record<Histogram>);
  add("histogram/5", bench_record<WindowHistogram>);
  add("digest", bench_digest);
  add("digest/commutative", bench_commutative);
  return true;
}();

}  // namespace
}  // namespace seatrial::sim

BENCHMARK_MAIN();
