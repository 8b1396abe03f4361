// A region's front door spreads requests over the region's ready pods, by the balancing strategy
// or back to the pod that a cookie names. Where a region has no ready pod its users' requests go
// on to the nearest region that has one (route: nearest), and pay for the way there and back.
//
// Outstanding are the requests that were sent to a pod and neither answered nor given up: all that
// a front door knows of a pod's load.
// Not modelled: its own capacity, retries on other pods, health checks that lag behind.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "models/pods/pod.hpp"
#include "models/strategies/balancing.hpp"

namespace seatrial::models {

class FrontDoor {
 public:
  FrontDoor(const PodsConfig& config, const sim::RandomSource& random);

  void add(Pod& pod) {
    pods_.push_back(&pod);
    outstanding_.push_back(0);
  }
  bool has_ready_pod() const;

  // The pod for one request; nothing when none is ready. Counts it as outstanding there.
  Pod* choose(const OperationName& name, std::optional<PodId> cookie);
  // The request is no longer outstanding: it was answered, or given up.
  void done(const Pod& pod);

  bool sets_cookie() const { return affinity_ == Affinity::cookie; }

 private:
  std::size_t index_of(const Pod& pod) const;

  Affinity affinity_;
  sim::StreamKey key_;
  std::unique_ptr<Balancer> balancer_;
  std::vector<Pod*> pods_;
  std::vector<std::uint32_t> outstanding_;  // by pod
  std::vector<std::size_t> ready_;          // reused by choose()
  std::vector<std::uint32_t> ready_outstanding_;
};

}  // namespace seatrial::models
