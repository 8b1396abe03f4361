// A run as a whole: the same for equal inputs, complete, and ended when it is asked to.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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
  config.regions.last_mile_round_trip = exponential(milliseconds(10));
  config.store.partitions = 2;
  config.store.read_service = exponential(milliseconds(1));
  config.store.write_service = exponential(milliseconds(1));
  config.store.replication_lag.entry = exponential(milliseconds(30));
  config.broker.client.breaker.present = true;
  config.pods.count = 3;
  config.pods.cpu_per_operation = exponential(milliseconds(2));
  config.workload.sessions_per_second = 30;
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

// What tells two runs apart: a row for each operation.
using Row = std::array<std::uint64_t, 9>;
std::vector<Row> summary_of(const Observations& seen) {
  std::vector<Row> rows;
  for (const OperationObserved& o : seen.operations) {
    rows.push_back({o.session.value(), o.index, static_cast<std::uint64_t>(o.invoked.ns()),
                    static_cast<std::uint64_t>(o.completed.ns()),
                    static_cast<std::uint64_t>(o.outcome), o.version.lsn, o.token.lsn,
                    o.pod.value(), o.broker_calls});
  }
  return rows;
}

TEST(World, ObservesTheSameTwice) {
  const WorldConfig config = busy_world();

  const WorldRun first = observe(config);
  const WorldRun second = observe(config);

  EXPECT_GT(first.totals.operations, 1000u);
  EXPECT_EQ(summary_of(first.seen), summary_of(second.seen));
  EXPECT_EQ(first.totals.workload_digest, second.totals.workload_digest);
}

TEST(World, IsAnotherInEveryReplication) {
  const WorldConfig config = quiet_world();
  RunOptions second;
  second.replication = 1;

  EXPECT_NE(observe(config).totals.workload_digest, observe(config, second).totals.workload_digest);
}

TEST(World, OffersTheSameWorkUnderEveryPolicy) {
  std::vector<WorldConfig> policies(6, busy_world());
  carry(policies[1], {});
  policies[2].store.consistency = Consistency::strong;
  policies[3].pods.affinity = Affinity::cookie;
  policies[3].pods.count = 7;
  policies[4].data[0].update = UpdateBy::replace_if_match;
  policies[5].broker.on_unavailable = make_kind(degradation_axis(), "fail");
  policies[5].session_token.key = TokenKey::document;

  const WorldRun base = observe(policies[0]);
  std::map<SessionId, Instant> arrivals;
  for (const auto& seen : base.seen.operations) arrivals[seen.session] = seen.session_arrived;
  for (const WorldConfig& policy : policies) {
    const WorldRun run = observe(policy);
    EXPECT_EQ(run.totals.workload_digest, base.totals.workload_digest);
    EXPECT_EQ(run.totals.sessions, base.totals.sessions);
    for (const auto& seen : run.seen.operations) {
      if (seen.device != 0) continue;
      EXPECT_EQ(seen.session_arrived, arrivals.at(seen.session));
    }
  }
}

// Every operation that was invoked is observed once, with the numbers of its session in order.
TEST(World, LosesNoOperation) {
  const WorldRun run = observe(busy_world());

  std::map<SessionId, std::uint32_t> next;
  for (const auto& seen : run.seen.operations) {
    EXPECT_GE(seen.completed, seen.invoked);
    if (seen.device != 0) continue;
    EXPECT_EQ(seen.index, next[seen.session]++);
  }
  EXPECT_EQ(run.totals.operations, run.seen.operations.size());
  EXPECT_EQ(run.totals.sessions, next.size());
}

TEST(World, ObservesInTheOrderOfTime) {
  const WorldRun run = observe(busy_world());

  Instant last;
  for (const auto& seen : run.seen.operations) {
    EXPECT_GE(seen.completed, last);
    last = seen.completed;
  }
}

TEST(World, CommitsEveryWriteThatItAcknowledged) {
  const WorldRun run = observe(busy_world());

  std::set<std::pair<PartitionId, std::uint64_t>> committed;
  for (const auto& commit : run.seen.commits) {
    EXPECT_TRUE(committed.insert({commit.partition, commit.version.lsn}).second);
  }
  for (const auto& update : run.seen.of(OperationKind::update)) {
    if (update.outcome != Outcome::ok) continue;
    EXPECT_EQ(committed.count({update.partition, update.version.lsn}), 1u);
  }
}

// That nothing is left in the models when a run has ended is asserted in run_world itself.
TEST(World, LetsEveryUserLeaveOnceAfterTheLastOperation) {
  const WorldRun run = observe(busy_world());

  std::map<UserId, Instant> left;
  for (const UserLeft& user : run.seen.left) EXPECT_TRUE(left.emplace(user.user, user.at).second);
  EXPECT_EQ(left.size(), run.totals.sessions);
  for (const auto& seen : run.seen.operations) EXPECT_LE(seen.completed, left.at(seen.user));
}

TEST(World, ShowsEveryFaultOfItsStory) {
  const WorldRun run = observe(busy_world());

  EXPECT_GT(run.seen.count(Outcome::reset), 0u);
  EXPECT_TRUE(std::any_of(run.seen.operations.begin(), run.seen.operations.end(),
                          [](const auto& seen) { return seen.degraded != Degraded::no; }));
}

TEST(World, EndsEarlyWhenItIsCancelled) {
  const WorldConfig config = busy_world();
  RunOptions options;
  int asked = 0;
  options.cancelled = [&] { return ++asked == 5; };

  const WorldRun whole = observe(config);
  const WorldRun run = observe(config, options);

  EXPECT_TRUE(run.totals.cancelled);
  EXPECT_LT(run.seen.operations.size(), whole.seen.operations.size());
  for (std::size_t i = 0; i != run.seen.operations.size(); ++i) {
    EXPECT_EQ(run.seen.operations[i].completed, whole.seen.operations[i].completed);
    EXPECT_LE(run.seen.operations[i].completed, at_milliseconds(5000));
  }
}

TEST(World, TellsItsProgress) {
  std::vector<double> told;
  RunOptions options;
  options.progress = [&](double part) { told.push_back(part); };

  observe(quiet_world(), options);

  ASSERT_GE(told.size(), 9u);
  EXPECT_DOUBLE_EQ(told.front(), 0.1);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_LE(told.back(), 1.0);
}

// Requests that wait for one heartbeat end at one instant; as everything else takes its own time,
// who is first then must not matter.
TEST(World, HangsOnTheOrderOfSimultaneousEventsInNothing) {
  const WorldConfig config = busy_world();
  const auto sorted = [](std::vector<Row> rows) {
    std::sort(rows.begin(), rows.end());
    return rows;
  };
  const WorldRun ordered = observe(config);
  for (std::uint64_t seed = 1; seed != 4; ++seed) {
    RunOptions options;
    options.shuffle_ties = true;
    options.tie_seed = seed;

    const WorldRun shuffled = observe(config, options);

    EXPECT_EQ(shuffled.totals.workload_digest, ordered.totals.workload_digest);
    const std::vector<Row> rows = sorted(summary_of(shuffled.seen));
    const std::vector<Row> expected = sorted(summary_of(ordered.seen));
    ASSERT_EQ(rows.size(), expected.size());
    for (std::size_t i = 0; i != rows.size(); ++i) ASSERT_EQ(rows[i], expected[i]);
  }
}

TEST(World, PlaysSessionsThatPauseForYears) {
  WorldConfig config = quiet_world();
  config.workload.sessions_per_second = 1;
  config.workload.steps_per_session = sim::Distribution::constant(2);
  config.workload.pause = constant(Duration::seconds(86'400LL * 365));

  const WorldRun run = observe(config);

  EXPECT_EQ(run.totals.operations, run.totals.sessions * 4);
}

}  // namespace
}  // namespace seatrial::models
