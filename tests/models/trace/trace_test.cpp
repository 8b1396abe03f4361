#include "models/trace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

class Told : public Trace {
 public:
  void message(const MessageTraced& message) override { messages.push_back(message); }
  void moment(const MomentTraced& moment) override { moments.push_back(moment); }
  void applied(const AppliedTraced& applied) override { arrivals.push_back(applied); }

  std::vector<MessageTraced> of(const OperationObserved& operation, Hop hop) const {
    std::vector<MessageTraced> found;
    for (const MessageTraced& message : messages) {
      const bool fits = message.operation.session == operation.session &&
                        message.operation.index == operation.index && message.hop == hop;
      if (fits) found.push_back(message);
    }
    return found;
  }

  std::vector<MessageTraced> messages;
  std::vector<MomentTraced> moments;
  std::vector<AppliedTraced> arrivals;
};

// Users in the read region, two pods, 40 ms to the write region, 100 ms of lag beyond it.
WorldConfig two_regions() {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0}, {"East", 1}};
  config.regions.links = {link_of("West <> East", milliseconds(40))};
  config.store.replication_lag.link = constant(milliseconds(100));
  config.pods.count = 2;
  config.workload.second_device.present = true;
  config.workload.second_device.share = 0.5;
  config.workload.second_device.refetch_after = exponential(milliseconds(80));
  config.regions.last_mile_round_trip = constant(milliseconds(2));
  return config;
}

struct TracedRun {
  WorldRun run;
  Told told;
};

TracedRun follow(const WorldConfig& config, std::vector<UserId> users, RunOptions options = {}) {
  TracedRun traced;
  options.followed = Followed{std::move(users), traced.told};
  traced.run.totals = run_world(config, options, traced.run.seen);
  return traced;
}

// What an operation looked like, to compare runs.
std::string text_of(const OperationObserved& seen) {
  return std::to_string(seen.session.value()) + " " + std::to_string(seen.index) + " " +
         std::to_string(seen.invoked.ns()) + " " + std::to_string(seen.completed.ns()) + " " +
         std::to_string(seen.version.lsn) + " " + std::to_string(seen.token.lsn) + " " +
         std::to_string(seen.attempts) + " " + std::to_string(seen.pod.value());
}

std::vector<std::string> texts_of(const WorldRun& run) {
  std::vector<std::string> texts;
  for (const OperationObserved& seen : run.seen.operations) texts.push_back(text_of(seen));
  return texts;
}

TEST(Trace, ChangesNothingOfTheRunThatItIsToldOf) {
  for (const bool shuffle_ties : {false, true}) {
    WorldConfig config = two_regions();
    config.store.replication_lag.link = exponential(milliseconds(100));
    config.store.in_region_lag = exponential(milliseconds(3));
    config.session_token.asynchronous = true;
    carry(config, {"client", "broker"});
    RunOptions options;
    options.shuffle_ties = shuffle_ties;
    options.tie_seed = 5;

    const WorldRun alone = observe(config, options);
    const TracedRun traced = follow(config, {UserId{0}, UserId{3}, UserId{7}}, options);

    EXPECT_EQ(texts_of(traced.run), texts_of(alone));
    EXPECT_EQ(traced.run.totals.events, alone.totals.events);
    EXPECT_GT(traced.told.messages.size(), 30U);
  }
}

TEST(Trace, IsToldOfTheUsersFollowedAlone) {
  const TracedRun traced = follow(two_regions(), {UserId{3}});

  EXPECT_FALSE(traced.told.messages.empty());
  for (const MessageTraced& message : traced.told.messages)
    EXPECT_EQ(user_of(message.operation.session), UserId{3});
}

TEST(Trace, TellsTheTokenThatEachRequestCarried) {
  WorldConfig config = two_regions();
  carry(config, {"client"});
  std::vector<UserId> users;
  for (std::uint64_t i = 0; i < 40; ++i) users.push_back(UserId{i});

  const TracedRun traced = follow(config, users);

  std::size_t reads = 0;
  for (const OperationObserved& seen : traced.run.seen.of(OperationKind::read)) {
    if (seen.user.value() >= 40) continue;
    ++reads;
    const auto requests = traced.told.of(seen, Hop::pod_to_replica);
    EXPECT_EQ(requests.size(), seen.attempts);
    for (const MessageTraced& request : requests) EXPECT_EQ(request.token.lsn, seen.token.lsn);
    const auto answers = traced.told.of(seen, Hop::replica_to_pod);
    ASSERT_FALSE(answers.empty());
    EXPECT_EQ(answers.back().said, Said::ok);
    EXPECT_EQ(answers.back().version, seen.version);
    EXPECT_EQ(answers.back().sent, seen.answered);
    EXPECT_GE(answers.back().token.lsn, seen.token.lsn);
  }
  EXPECT_GT(reads, 40U);
}

TEST(Trace, TellsWhenEachMessageLeftAndArrived) {
  const TracedRun traced = follow(two_regions(), {UserId{0}});
  const OperationObserved update = traced.run.seen.of(OperationKind::update).front();
  ASSERT_EQ(update.user, UserId{0});

  const auto one = [&](Hop hop) { return traced.told.of(update, hop).at(0); };

  const Instant start = update.invoked;
  EXPECT_EQ(one(Hop::device_to_door).sent, start);
  EXPECT_EQ(one(Hop::door_to_pod).sent, start + milliseconds(1));
  EXPECT_EQ(one(Hop::pod_to_replica).arrives, start + milliseconds(41));
  EXPECT_EQ(one(Hop::replica_to_pod).sent, start + milliseconds(41));
  EXPECT_EQ(one(Hop::pod_to_door).sent, start + milliseconds(81));
  EXPECT_EQ(one(Hop::door_to_device).arrives, update.completed);
}

TEST(Trace, TellsWhenEachReplicaHasAWriteOfTheUser) {
  const TracedRun traced = follow(two_regions(), {UserId{0}});
  const OperationObserved update = traced.run.seen.of(OperationKind::update).front();

  std::vector<std::int64_t> west, east;
  for (const AppliedTraced& applied : traced.told.arrivals) {
    if (applied.lsn != update.version.lsn) continue;
    (applied.region == RegionId{0} ? west : east).push_back((applied.at - update.invoked).ns());
  }

  constexpr std::int64_t ms = 1'000'000;
  EXPECT_THAT(west, testing::Each(41 * ms));               // one way
  EXPECT_THAT(east, testing::Each((41 + 40 + 100) * ms));  // and the wire, and the lag
  EXPECT_GE(west.size(), 4U);  // each replica, perhaps told again when it is read
  EXPECT_GE(east.size(), 4U);
}

TEST(Trace, TellsOfABrokerThatDoesNotAnswerAndOfAnOpenBreaker) {
  WorldConfig config = two_regions();
  carry(config, {"broker"});
  config.broker.client.breaker.present = true;
  config.broker.client.breaker.open_after = 3;
  FaultConfig fault;
  fault.kind = FaultKind::broker;
  fault.region = "East";
  fault.state = BrokerState::unreachable;
  fault.start_within = Duration{};
  config.phases[0].faults = {fault};
  std::vector<UserId> users;
  for (std::uint64_t i = 0; i < 40; ++i) users.push_back(UserId{i});

  const TracedRun traced = follow(config, users);

  std::size_t timed_out = 0;
  std::size_t not_sent = 0;
  for (const MomentTraced& moment : traced.told.moments) {
    timed_out += moment.what == Moment::broker_timed_out ? 1 : 0;
    not_sent += moment.what == Moment::breaker_open ? 1 : 0;
  }
  EXPECT_GT(timed_out, 0U);
  EXPECT_GT(not_sent, 0U);
  for (const MessageTraced& message : traced.told.messages)
    EXPECT_NE(message.hop, Hop::broker_to_pod);
}

}  // namespace
}  // namespace seatrial::models
