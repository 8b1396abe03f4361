#include "models/pods/pod.hpp"

#include <gtest/gtest.h>

#include "tests/models/pods/pod_bench.hpp"

namespace seatrial::models {
namespace {

WorldConfig working_pod(std::int64_t cpu) {
  WorldConfig config = quiet_world();
  config.pods.cpu = cpu;
  config.pods.cpu_per_operation = constant(milliseconds(5));
  return config;
}

// Requests wait 10 ms for the store.
WorldConfig waiting_pod(std::int64_t max_in_flight, std::int64_t max_queue) {
  WorldConfig config = quiet_world();
  config.pods.max_in_flight = max_in_flight;
  config.pods.max_queue = max_queue;
  config.store.read_service = constant(milliseconds(10));
  return config;
}

TEST(Pod, ServesRequestsOneAfterTheOtherOnOneCore) {
  PodBench bench{working_pod(1)};

  const auto& first = bench.ask_at(at_milliseconds(0));
  const auto& second = bench.ask_at(at_milliseconds(1));
  const auto& third = bench.ask_at(at_milliseconds(20));
  bench.simulation.run();

  EXPECT_EQ(first.ended, at_milliseconds(5));
  EXPECT_EQ(second.ended, at_milliseconds(10));
  EXPECT_EQ(third.ended, at_milliseconds(25));
}

TEST(Pod, ServesAsManyAtATimeAsItHasCores) {
  PodBench bench{working_pod(2)};

  const auto& first = bench.ask_at(at_milliseconds(0));
  const auto& second = bench.ask_at(at_milliseconds(1));
  const auto& third = bench.ask_at(at_milliseconds(2));
  bench.simulation.run();

  EXPECT_EQ(first.ended, at_milliseconds(5));
  EXPECT_EQ(second.ended, at_milliseconds(6));
  EXPECT_EQ(third.ended, at_milliseconds(10));
}

TEST(Pod, WorksOnNoMoreThanMaxInFlight) {
  PodBench bench{waiting_pod(2, 100)};

  std::vector<const PodBench::Asked*> asked;
  for (int i = 0; i != 5; ++i) asked.push_back(&bench.ask_at(Instant{}));
  bench.simulation.run();

  std::vector<Instant> ends;
  for (const auto* one : asked) ends.push_back(one->ended);
  EXPECT_EQ(ends,
            (std::vector<Instant>{at_milliseconds(10), at_milliseconds(10), at_milliseconds(20),
                                  at_milliseconds(20), at_milliseconds(30)}));
}

TEST(Pod, RefusesAtOnceWhatItsQueueHasNoPlaceFor) {
  PodBench bench{waiting_pod(1, 1)};

  const auto& served = bench.ask_at(at_milliseconds(0));
  const auto& queued = bench.ask_at(at_milliseconds(1));
  const auto& refused = bench.ask_at(at_milliseconds(2));
  bench.simulation.run();

  EXPECT_EQ(served.reply->outcome, Outcome::ok);
  EXPECT_EQ(queued.ended, at_milliseconds(20));
  EXPECT_EQ(refused.reply->outcome, Outcome::refused);
  EXPECT_EQ(refused.ended, at_milliseconds(2));
}

TEST(Pod, WithoutAQueueServesWhatItCan) {
  PodBench bench{waiting_pod(1, 0)};

  const auto& served = bench.ask_at(at_milliseconds(0));
  const auto& refused = bench.ask_at(at_milliseconds(1));
  bench.simulation.run();

  EXPECT_EQ(served.reply->outcome, Outcome::ok);
  EXPECT_EQ(refused.reply->outcome, Outcome::refused);
}

TEST(Pod, GivesUpAtTheDeadlineInItsQueue) {
  PodBench bench{waiting_pod(1, 10)};
  bench.patience = milliseconds(4);

  bench.ask_at(at_milliseconds(0));
  const auto& queued = bench.ask_at(at_milliseconds(1));
  bench.simulation.run();

  EXPECT_EQ(queued.reply->outcome, Outcome::timed_out);
}

TEST(Pod, ResetsEveryRequestWhenItIsKilled) {
  PodBench bench{waiting_pod(1, 10)};

  const auto& working = bench.ask_at(at_milliseconds(0));
  const auto& queued = bench.ask_at(at_milliseconds(1));
  bench.kill_at(at_milliseconds(3));
  const auto& afterwards = bench.ask_at(at_milliseconds(4));
  bench.simulation.run();

  EXPECT_EQ(working.reply->outcome, Outcome::reset);
  EXPECT_EQ(working.ended, at_milliseconds(3));
  EXPECT_EQ(queued.reply->outcome, Outcome::reset);
  EXPECT_EQ(queued.ended, at_milliseconds(3));
  EXPECT_EQ(afterwards.reply->outcome, Outcome::reset);
  EXPECT_TRUE(bench.pods[0]->is_idle());
  EXPECT_EQ(bench.simulation.dropped_answers(), 1u);  // the store's, to a pod that was gone
}

TEST(Pod, CommitsAWriteThatItWasKilledIn) {
  WorldConfig config = quiet_world();
  config.store.write_service = constant(milliseconds(10));
  PodBench bench{config};

  const auto& write = bench.ask_at(at_milliseconds(0), OperationKind::update);
  bench.kill_at(at_milliseconds(3));
  bench.simulation.run();

  EXPECT_EQ(write.reply->outcome, Outcome::reset);
  EXPECT_EQ(bench.seen.commits.size(), 1u);
}

TEST(Pod, ComesBackWithIdleCoresAndAnEmptyQueue) {
  PodBench bench{working_pod(1)};

  for (int i = 0; i != 10; ++i) bench.ask_at(Instant{});
  bench.kill_at(at_milliseconds(2));
  bench.restart_at(at_milliseconds(3));
  const auto& after = bench.ask_at(at_milliseconds(4));
  bench.simulation.run();

  EXPECT_EQ(after.reply->outcome, Outcome::ok);
  EXPECT_EQ(after.ended, at_milliseconds(9));
}

TEST(Pod, LosesItsCachedTokensWhenItIsKilled) {
  PodBench bench{quiet_world()};

  bench.ask_at(at_milliseconds(1), OperationKind::update);
  const auto& cached = bench.ask_at(at_milliseconds(2));
  bench.kill_at(at_milliseconds(3));
  bench.restart_at(at_milliseconds(4));
  const auto& lost = bench.ask_at(at_milliseconds(5));
  const auto& cached_again = bench.ask_at(at_milliseconds(6));
  bench.simulation.run();

  EXPECT_EQ(cached.reply->token.source, TokenSource::pod_cache);
  EXPECT_EQ(cached.reply->token.lsn, 1u);
  EXPECT_EQ(lost.reply->token.source, TokenSource::none);
  EXPECT_EQ(cached_again.reply->token.source, TokenSource::pod_cache);
}

TEST(Pod, ForgetsABreakerThatWasOpenWhenItIsKilled) {
  WorldConfig config = quiet_world();
  config.broker.client.breaker = {true, 1, Duration::seconds(60)};
  carry(config, {"broker"});
  PodBench bench{config};
  bench.broker.set_state(BrokerState::refused);

  const auto& refused = bench.ask_at(at_milliseconds(1));
  const auto& open = bench.ask_at(at_milliseconds(2));
  bench.kill_at(at_milliseconds(3));
  bench.restart_at(at_milliseconds(4));
  const auto& asked_again = bench.ask_at(at_milliseconds(5));
  bench.simulation.run();

  EXPECT_EQ(refused.reply->broker_calls, 1);
  EXPECT_EQ(open.reply->broker_calls, 0);
  EXPECT_EQ(asked_again.reply->broker_calls, 1);
}

}  // namespace
}  // namespace seatrial::models
