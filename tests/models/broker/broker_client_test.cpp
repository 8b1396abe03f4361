#include "models/broker/broker_client.hpp"

#include <gtest/gtest.h>

#include "tests/models/broker/broker_bench.hpp"

namespace seatrial::models {
namespace {

// Timeout 50 ms, looked for at 30, 130, 230, ... ms.
constexpr Duration phase = Duration::milliseconds(30);

TEST(BrokerClient, LooksForTimeoutsOnlyAtItsHeartbeat) {
  BrokerBench bench{quiet_world(), phase};
  bench.broker.set_state(BrokerState::unreachable);

  const auto& early = bench.get_at(at_milliseconds(0));     // times out at 50
  const auto& exactly = bench.get_at(at_milliseconds(80));  // at 130
  const auto& late = bench.get_at(at_milliseconds(81));     // at 131
  bench.simulation.run();

  EXPECT_EQ(early.ended, at_milliseconds(130));
  EXPECT_EQ(exactly.ended, at_milliseconds(130));
  EXPECT_EQ(late.ended, at_milliseconds(230));
  EXPECT_EQ(late.answer.status, BrokerStatus::timed_out);
}

TEST(BrokerClient, WaitsForItsFirstHeartbeat) {
  WorldConfig config = quiet_world();
  config.broker.client.timeout = milliseconds(5);
  BrokerBench bench{config, phase};
  bench.broker.set_state(BrokerState::unreachable);

  const auto& asked = bench.get_at(at_milliseconds(0));
  bench.simulation.run();

  EXPECT_EQ(asked.ended, at_milliseconds(30));
}

TEST(BrokerClient, TakesAnAnswerUntilTheHeartbeatFindsTheTimeout) {
  for (const std::int64_t service : {60, 129, 130}) {
    WorldConfig config = quiet_world();
    config.broker.get_service = constant(milliseconds(service));
    BrokerBench bench{config, phase};

    const auto& asked = bench.get_at(at_milliseconds(0));
    bench.simulation.run();

    EXPECT_EQ(asked.answer.status, BrokerStatus::ok) << service;
    EXPECT_EQ(asked.ended, at_milliseconds(service));
  }
}

TEST(BrokerClient, DropsAnAnswerThatComesAfterTheHeartbeat) {
  WorldConfig config = quiet_world();
  config.broker.get_service = constant(milliseconds(131));
  BrokerBench bench{config, phase};

  const auto& asked = bench.get_at(at_milliseconds(0));
  bench.simulation.run();

  EXPECT_EQ(asked.answer.status, BrokerStatus::timed_out);
  EXPECT_EQ(bench.simulation.dropped_answers(), 1u);
}

TEST(BrokerClient, PaysForTheWayThereAndBack) {
  WorldConfig config = quiet_world();
  config.regions.links = {link_of("West <> East", milliseconds(20))};
  BrokerBench bench{config, phase, RegionId{1}};

  const auto& asked = bench.get_at(at_milliseconds(0));
  bench.simulation.run();

  EXPECT_TRUE(bench.client.is_in_other_region());
  EXPECT_EQ(asked.ended, at_milliseconds(40));
}

TEST(BrokerClient, FailsAtOnceWhileItsBreakerIsOpenAndProbesAfterwards) {
  WorldConfig config = quiet_world();
  config.broker.client.breaker = {true, 2, milliseconds(500)};
  BrokerBench bench{config, phase};
  bench.broker.set_state(BrokerState::unreachable);

  bench.get_at(at_milliseconds(0));
  bench.get_at(at_milliseconds(10));  // both fail at 130: open until 630
  const auto& open = bench.get_at(at_milliseconds(629));
  const auto& probe = bench.get_at(at_milliseconds(630));  // fails at 730: open until 1230
  const auto& beside_the_probe = bench.get_at(at_milliseconds(640));
  bench.set_state_at(at_milliseconds(700), BrokerState::up);
  const auto& open_again = bench.get_at(at_milliseconds(1229));
  const auto& second_probe = bench.get_at(at_milliseconds(1230));
  const auto& closed = bench.get_at(at_milliseconds(1231));
  bench.simulation.run();

  EXPECT_EQ(open.answer.status, BrokerStatus::breaker_open);
  EXPECT_EQ(open.ended, at_milliseconds(629));
  EXPECT_EQ(probe.answer.status, BrokerStatus::timed_out);
  EXPECT_EQ(probe.ended, at_milliseconds(730));
  EXPECT_EQ(beside_the_probe.answer.status, BrokerStatus::breaker_open);
  EXPECT_EQ(open_again.answer.status, BrokerStatus::breaker_open);
  EXPECT_EQ(second_probe.answer.status, BrokerStatus::ok);
  EXPECT_EQ(closed.answer.status, BrokerStatus::ok);
  EXPECT_FALSE(bench.client.breaker_is_open());
}

using Admission = Breaker::Admission;

BreakerConfig three_failures() { return {true, 3, Duration::seconds(5)}; }

void fail(Breaker& breaker, Instant now, int times) {
  for (int i = 0; i != times; ++i) breaker.ended(Admission::request, false, now, now);
}

TEST(Breaker, OpensOnlyAfterFailuresInARow) {
  const BreakerConfig config = three_failures();
  Breaker breaker{config};

  fail(breaker, Instant{}, 2);
  breaker.ended(Admission::request, true, Instant{}, Instant{});
  fail(breaker, Instant{}, 2);
  EXPECT_FALSE(breaker.is_open());
  fail(breaker, Instant{}, 1);

  EXPECT_TRUE(breaker.is_open());
}

TEST(Breaker, DoesNotOpenWhereThereIsNone) {
  BreakerConfig config = three_failures();
  config.present = false;
  Breaker breaker{config};

  fail(breaker, Instant{}, 100);

  EXPECT_EQ(breaker.admit(Instant{}), Admission::request);
}

TEST(Breaker, ListensToItsProbeAloneWhileItIsOpen) {
  const BreakerConfig config = three_failures();
  Breaker breaker{config};
  fail(breaker, at_milliseconds(0), 3);

  fail(breaker, at_milliseconds(4000), 1);  // sent before it opened
  breaker.ended(Admission::request, true, at_milliseconds(0), at_milliseconds(4500));

  EXPECT_TRUE(breaker.is_open());
  EXPECT_EQ(breaker.admit(at_milliseconds(4999)), Admission::refused);
  EXPECT_EQ(breaker.admit(at_milliseconds(5000)), Admission::probe);
  fail(breaker, at_milliseconds(5001), 1);  // not the probe
  EXPECT_EQ(breaker.admit(at_milliseconds(5002)), Admission::refused);
}

TEST(Breaker, CountsFromTheStartWhenAProbeHasClosedIt) {
  const BreakerConfig config = three_failures();
  Breaker breaker{config};
  fail(breaker, at_milliseconds(0), 3);

  const Admission probe = breaker.admit(at_milliseconds(5000));
  breaker.ended(probe, true, at_milliseconds(5000), at_milliseconds(5001));
  fail(breaker, at_milliseconds(5002), 2);

  EXPECT_FALSE(breaker.is_open());
}

TEST(Breaker, ForgetsWhatWasSentBeforeItOpenedAlsoWhenItHasClosed) {
  const BreakerConfig config = three_failures();
  Breaker breaker{config};
  fail(breaker, at_milliseconds(0), 3);
  const Admission probe = breaker.admit(at_milliseconds(5000));
  breaker.ended(probe, true, at_milliseconds(5000), at_milliseconds(5001));

  for (int i = 0; i != 3; ++i)
    breaker.ended(Admission::request, false, at_milliseconds(0), at_milliseconds(6000));

  EXPECT_FALSE(breaker.is_open());
}

}  // namespace
}  // namespace seatrial::models
