#include "analysis/collectors/exercised_collector.hpp"

#include <gtest/gtest.h>

#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

constexpr models::RegionId write_region{0};

Exercised by(const std::vector<models::OperationObserved>& operations, bool takes_tokens = true) {
  ExercisedCollector collector{{takes_tokens, takes_tokens}, write_region, at_ms(56)};
  for (const models::OperationObserved& seen : operations) collector.operation(seen);
  return collector.counted();
}

TEST(Exercised, KnowsAReadThatEndedAtTheWriteRegion) {
  const models::OperationObserved last_resort = some_read();  // 4 attempts, answered elsewhere
  models::OperationObserved at_home = some_read(), at_once = some_read(), degraded = some_read();
  at_home.served_by = at_home.region;
  at_once.attempts = 1;
  degraded.degraded = models::Degraded::read_from_write_region;

  const Exercised seen = by({last_resort, at_home, at_once, degraded});

  EXPECT_EQ(seen.reads_sent_back, 3U);
  EXPECT_EQ(seen.reads_ended_elsewhere, 1U);
  EXPECT_EQ(seen.second_device_reads, 4U);
  EXPECT_EQ(seen.token_sources[static_cast<std::size_t>(models::TokenSource::client)], 4U);
}

// A strong read asks several replicas; nobody sends it back.
TEST(Exercised, SeveralRequestsOfAnotherLevelAreNoRetry) {
  EXPECT_EQ(by({some_read()}, false).reads_sent_back, 0U);
}

TEST(Exercised, TellsAnOpenBreakerFromABrokerThatDidNotAnswer) {
  models::OperationObserved asked = some_read();
  asked.degraded = models::Degraded::read_without_token;
  models::OperationObserved not_asked = asked;
  not_asked.broker_calls = 0;

  const Exercised seen = by({asked, not_asked});

  EXPECT_EQ(seen.degraded[static_cast<std::size_t>(models::Degraded::read_without_token)], 2U);
  EXPECT_EQ(seen.degraded_without_a_call, 1U);
}

TEST(Exercised, CountsOutcomesAndOverwritesOfUpdatesToo) {
  models::OperationObserved update = some_read();
  update.kind = models::OperationKind::update;
  update.lost_update = true;
  update.outcome = models::Outcome::precondition_failed;

  const Exercised seen = by({update});

  EXPECT_EQ(seen.outcomes[static_cast<std::size_t>(models::Outcome::precondition_failed)], 1U);
  EXPECT_EQ(seen.updates_over_unseen, 1U);
  EXPECT_EQ(seen.second_device_reads, 0U);
  EXPECT_EQ(seen.token_sources, decltype(seen.token_sources){});
}

TEST(Exercised, LooksAtGaugesOfThePhasesAlone) {
  ExercisedCollector collector{{true}, write_region, at_ms(56)};
  models::GaugesObserved seen;
  seen.pods = 2;
  seen.breakers_open = 1;
  seen.broker = models::BrokerHealth::unreachable;
  seen.at = at_ms(55);
  collector.gauges(seen);
  EXPECT_EQ(collector.counted(), Exercised{});

  seen.at = at_ms(56);
  collector.gauges(seen);
  seen.pods_ready = 1;
  seen.broker = models::BrokerHealth::refused;
  collector.gauges(seen);

  EXPECT_EQ(collector.counted().pods_missing, 2U);
  EXPECT_EQ(collector.counted().no_pod_ready, 1U);
  EXPECT_EQ(collector.counted().breaker_open, 2U);
  EXPECT_EQ(collector.counted().broker_refused, 1U);
  EXPECT_EQ(collector.counted().broker_unreachable, 1U);
}

// A counter that merge() forgets would silently lack in every report over several replications.
TEST(Exercised, MergeAddsEveryCounter) {
  Exercised one;
  auto* const words = reinterpret_cast<std::uint64_t*>(&one);
  constexpr std::size_t size = sizeof(Exercised) / sizeof(std::uint64_t);
  for (std::size_t i = 0; i < size; ++i) words[i] = i + 1;

  Exercised sum = one;
  sum.merge(one);

  const auto* const sums = reinterpret_cast<const std::uint64_t*>(&sum);
  for (std::size_t i = 0; i < size; ++i) EXPECT_EQ(sums[i], 2 * (i + 1)) << "word " << i;
}

}  // namespace
}  // namespace seatrial::analysis
