#include "models/broker/broker.hpp"

#include <gtest/gtest.h>

#include "tests/models/broker/broker_bench.hpp"

namespace seatrial::models {
namespace {

TEST(Broker, KeepsTheNewerTokenWhenTwoWritesRace) {
  BrokerBench bench{quiet_world()};

  bench.set_at(at_milliseconds(1), token_of(9));
  bench.set_at(at_milliseconds(2), token_of(7));
  const auto& read = bench.get_at(at_milliseconds(3));
  bench.simulation.run();

  EXPECT_EQ(read.answer.token, token_of(9));
}

TEST(Broker, KeepsWhatWasWrittenLastWithAPlainSet) {
  WorldConfig config = quiet_world();
  config.broker.write = BrokerWrite::set;
  BrokerBench bench{config};

  bench.set_at(at_milliseconds(1), token_of(9));
  bench.set_at(at_milliseconds(2), token_of(7));
  const auto& read = bench.get_at(at_milliseconds(3));
  bench.simulation.run();

  EXPECT_EQ(read.answer.token, token_of(7));
}

TEST(Broker, LosesATokenWhenItsTimeToLiveIsOver) {
  WorldConfig config = quiet_world();
  config.broker.ttl = milliseconds(100);
  BrokerBench bench{config};

  bench.set_at(at_milliseconds(0), token_of(9));
  bench.set_at(at_milliseconds(50), token_of(8));  // the newer stays, and lives on
  const auto& before = bench.get_at(at_milliseconds(149));
  const auto& after = bench.get_at(at_milliseconds(150));
  bench.simulation.run();

  EXPECT_EQ(before.answer.token, token_of(9));
  EXPECT_TRUE(after.answer.token.is_none());
  EXPECT_EQ(after.answer.status, BrokerStatus::ok);
  EXPECT_EQ(bench.broker.entries(), 0u);
}

TEST(Broker, DoesNotMergeWithATokenThatHasExpired) {
  WorldConfig config = quiet_world();
  config.broker.ttl = milliseconds(100);
  BrokerBench bench{config};

  bench.set_at(at_milliseconds(0), token_of(9));
  bench.set_at(at_milliseconds(100), token_of(7));
  const auto& read = bench.get_at(at_milliseconds(101));
  bench.simulation.run();

  EXPECT_EQ(read.answer.token, token_of(7));
}

TEST(Broker, ServesOneRequestAfterTheOther) {
  WorldConfig config = quiet_world();
  config.broker.set_service = constant(milliseconds(10));
  config.broker.get_service = constant(milliseconds(3));
  BrokerBench bench{config};

  const auto& first = bench.set_at(at_milliseconds(1), token_of(4));
  const auto& second = bench.get_at(at_milliseconds(2));
  const auto& third = bench.set_at(at_milliseconds(30), token_of(5));
  bench.simulation.run();

  EXPECT_EQ(first.ended, at_milliseconds(11));
  EXPECT_EQ(second.ended, at_milliseconds(14));
  EXPECT_EQ(second.answer.token, token_of(4));
  EXPECT_EQ(third.ended, at_milliseconds(40));
}

TEST(Broker, TellsSessionsPartitionsAndDocumentsApart) {
  const BrokerKey keys[] = {
      BrokerKey::of(SessionId{1}, PartitionId{0}), BrokerKey::of(SessionId{1}, PartitionId{1}),
      BrokerKey::of(SessionId{2}, PartitionId{0}), BrokerKey::of(DocumentName{DataClassId{0}, 1}),
      BrokerKey::of(DocumentName{DataClassId{1}, 1})};
  BrokerBench bench{quiet_world()};

  std::vector<const BrokerBench::Asked*> reads;
  for (std::uint64_t i = 0; i != 5; ++i) bench.set_at(Instant{}, token_of(i + 1), keys[i]);
  for (const BrokerKey& key : keys) reads.push_back(&bench.get_at(at_milliseconds(1), key));
  bench.simulation.run();

  for (std::uint64_t i = 0; i != 5; ++i) EXPECT_EQ(reads[i]->answer.token, token_of(i + 1));
}

TEST(Broker, RefusesAtOnceAndKeepsItsEntries) {
  BrokerBench bench{quiet_world()};

  bench.set_at(at_milliseconds(1), token_of(3));
  bench.set_state_at(at_milliseconds(2), BrokerState::refused);
  const auto& refused = bench.get_at(at_milliseconds(3));
  bench.set_state_at(at_milliseconds(4), BrokerState::up);
  const auto& read = bench.get_at(at_milliseconds(5));
  bench.simulation.run();

  EXPECT_EQ(refused.answer.status, BrokerStatus::refused);
  EXPECT_EQ(refused.ended, at_milliseconds(3));
  EXPECT_EQ(read.answer.token, token_of(3));
}

TEST(Broker, DoesWhatItHadBegunWhenItBecameUnreachableAndTellsNobody) {
  WorldConfig config = quiet_world();
  config.broker.set_service = constant(milliseconds(10));
  BrokerBench bench{config};

  const auto& write = bench.set_at(at_milliseconds(0), token_of(3));
  bench.set_state_at(at_milliseconds(5), BrokerState::unreachable);
  bench.set_state_at(at_milliseconds(20), BrokerState::up);
  const auto& read = bench.get_at(at_milliseconds(21));
  bench.simulation.run();

  EXPECT_EQ(write.answer.status, BrokerStatus::timed_out);
  EXPECT_EQ(read.answer.token, token_of(3));
}

}  // namespace
}  // namespace seatrial::models
