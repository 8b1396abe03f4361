// Quorums whose every leg takes 1 ms, and what their replicas answer with.
#pragma once

#include <algorithm>
#include <vector>

#include "../store_bench.hpp"
#include "models/store/quorum/quorum_delivery.hpp"

namespace seatrial::models {

inline QuorumConfig short_legs(std::int64_t n, std::int64_t w, std::int64_t r) {
  QuorumConfig config;
  config.replicas = n;
  config.write_quorum = w;
  config.read_quorum = r;
  config.legs = {constant_ms(1), constant_ms(1), constant_ms(1), constant_ms(1)};
  return config;
}

// A fault of replicas stands in it, so that crashes are reckoned with; tests crash them themselves.
inline WorldConfig quorum_world(const QuorumConfig& config) {
  WorldConfig world = calm_world();
  world.store.consistency = Consistency::eventual;
  world.store.replication = make_quorum(config);
  PhaseConfig phase;
  phase.length = Duration::seconds(600);
  phase.faults.emplace_back();
  phase.faults.back().kind = FaultKind::replicas;
  world.phases = {phase};
  return world;
}

// How many of the replicas the bench's next write comes to.
inline std::ptrdiff_t come(const QuorumConfig& config, const StoreBench& bench) {
  const QuorumDraws draws{config, bench.random};
  const ReplicaOutages none;
  const OperationName name{SessionId{bench.session}, bench.next_index};
  const QuorumDelivery delivery{{draws, config, none}, {name, Instant{}}};
  const auto arrivals = delivery.arrivals();
  return std::count_if(arrivals.begin(), arrivals.end(),
                       [](Instant at) { return at != Instant::never(); });
}

inline void skip_until(const QuorumConfig& config, StoreBench& bench, std::ptrdiff_t wanted) {
  while (come(config, bench) != wanted) ++bench.next_index;
}

// What each replica answers with, asked by itself: of quorums with R = 1, all of them up.
inline std::vector<Version> versions_of(StoreBench& bench, const QuorumConfig& config,
                                        DocumentHandle document) {
  std::vector<Version> versions(static_cast<std::size_t>(config.replicas));
  std::vector<bool> is_known(versions.size());
  while (std::count(is_known.begin(), is_known.end(), true) < config.replicas) {
    const StoreAnswer answer = bench.read(bench.request(document, west));
    versions[answer.replica] = answer.version;
    is_known[answer.replica] = true;
  }
  return versions;
}

inline std::ptrdiff_t having(const std::vector<Version>& versions, Version version) {
  return std::count(versions.begin(), versions.end(), version);
}

inline std::uint64_t lacking(StoreBench& bench) {
  return bench.store.replication_state(west, bench.simulation.now()).entries_lacking;
}

}  // namespace seatrial::models
