// Puts the phases' faults into effect and takes them back at their phase's end. A fault starts
// within `start_within` of its phase's start, drawn per replication, so that no result hangs on
// one alignment of fault and load.
#pragma once

#include <vector>

#include "models/broker/broker.hpp"
#include "models/faults/timeline.hpp"
#include "models/network/network.hpp"
#include "models/pods/pod.hpp"
#include "models/world_config.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

struct FaultTargets {
  sim::Simulation& simulation;
  Network& network;
  const WorldConfig& config;
  std::vector<Broker*> brokers;                 // by region; null without one
  std::vector<std::vector<Pod*>> pods;          // by region
};

class FaultSchedule {
 public:
  FaultSchedule(FaultTargets targets, const Timeline& timeline, const sim::RandomSource& random);

  void start();

 private:
  struct Planned {
    const FaultConfig* fault = nullptr;
    Instant begin;
    Instant end;
  };

  void begin(const Planned& planned);
  void kill_pods(const FaultConfig& fault);
  void set_broker(const Planned& planned);
  void act_on_network(const Planned& planned);
  NetworkFaultId begin_network_fault(const FaultConfig& fault);
  RegionId region_named(const std::string& name) const;

  FaultTargets targets_;
  sim::StreamKey victim_key_;
  std::uint64_t kills_ = 0;
  std::vector<Planned> planned_;
};

}  // namespace seatrial::models
