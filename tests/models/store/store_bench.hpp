// A store in a network of explicit links, for tests: regions West (write region), East and South,
// links and zones without any delay unless a test says otherwise.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "models/network/network.hpp"
#include "models/store/store.hpp"
#include "sim/process_group.hpp"

namespace seatrial::models {

constexpr RegionId west{0};
constexpr RegionId east{1};
constexpr RegionId south{2};

inline Duration ms(std::int64_t n) { return Duration::milliseconds(n); }
inline sim::Distribution constant_ms(double n) { return sim::Distribution::constant(n * 1e6); }
inline sim::Distribution exponential_ms(double mean) {
  return sim::Distribution::exponential(mean * 1e6);
}

inline WorldConfig calm_world() {
  WorldConfig config;
  config.regions.users = {{"West", 1}, {"East", 0}, {"South", 0}};
  for (const char* name : {"West <> East", "West <> South", "East <> South"}) {
    LinkConfig link;
    link.name = name;
    link.has_one_way = true;
    config.regions.links.push_back(link);
  }
  config.regions.jitter = false;
  config.regions.same_zone_round_trip = constant_ms(0);
  config.regions.cross_zone_round_trip = constant_ms(0);
  config.store.write_region = "West";
  config.store.partitions = 1;
  config.store.in_region_lag = constant_ms(0);
  DataClassConfig cart;
  cart.name = "cart";
  config.data = {cart};
  return config;
}

class Recorder : public Observer {
 public:
  void operation(const OperationObserved&) override {}
  void commit(const CommitObserved& commit) override { commits.push_back(commit); }
  void takeover(const TakeoverObserved& takeover) override { takeovers.push_back(takeover); }
  void catch_up(const CatchUpObserved& seen) override { catch_ups.push_back(seen); }
  void conflict(const ConflictObserved& conflict) override { conflicts.push_back(conflict); }

  std::vector<CommitObserved> commits;
  std::vector<TakeoverObserved> takeovers;
  std::vector<CatchUpObserved> catch_ups;
  std::vector<ConflictObserved> conflicts;
};

class StoreBench {
 public:
  explicit StoreBench(WorldConfig world, std::uint64_t seed = 1)
      : config{std::move(world)},
        random{seed, 0},
        network{config.regions, random},
        store{simulation, network, config, random, recorder},
        processes{simulation} {}

  DocumentHandle open(std::uint64_t owner) { return store.open({DataClassId{0}, owner}); }

  // An operation that no other has the name of.
  StoreRequest request(DocumentHandle document, RegionId from) {
    StoreRequest made;
    made.name = OperationName{SessionId{session}, next_index++};
    made.document = document;
    made.size = 1024;
    made.patch_size = 100;
    made.from = Place{from, 0};
    made.deadline = simulation.now() + Duration::seconds(60);
    made.truth = store.observe(document);
    return made;
  }

  // Plays one operation after the other, each until it is answered.
  StoreAnswer read(StoreRequest made) { return play(store.read(made)); }
  StoreAnswer update(StoreRequest made) { return play(store.update(made)); }
  StoreAnswer play(sim::Task<StoreAnswer> task) {
    StoreAnswer answer;
    processes.start(run_into(std::move(task), &answer, &simulation));
    simulation.run();
    return answer;
  }
  void wait_until(Instant when) {
    simulation.schedule(when, [this] { simulation.stop(); });
    simulation.run();
  }

  static sim::Process run_into(sim::Task<StoreAnswer> task, StoreAnswer* into,
                               sim::Simulation* until_then) {
    *into = co_await std::move(task);
    if (until_then != nullptr) until_then->stop();
  }

  WorldConfig config;
  sim::Simulation simulation;
  sim::RandomSource random;
  Network network;
  Recorder recorder;
  Store store;
  sim::ProcessGroup processes;
  std::uint64_t session = 1;
  std::uint32_t next_index = 0;
};

}  // namespace seatrial::models
