// A store whose documents are written until a region of it goes down, and that comes back.
#pragma once

#include <vector>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {

constexpr Instant fault_at = Instant::at(Duration::milliseconds(10'000));
constexpr Instant healed_at = Instant::at(Duration::milliseconds(40'000));

// Entries leave West a while after their commit; East and South are 30 and 80 ms away.
inline WorldConfig failing_world() {
  WorldConfig world = calm_world();
  world.regions.links[0].one_way = constant_ms(30);  // West <> East
  world.regions.links[1].one_way = constant_ms(80);  // West <> South
  world.regions.links[2].one_way = constant_ms(60);  // East <> South
  world.store.partitions = 3;
  world.store.in_region_lag = exponential_ms(3);
  world.store.replication_lag.link = exponential_ms(200);
  world.store.replication_lag.varies_every = ms(20);
  world.store.failover.present = true;
  world.store.failover.after = ms(2'000);
  return world;
}

inline sim::Process write_every(StoreBench* bench, DocumentHandle document, Duration pause,
                                Instant end, std::vector<StoreAnswer>* answers) {
  while (bench->simulation.now() < end) {
    StoreRequest request = bench->request(document, west);
    request.deadline = bench->simulation.now() + ms(500);
    const StoreAnswer answer = co_await bench->store.update(request);
    answers->push_back(answer);
    co_await bench->simulation.delay(pause);
  }
}

// Twenty documents are written until the fault; what is asked for later is a test's.
class FailingStore {
 public:
  explicit FailingStore(const WorldConfig& world, RegionId faulty = west, std::uint64_t seed = 1)
      : bench{world, seed} {
    for (std::uint64_t i = 0; i < 20; ++i) {
      documents.push_back(bench.open(i));
      const Instant end = fault_at - ms(static_cast<std::int64_t>(1 + i));
      bench.processes.start(write_every(&bench, documents[i], ms(35), end, &written));
    }
    bench.simulation.schedule(fault_at, [this, faulty] { bench.store.take_down(faulty); });
    bench.simulation.schedule(healed_at, [this, faulty] { bench.store.bring_up(faulty); });
  }

  StoreAnswer ask(std::uint64_t document, RegionId from, SessionToken token = {},
                  std::uint32_t client = 0) {
    StoreRequest request = bench.request(documents[document], from);
    request.token = token;
    request.client = client;
    return bench.read(request);
  }
  // A client that finds out who writes after a first time-out.
  void teach(std::uint32_t client, RegionId from) {
    for (std::uint64_t i = 0; i < 20; ++i) update(i, from, client);
  }
  StoreAnswer update(std::uint64_t document, RegionId from, std::uint32_t client = 0) {
    StoreRequest request = bench.request(documents[document], from);
    request.client = client;
    return bench.update(request);
  }
  std::uint64_t lost() const {
    std::uint64_t sum = 0;
    for (const TakeoverObserved& seen : bench.recorder.takeovers) sum += seen.lost;
    return sum;
  }

  StoreBench bench;
  std::vector<DocumentHandle> documents;
  std::vector<StoreAnswer> written;
};

constexpr Instant after_takeover = fault_at + Duration::milliseconds(5'000);

}  // namespace seatrial::models
