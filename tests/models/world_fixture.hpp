// A whole world for tests, small and exact: regions West (write region, all users) and East, one
// pod each, one data class, one step. Nothing takes time unless a test says so, so that every
// instant of a run can be computed by hand.
//
//   WorldConfig config = quiet_world();
//   config.pods.cpu_per_operation = constant(milliseconds(5));
//   const WorldRun run = observe(config);
//   EXPECT_EQ(run.totals.operations, run.seen.operations.size());
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "models/strategies/registry.hpp"
#include "models/world.hpp"

namespace seatrial::models {

inline Duration milliseconds(std::int64_t n) { return Duration::milliseconds(n); }
inline Instant at_milliseconds(std::int64_t n) { return Instant::at(Duration::milliseconds(n)); }
inline sim::Distribution constant(Duration duration) {
  return sim::Distribution::constant(static_cast<double>(duration.ns()));
}
inline sim::Distribution exponential(Duration mean) {
  return sim::Distribution::exponential(static_cast<double>(mean.ns()));
}

inline LinkConfig link_of(std::string name, Duration one_way) {
  LinkConfig link;
  link.name = std::move(name);
  link.has_one_way = true;
  link.one_way = constant(one_way);
  return link;
}

inline ActionConfig action_of(ActionKind kind, std::string data_class = "cart") {
  ActionConfig action;
  action.kind = kind;
  action.data_class = std::move(data_class);
  return action;
}

inline ActionConfig pause_of(Duration duration) {
  ActionConfig action;
  action.kind = ActionKind::pause;
  action.pause = constant(duration);
  return action;
}

inline PhaseConfig phase_of(std::string name, Duration length, double sessions = 1) {
  PhaseConfig phase;
  phase.name = std::move(name);
  phase.length = length;
  phase.sessions = sessions;
  return phase;
}

// Ten sessions a second for ten seconds; each updates its user's cart and reads it again.
inline WorldConfig quiet_world() {
  WorldConfig config;
  config.regions.users = {{"West", 1}, {"East", 0}};
  config.regions.links = {link_of("West <> East", Duration{})};
  config.regions.jitter = false;
  config.regions.same_zone_round_trip = constant(Duration{});
  config.regions.cross_zone_round_trip = constant(Duration{});
  config.store.write_region = "West";
  config.store.partitions = 1;
  config.store.in_region_lag = constant(Duration{});
  config.broker.present = true;
  config.broker.client.timeout_check = milliseconds(100);
  config.broker.get_service = constant(Duration{});
  config.broker.set_service = constant(Duration{});
  config.broker.on_unavailable = make_kind(degradation_axis(), "read_without_token");
  config.pods.balance = make_kind(balancing_axis(), "least_outstanding");
  DataClassConfig cart;
  cart.name = "cart";
  config.data = {cart};
  StepConfig step;
  step.name = "add item";
  step.share = 1;
  step.actions = {action_of(ActionKind::update), action_of(ActionKind::read)};
  config.workload.sessions_per_second = 10;
  config.workload.steps = {step};
  config.phases = {phase_of("normal", Duration::seconds(10))};
  return config;
}

inline void carry(WorldConfig& config, std::vector<std::string> transports) {
  config.session_token.carry.clear();
  for (const std::string& name : transports) {
    config.session_token.carry.push_back(make_kind(token_transport_axis(), name));
  }
}

class Observations : public Observer {
 public:
  void operation(const OperationObserved& seen) override { operations.push_back(seen); }
  void commit(const CommitObserved& seen) override { commits.push_back(seen); }
  void fault(const FaultObserved& seen) override { faults.push_back(seen); }
  void takeover(const TakeoverObserved& seen) override { takeovers.push_back(seen); }
  void user_left(const UserLeft& seen) override { left.push_back(seen); }
  void late(const LateCost& seen) override { late_costs.push_back(seen); }

  std::vector<OperationObserved> of(OperationKind kind) const {
    std::vector<OperationObserved> found;
    for (const OperationObserved& seen : operations) {
      if (seen.kind == kind) found.push_back(seen);
    }
    return found;
  }
  std::size_t count(Outcome outcome) const {
    std::size_t sum = 0;
    for (const OperationObserved& seen : operations) sum += seen.outcome == outcome ? 1 : 0;
    return sum;
  }

  std::vector<OperationObserved> operations;
  std::vector<CommitObserved> commits;
  std::vector<FaultObserved> faults;
  std::vector<TakeoverObserved> takeovers;
  std::vector<UserLeft> left;
  std::vector<LateCost> late_costs;
};

struct WorldRun {
  RunTotals totals;
  Observations seen;
};

inline WorldRun observe(const WorldConfig& config, const RunOptions& options = {}) {
  WorldRun run;
  run.totals = run_world(config, options, run.seen);
  return run;
}

}  // namespace seatrial::models
