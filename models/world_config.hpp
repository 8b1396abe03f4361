// One simulated world, completely resolved: what a policy's run is made from. Plain data.
#pragma once

#include <vector>

#include "models/broker/broker_config.hpp"
#include "models/faults/phases_config.hpp"
#include "models/network/network_config.hpp"
#include "models/pods/pods_config.hpp"
#include "models/probes_config.hpp"
#include "models/sessions/workload_config.hpp"
#include "models/store/store_config.hpp"

namespace seatrial::models {

struct WorldConfig {
  RegionsConfig regions;
  StoreConfig store;
  BrokerConfig broker;
  PodsConfig pods;
  std::vector<DataClassConfig> data;
  SessionTokenConfig session_token;
  WorkloadConfig workload;
  std::vector<PhaseConfig> phases;
  ProbesConfig probes;
  Duration warmup;  // before the first phase, at its load; sessions that arrive in it do not count
};

// The keys of a scenario file that make the world, in the order of the file.
void describe(FieldVisitor&, WorldConfig&);

}  // namespace seatrial::models
