// Tokens on their way through a whole world: users in East, the write region West, replicas in
// East one second behind, and pods that know nothing by themselves.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

WorldConfig lagging_world() {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0}, {"East", 1}};
  config.store.replication_lag.entry = constant(Duration::seconds(1));
  config.pods.count = 2;
  config.session_token.pod_cache = false;
  return config;
}

std::vector<OperationObserved> reads_of(const WorldConfig& config, std::uint8_t device = 0) {
  std::vector<OperationObserved> reads = observe(config).seen.of(OperationKind::read);
  std::erase_if(reads, [&](const OperationObserved& read) { return read.device != device; });
  EXPECT_GT(reads.size(), 50u);
  return reads;
}

// Of the sessions' own cart, which each has updated once.
std::size_t stale(const std::vector<OperationObserved>& reads) {
  return static_cast<std::size_t>(std::count_if(
      reads.begin(), reads.end(), [](const auto& read) { return read.version.ordinal == 0; }));
}

std::size_t from(const std::vector<OperationObserved>& reads, TokenSource source) {
  return static_cast<std::size_t>(std::count_if(
      reads.begin(), reads.end(), [&](const auto& read) { return read.token.source == source; }));
}

void lose_the_broker(WorldConfig& config) {
  FaultConfig fault;
  fault.kind = FaultKind::broker;
  fault.region = "East";
  fault.state = BrokerState::unreachable;
  fault.start_within = Duration{};
  config.phases[0].faults = {fault};
  config.phases.push_back(phase_of("still lost, nobody comes", Duration::seconds(60), 0));
  config.phases[1].faults = {fault};
}

TEST(Transports, WithoutOneEveryReadIsStale) {
  const auto reads = reads_of(lagging_world());

  EXPECT_EQ(stale(reads), reads.size());
  EXPECT_EQ(from(reads, TokenSource::none), reads.size());
}

TEST(Transports, APodsOwnCacheHelpsWhoComesBackToIt) {
  WorldConfig config = lagging_world();
  config.session_token.pod_cache = true;
  config.pods.affinity = Affinity::cookie;

  const auto reads = reads_of(config);

  EXPECT_EQ(stale(reads), 0u);
  EXPECT_EQ(from(reads, TokenSource::pod_cache), reads.size());
}

TEST(Transports, AClientBringsItsTokenToAnyPod) {
  WorldConfig config = lagging_world();
  carry(config, {"client"});

  const auto reads = reads_of(config);

  EXPECT_EQ(stale(reads), 0u);
  EXPECT_EQ(from(reads, TokenSource::client), reads.size());
  for (const auto& read : reads) EXPECT_EQ(read.broker_calls, 0);
}

TEST(Transports, ABrokerHasASessionsToken) {
  WorldConfig config = lagging_world();
  carry(config, {"broker"});

  const WorldRun run = observe(config);

  const auto reads = run.seen.of(OperationKind::read);
  EXPECT_EQ(stale(reads), 0u);
  EXPECT_EQ(from(reads, TokenSource::broker), reads.size());
  for (const auto& read : reads) EXPECT_GE(read.broker_calls, 1);
  for (const auto& update : run.seen.of(OperationKind::update)) EXPECT_EQ(update.broker_calls, 1);
}

TEST(Transports, ABrokerByDocumentServesTheSecondDeviceAndBySessionDoesNot) {
  WorldConfig config = lagging_world();
  config.workload.second_device = {true, 1, constant(milliseconds(80))};
  carry(config, {"broker"});

  config.session_token.key = TokenKey::session;
  const auto by_session = reads_of(config, 1);
  config.session_token.key = TokenKey::document;
  const auto by_document = reads_of(config, 1);

  EXPECT_EQ(stale(by_session), by_session.size());
  EXPECT_EQ(from(by_session, TokenSource::none), by_session.size());
  EXPECT_EQ(stale(by_document), 0u);
  EXPECT_EQ(from(by_document, TokenSource::broker), by_document.size());
}

TEST(Transports, AMessageBringsTheTokenToTheSecondDeviceAlone) {
  WorldConfig config = lagging_world();
  config.workload.second_device = {true, 1, constant(milliseconds(80))};
  carry(config, {"message"});

  const auto first = reads_of(config);
  const auto second = reads_of(config, 1);

  EXPECT_EQ(from(first, TokenSource::none), first.size());
  EXPECT_EQ(stale(first), first.size());
  EXPECT_EQ(from(second, TokenSource::message), second.size());
  EXPECT_EQ(stale(second), 0u);
}

// Writes, half a second, read: some sessions hold a token of the partition that has split since.
TEST(Transports, HaveATokenOfThePartitionThatTheDocumentsCameOf) {
  WorldConfig config = lagging_world();
  config.workload.steps[0].actions = {action_of(ActionKind::update), pause_of(milliseconds(500)),
                                      action_of(ActionKind::read)};
  FaultConfig split;
  split.kind = FaultKind::split;
  split.start_within = Duration{};
  config.phases.push_back(phase_of("split", Duration::seconds(5)));
  config.phases[1].faults = {split};

  EXPECT_GT(stale(reads_of(config)), 0u);
  for (const std::string transport : {"client", "broker"}) {
    carry(config, {transport});
    const auto reads = reads_of(config);
    EXPECT_EQ(stale(reads), 0u) << transport;
    const auto moved = std::count_if(reads.begin(), reads.end(), [](const auto& read) {
      return read.partition != PartitionId{0};
    });
    EXPECT_GT(moved, 20) << transport;
  }
}

TEST(Transports, HaveATokenOfThePartitionThatADocumentWasInBeforeItsMerge) {
  WorldConfig config = lagging_world();
  config.store.partitions = 2;
  config.workload.steps[0].actions = {action_of(ActionKind::update), pause_of(milliseconds(500)),
                                      action_of(ActionKind::read)};
  FaultConfig merge;
  merge.kind = FaultKind::merge;
  merge.start_within = Duration{};
  config.phases.push_back(phase_of("merge", Duration::seconds(5)));
  config.phases[1].faults = {merge};

  for (const std::string transport : {"client", "broker"}) {
    carry(config, {transport});
    const auto reads = reads_of(config);
    EXPECT_EQ(stale(reads), 0u) << transport;
    const auto moved = std::count_if(reads.begin(), reads.end(), [](const auto& read) {
      return read.partition == PartitionId{2};
    });
    EXPECT_GT(moved, 20) << transport;
  }
}

TEST(Transports, OfSeveralTheFirstOfEquallyNewTokensIsNamed) {
  WorldConfig config = lagging_world();

  carry(config, {"client", "broker"});
  const auto client_first = reads_of(config);
  carry(config, {"broker", "client"});
  const auto broker_first = reads_of(config);

  EXPECT_EQ(from(client_first, TokenSource::client), client_first.size());
  EXPECT_EQ(from(broker_first, TokenSource::broker), broker_first.size());
}

TEST(Transports, AReadPublishesOnlyWhatTheBrokerLacks) {
  WorldConfig config = lagging_world();
  config.store.replication_lag.entry = constant(Duration{});
  config.workload.sessions_per_second = 0.2;  // alone: nobody else's writes come between
  config.phases[0].length = Duration::seconds(100);
  config.workload.steps[0].actions.push_back(action_of(ActionKind::read));
  carry(config, {"broker"});

  const auto reads = observe(config).seen.of(OperationKind::read);

  ASSERT_FALSE(reads.empty());
  for (const auto& read : reads) EXPECT_EQ(read.broker_calls, 1) << "a GET and nothing else";
}

TEST(Transports, AReadWhosePodKnewMorePublishesForTheOtherPods) {
  WorldConfig config = lagging_world();
  config.store.replication_lag.entry = constant(Duration{});
  config.session_token.pod_cache = true;
  config.pods.count = 1;
  config.workload.steps[0].actions = {action_of(ActionKind::update)};
  StepConfig look = config.workload.steps[0];
  look.name = "look";
  look.actions = {action_of(ActionKind::read)};
  config.workload.steps[0].share = 0.5;
  look.share = 0.5;
  config.workload.steps.push_back(look);
  config.session_token.reads_publish = true;
  carry(config, {"broker"});

  const auto reads = observe(config).seen.of(OperationKind::read);

  // Others' writes filled the pod's cache; the reading session has nothing in the broker yet.
  std::size_t by_cache = 0;
  for (const auto& read : reads) {
    if (read.token.source != TokenSource::pod_cache) continue;
    ++by_cache;
    EXPECT_EQ(read.broker_calls, 2);
  }
  EXPECT_GT(by_cache, 10u);
}

TEST(Transports, ReadsPublishNothingWhenTheyAreToldNotTo) {
  WorldConfig config = lagging_world();
  config.session_token.reads_publish = false;
  carry(config, {"broker"});

  for (const auto& read : reads_of(config)) EXPECT_EQ(read.broker_calls, 1);
}

// --- When the broker is lost ---------------------------------------------------------------

TEST(Degradation, ReadsWithoutTheTokenAndSaysSo) {
  WorldConfig config = lagging_world();
  carry(config, {"broker"});
  lose_the_broker(config);

  const WorldRun run = observe(config);

  for (const auto& read : run.seen.of(OperationKind::read)) {
    EXPECT_EQ(read.outcome, Outcome::ok);
    EXPECT_EQ(read.degraded, Degraded::read_without_token);
  }
  for (const auto& update : run.seen.of(OperationKind::update)) {
    EXPECT_EQ(update.outcome, Outcome::ok);
    EXPECT_EQ(update.degraded, Degraded::token_not_published);
  }
}

TEST(Degradation, ReadsFromTheWriteRegion) {
  WorldConfig config = lagging_world();
  config.broker.on_unavailable = make_kind(degradation_axis(), "read_from_write_region");
  carry(config, {"broker"});
  lose_the_broker(config);

  const auto reads = reads_of(config);

  EXPECT_EQ(stale(reads), 0u);
  for (const auto& read : reads) {
    EXPECT_EQ(read.served_by, RegionId{0});
    EXPECT_EQ(read.degraded, Degraded::read_from_write_region);
  }
}

TEST(Degradation, FailsRatherThanAnswersWrongly) {
  WorldConfig config = lagging_world();
  config.broker.on_unavailable = make_kind(degradation_axis(), "fail");
  carry(config, {"broker"});
  lose_the_broker(config);

  for (const auto& read : reads_of(config)) {
    EXPECT_EQ(read.outcome, Outcome::broker_unavailable);
    EXPECT_EQ(read.degraded, Degraded::no);
    EXPECT_EQ(read.attempts, 0);
  }
}

TEST(Degradation, UsesTheTransportThatStillAnswers) {
  WorldConfig config = lagging_world();
  carry(config, {"broker", "client"});
  lose_the_broker(config);

  const auto reads = reads_of(config);

  EXPECT_EQ(stale(reads), 0u);
  EXPECT_EQ(from(reads, TokenSource::client), reads.size());
}

// --- Publication -----------------------------------------------------------------------------

WorldConfig slow_broker_world() {
  WorldConfig config = lagging_world();
  config.workload.sessions_per_second = 1;
  config.phases[0].length = Duration::seconds(100);
  config.broker.set_service = constant(milliseconds(20));
  config.workload.steps[0].actions = {action_of(ActionKind::update), pause_of(milliseconds(300)),
                                      action_of(ActionKind::read)};
  config.session_token.reads_publish = false;
  carry(config, {"broker"});
  return config;
}

TEST(Publication, MakesAWritesReplyWait) {
  for (const auto& update : observe(slow_broker_world()).seen.of(OperationKind::update)) {
    EXPECT_GE(update.completed - update.invoked, milliseconds(20));
  }
}

TEST(Publication, DoesNotMakeTheReplyWaitWhenItIsAsynchronous) {
  WorldConfig config = slow_broker_world();
  config.session_token.asynchronous = true;
  config.session_token.publish_after = constant(milliseconds(200));

  const WorldRun run = observe(config);

  for (const auto& update : run.seen.of(OperationKind::update)) {
    EXPECT_EQ(update.completed, update.invoked);
    EXPECT_EQ(update.broker_calls, 0);  // paid for when it is sent
    EXPECT_EQ(update.degraded, Degraded::no);
  }
  ASSERT_EQ(run.seen.late_costs.size(), run.seen.of(OperationKind::update).size());
  for (const LateCost& cost : run.seen.late_costs) {
    EXPECT_EQ(cost.broker_calls, 1);
    EXPECT_TRUE(cost.is_background);
  }
  EXPECT_EQ(stale(run.seen.of(OperationKind::read)), 0u);  // 220 ms are less than the pause
}

TEST(Publication, ComesTooLateForAReadThatIsFaster) {
  WorldConfig config = slow_broker_world();
  config.session_token.asynchronous = true;
  config.session_token.publish_after = constant(milliseconds(301));

  const auto reads = observe(config).seen.of(OperationKind::read);

  ASSERT_FALSE(reads.empty());
  EXPECT_EQ(stale(reads), reads.size());
}

TEST(Publication, CountsTheWayToACentralBroker) {
  WorldConfig config = lagging_world();
  config.regions.links = {link_of("West <> East", milliseconds(10))};
  config.broker.placement = "West";
  config.workload.steps[0].actions = {action_of(ActionKind::update)};
  carry(config, {"broker"});

  const auto updates = observe(config).seen.of(OperationKind::update);

  ASSERT_FALSE(updates.empty());
  for (const auto& update : updates) {
    EXPECT_EQ(update.cross_region_calls, 2);  // the write, and its token
    EXPECT_EQ(update.completed - update.invoked, milliseconds(40));
  }
}

}  // namespace
}  // namespace seatrial::models
