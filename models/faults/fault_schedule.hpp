// Puts the phases' faults into effect and takes them back at their phase's end. A fault starts
// within `start_within` of its phase's start, drawn per replication, so that no result hangs on
// one alignment of fault and load.
//
// Laws: what is drawn for a fault is named by its place in the scenario, so every policy suffers
// the same. Of several faults of one broker the one that began last acts, until it ends. A fault
// hits the broker that stands in its region; where a policy has none there, nothing happens. No pod
// restarts in a region that is down; when it is up again, all of its pods do.
// Not modelled: faults of zones, pods that start slowly after a kill, links
// and front doors of a region that is down (its users' requests go on to another region).
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
  Store& store;
  const WorldConfig& config;
  Observer& observer;
  std::vector<Broker*> brokers;         // by region; null without one
  std::vector<std::vector<Pod*>> pods;  // by region
};

class FaultSchedule {
 public:
  FaultSchedule(FaultTargets targets, const Timeline& timeline, const sim::RandomSource& random);

  void start();

 private:
  struct Planned {
    const FaultConfig* fault = nullptr;
    std::uint64_t number = 0;  // in the scenario
    Instant begin;
    Instant end;
  };
  struct BrokerFault {
    Broker* broker = nullptr;
    const Planned* planned = nullptr;
  };

  void begin(const Planned& planned);
  void kill_pods(const Planned& planned);
  void restart_later(Pod& pod);
  void begin_outage(const Planned& planned);
  void end_outage(const Planned& planned);
  void crash_replicas(const Planned& planned);
  void switch_over(const Planned& planned);
  void tell(const Planned& planned, RegionId region, bool begins) const;
  void set_state_of(Broker& broker) const;
  void begin_broker_fault(const Planned& planned);
  void end_broker_fault(const BrokerFault& ended);
  Broker* broker_in(RegionId region) const;
  void act_on_network(const Planned& planned);
  NetworkFaultId begin_network_fault(const FaultConfig& fault);
  RegionId region_named(const std::string& name) const;

  FaultTargets targets_;
  sim::StreamKey victim_key_;
  std::vector<Planned> planned_;
  std::vector<BrokerFault> broker_faults_;  // that act now, the latest last
  std::vector<std::uint32_t> outages_;      // by region: that act now
};

}  // namespace seatrial::models
