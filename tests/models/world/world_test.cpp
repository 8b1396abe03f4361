// A run as a whole: the same for equal inputs, complete, and ended when it is asked to.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

// Everything that can happen does: two transports, faults, a surge, a second device.
WorldConfig busy_world() {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0.6}, {"East", 0.4}};
  config.regions.links = {link_of("West <> East", milliseconds(40))};
  config.regions.request_timeout = Duration::seconds(2);
  config.store.partitions = 2;
  config.store.replication_lag.entry = exponential(milliseconds(30));
  config.broker.client.breaker.present = true;
  config.pods.count = 3;
  config.pods.cpu_per_operation = exponential(milliseconds(2));
  config.workload.steps[0].actions.push_back(pause_of(milliseconds(60)));
  config.workload.steps[0].actions.push_back(action_of(ActionKind::read));
  config.workload.steps_per_session = sim::Distribution::geometric(3);
  config.workload.pause = exponential(milliseconds(800));
  config.workload.second_device.present = true;
  config.workload.second_device.share = 0.3;
  config.workload.second_device.refetch_after = exponential(milliseconds(100));
  config.warmup = Duration::seconds(2);
  PhaseConfig surge = phase_of("surge", Duration::seconds(8), 3);
  FaultConfig kill;
  kill.kind = FaultKind::kill_pods;
  kill.region = "East";
  kill.kill = 3;
  kill.start_within = Duration::seconds(1);
  FaultConfig lost;
  lost.kind = FaultKind::broker;
  lost.region = "West";
  lost.state = BrokerState::unreachable;
  surge.faults = {kill, lost};
  config.phases.push_back(surge);
  carry(config, {"client", "broker"});
  return config;
}

// What tells two runs apart.
std::vector<std::int64_t> summary_of(const Observations& seen) {
  std::vector<std::int64_t> numbers;
  for (const OperationObserved& o : seen.operations) {
    numbers.insert(numbers.end(),
                   {static_cast<std::int64_t>(o.session.value()), o.index, o.invoked.ns(),
                    o.completed.ns(), static_cast<std::int64_t>(o.outcome),
                    static_cast<std::int64_t>(o.version.lsn),
                    static_cast<std::int64_t>(o.token.lsn), o.pod.value(), o.broker_calls});
  }
  for (const CommitObserved& c : seen.commits) numbers.push_back(c.committed.ns());
  return numbers;
}

TEST(World, ObservesTheSameTwice) {
  const WorldConfig config = busy_world();

  const WorldRun first = observe(config);
  const WorldRun second = observe(config);

  EXPECT_GT(first.totals.operations, 1000u);
  EXPECT_EQ(summary_of(first.seen), summary_of(second.seen));
  EXPECT_EQ(first.totals.workload_digest, second.totals.workload_digest);
}

}  // namespace
}  // namespace seatrial::models
