// What a partition turns away, and what the client library makes of it.
#include "models/store/throttling.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

StoreConfig provisioned(std::int64_t ru_per_second, std::int64_t partitions = 1) {
  StoreConfig config;
  config.request_units_per_second = ru_per_second;
  config.partitions = partitions;
  return config;
}

TEST(ThroughputLimit, TurnsAwayWhatComesAfterThePartOfASecondIsUsedUp) {
  ThroughputLimit limit{provisioned(10, 2), 2, 1};  // 5 RU/s each

  limit.charge(0, west, RequestUnits{4'999}, Instant::at(ms(100)));
  EXPECT_FALSE(limit.full_until(0, west, Instant::at(ms(200))));
  limit.charge(0, west, RequestUnits{10'000}, Instant::at(ms(200)));

  EXPECT_EQ(limit.full_until(0, west, Instant::at(ms(300))), ms(700));
  EXPECT_FALSE(limit.full_until(1, west, Instant::at(ms(300))));
  EXPECT_FALSE(limit.full_until(0, west, Instant::at(ms(1000))));
}

TEST(ThroughputLimit, IsThatOfEachRegionByItself) {
  ThroughputLimit limit{provisioned(5), 1, 2};

  limit.charge(0, east, RequestUnits{5'000}, Instant{});

  EXPECT_TRUE(limit.full_until(0, east, Instant{}));
  EXPECT_FALSE(limit.full_until(0, west, Instant{}));
}

TEST(ThroughputLimit, IsNoneUnlessOneIsProvisioned) {
  ThroughputLimit limit{provisioned(0), 1, 1};

  limit.charge(0, west, RequestUnits{1'000'000'000}, Instant{});

  EXPECT_FALSE(limit.full_until(0, west, Instant{}));
}

TEST(ThrottleRetries, AreNineWithinThirtySecondsOfWaiting) {
  ThrottleRetries many, long_ones;

  for (int i = 0; i < 9; ++i) EXPECT_EQ(many.next_wait(ms(10)), ms(10));
  EXPECT_FALSE(many.next_wait(ms(10)));
  EXPECT_TRUE(long_ones.next_wait(ms(29'000)));
  EXPECT_TRUE(long_ones.next_wait(ms(1'000)));
  EXPECT_FALSE(long_ones.next_wait(ms(1)));
}

WorldConfig limited(std::int64_t ru_per_second, Consistency consistency = Consistency::session) {
  WorldConfig world = calm_world();
  world.store.consistency = consistency;
  world.store.request_units_per_second = ru_per_second;
  return world;
}

template <class Start>
std::vector<StoreAnswer> at_once(StoreBench& bench, std::size_t count, Start start) {
  const DocumentHandle document = bench.open(1);
  std::vector<StoreAnswer> answers(count);
  for (StoreAnswer& answer : answers) {
    bench.processes.start(
        StoreBench::run_into(start(bench.request(document, west)), &answer, nullptr));
  }
  bench.simulation.run();
  return answers;
}

TEST(Client, SendsAReadThatWasTurnedAwayAgainWhenTheNextSecondBegins) {
  StoreBench bench{limited(2)};

  const auto answers = at_once(bench, 3, [&](auto request) { return bench.store.read(request); });

  EXPECT_EQ(answers[1].throttled, 0);
  EXPECT_EQ(answers[2].outcome, Outcome::ok);
  EXPECT_EQ(answers[2].throttled, 1);
  EXPECT_EQ(answers[2].attempts, 2);
  EXPECT_EQ(answers[2].answered, Instant::at(ms(1000)));
  EXPECT_EQ(answers[2].ru.thousandths, 1000);
}

// Each second has room for one, so the eleventh and the twelfth are turned away ten times.
TEST(Client, GivesAWriteUpAfterNineRetriesAndNeverWritesItTwice) {
  StoreBench bench{limited(1)};

  const auto answers =
      at_once(bench, 12, [&](auto request) { return bench.store.update(request); });

  std::set<std::uint64_t> lsns;
  int given_up = 0;
  for (const StoreAnswer& answer : answers) {
    if (answer.outcome == Outcome::ok) {
      lsns.insert(answer.version.lsn);
      continue;
    }
    ++given_up;
    EXPECT_EQ(answer.outcome, Outcome::throttled);
    EXPECT_EQ(answer.throttled, 10);
    EXPECT_EQ(answer.ru.thousandths, 0);
    EXPECT_EQ(answer.answered, Instant::at(ms(9000)));
  }
  EXPECT_EQ(given_up, 2);
  EXPECT_EQ(lsns.size(), 10u);
  EXPECT_EQ(bench.recorder.commits.size(), 10u);
}

TEST(Client, AsksAQuorumAgainWhenOneOfItsReplicasTurnedItAway) {
  StoreBench bench{limited(2, Consistency::strong)};

  const auto answers = at_once(bench, 2, [&](auto request) { return bench.store.read(request); });

  EXPECT_EQ(answers[0].throttled, 0);
  EXPECT_EQ(answers[1].outcome, Outcome::ok);
  EXPECT_EQ(answers[1].throttled, 2);
  EXPECT_EQ(answers[1].answered, Instant::at(ms(1000)));
}

TEST(Client, EndsAtTheDeadlineWhenTheNextSecondIsBeyondIt) {
  StoreBench bench{limited(1)};

  const auto answers = at_once(bench, 2, [&](auto request) {
    request.deadline = Instant::at(ms(300));
    return bench.store.read(request);
  });

  EXPECT_EQ(answers[1].outcome, Outcome::timed_out);
  EXPECT_EQ(answers[1].answered, Instant::at(ms(300)));
}

}  // namespace
}  // namespace seatrial::models
