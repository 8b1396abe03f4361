// The story of a run: named phases, one after the other, with load and faults.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/broker/broker_config.hpp"
#include "models/fields.hpp"

namespace seatrial::models {

enum class FaultKind {
  kill_pods,
  broker,
  partition,
  slow_link,
  cut_link,
  region,
  store,
  replicas,
  split,
  switchover,
  merge
};
inline constexpr std::array<std::string_view, 11> fault_kind_names{
    "kill_pods", "broker",   "partition", "slow_link",  "cut_link", "region",
    "store",     "replicas", "split",     "switchover", "merge"};

// What a region, or the store in it, is during a fault.
enum class Outage { down };
inline constexpr std::array<std::string_view, 1> outage_names{"down"};

// A fault acts from its start (drawn within `start_within` of the phase's start, per replication)
// to the end of the phase. Written as
//   { "pods": "West Europe", "kill": 2 }
//   { "broker": "West Europe", "is": "unreachable" }
//   { "partition": ["West Europe"] }             these regions apart from all others
//   { "slow_link": "East US <> West Europe", "factor": "x3" }
//   { "cut_link": "East US <> West Europe" }
//   { "region": "East US", "is": "down" }        its pods, broker and replicas
//   { "store": "East US", "is": "down" }         its replicas of all partitions
//   { "replicas": "East US", "crash": 1 }        some of each partition's; they restart by
//   themselves
//   { "split": 0 }                               for good: that partition of the store
//   { "switchover": "West Europe" }              for good, and planned: it takes over the writes
//   { "merge": 0, "with": 1 }                    for good: these two
struct FaultConfig {
  FaultKind kind = FaultKind::kill_pods;
  std::string region;     // pods, broker, region, store, replicas, switchover
  std::int64_t kill = 0;  // pods
  BrokerState state = BrokerState::up;
  Outage outage = Outage::down;
  std::int64_t crash = 0;                          // replicas, of each partition
  Duration restart_after = Duration::seconds(30);  // replicas
  std::vector<std::string> regions;                // partition
  std::string link;                                // slow_link, cut_link
  double factor = 1;                               // slow_link: multiplies its one-way delay
  std::int64_t split = 0;                          // number of the partition
  Duration at_most = Duration::seconds(60);        // switchover: how long writes wait for it
  std::int64_t merge = 0;                          // numbers of the two
  std::int64_t with = 1;
  Duration start_within = Duration::seconds(15);
};

struct PhaseConfig {
  std::string name;
  Duration length;
  double sessions = 1;                    // times the workload's rate of new sessions
  Duration ramp;                          // from the phase before to this load, linearly
  double stands_for_hours_per_month = 0;  // 0: not said
  std::vector<FaultConfig> faults;
};

void describe(FieldVisitor&, std::vector<PhaseConfig>&);

}  // namespace seatrial::models
