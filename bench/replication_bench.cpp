// What it costs to replicate a write: the same updates of one store with one replica and with
// 12 (3 regions, 4 each), in log order, with all lags drawn. The difference, divided by the cost
// with one replica, is printed as `of_request`: below 1, replication to 12 replicas costs less than
// the request itself. Also by mode.
#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

#include "models/network/network.hpp"
#include "models/store/store.hpp"
#include "models/strategies/registry.hpp"
#include "sim/process_group.hpp"

namespace seatrial::models {
namespace {

WorldConfig world_of(std::int64_t regions, std::int64_t replicas, const std::string& mode) {
  WorldConfig world;
  const std::vector<std::string> names{"East US", "West Europe", "Japan East"};
  world.regions.matrix = "azure-2026-07";
  for (std::int64_t i = 0; i < regions; ++i) {
    world.regions.users.push_back({names[static_cast<std::size_t>(i)], i == 0 ? 1.0 : 0.0});
  }
  world.store.write_region = "East US";
  world.store.partitions = 4;
  world.store.replicas = replicas;
  world.store.write_quorum = replicas == 1 ? 1 : 3;
  world.store.replication = make_kind(replication_axis(), mode);
  world.store.replication_lag.link = sim::Distribution::lognormal(20e6, 120e6);
  world.store.replication_lag.entry = sim::Distribution::exponential(2e6);
  world.data.resize(1);
  return world;
}

sim::Process write_often(sim::Simulation* simulation, Store* store, DocumentHandle document,
                         int writes) {
  for (int i = 0; i < writes; ++i) {
    StoreRequest request;
    request.name = {SessionId{document.value()}, static_cast<std::uint32_t>(i)};
    request.document = document;
    request.size = 4096;
    request.patch_size = 256;
    request.deadline = simulation->now() + Duration::seconds(60);
    request.truth = store->observe(document);
    co_await store->update(request);
    co_await simulation->delay(Duration::milliseconds(20));
  }
}

class Nobody final : public Observer {
 public:
  void operation(const OperationObserved&) override {}
};

// Nanoseconds for each write.
double cost_of(const WorldConfig& world, int writes) {
  constexpr int documents = 50;
  Nobody nobody;
  sim::Simulation simulation;
  const sim::RandomSource random{1, 0};
  Network network{world.regions, random};
  Store store{simulation, network, world, random, nobody};
  sim::ProcessGroup processes{simulation};
  for (std::uint64_t i = 0; i < documents; ++i) {
    const DocumentHandle document = store.open({DataClassId{0}, i});
    processes.start(write_often(&simulation, &store, document, writes / documents));
  }
  const auto begin = std::chrono::steady_clock::now();
  simulation.run();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
  return took.count() / writes;
}

void replicate(benchmark::State& state, const std::string& mode) {
  const int writes = 50'000;
  double one = 0, all = 0;
  for (auto _ : state) {
    one += cost_of(world_of(1, 1, "asynchronous"), writes);
    all += cost_of(world_of(3, 4, mode), writes);
  }
  const auto n = static_cast<double>(state.iterations());
  state.counters["ns_one_replica"] = one / n;
  state.counters["ns_12_replicas"] = all / n;
  state.counters["of_request"] = (all - one) / one;
}

BENCHMARK_CAPTURE(replicate, asynchronous, "asynchronous")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(replicate, majority, "majority")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(replicate, event_bus, "event_bus")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace seatrial::models
