// The three ways to update a document, and what is charged for them.
#include <gtest/gtest.h>

#include "models/store/client.hpp"
#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

StoreRequest update_by(UpdateBy update, StoreBench& bench, DocumentHandle document,
                       RegionId from = west) {
  StoreRequest request = bench.request(document, from);
  request.update = update;
  return request;
}

// Both begin at once; reading takes no time, writing 10 ms.
std::vector<StoreAnswer> race(StoreBench& bench, UpdateBy update, int writers) {
  const DocumentHandle document = bench.open(1);
  std::vector<StoreAnswer> answers(static_cast<std::size_t>(writers));
  for (StoreAnswer& answer : answers) {
    sim::Task<StoreAnswer> task = bench.store.update(update_by(update, bench, document));
    bench.processes.start(StoreBench::run_into(std::move(task), &answer, nullptr));
  }
  bench.simulation.run();
  return answers;
}

WorldConfig slow_writes() {
  WorldConfig world = calm_world();
  world.store.write_service = constant_ms(10);
  return world;
}

TEST(Patch, LosesNothing) {
  StoreBench bench{slow_writes()};

  const auto answers = race(bench, UpdateBy::patch, 2);

  EXPECT_FALSE(answers[0].lost_update || answers[1].lost_update);
  EXPECT_EQ(answers[0].attempts, 1);
}

TEST(Replace, OverwritesWhatItHasNotRead) {
  StoreBench bench{slow_writes()};

  const auto answers = race(bench, UpdateBy::replace, 2);

  EXPECT_NE(answers[0].lost_update, answers[1].lost_update);
  EXPECT_EQ(answers[1].based_on.ordinal, 0u);
  EXPECT_EQ(answers[1].version.ordinal, 2u);
  EXPECT_EQ(answers[1].attempts, 2);
}

TEST(ReplaceIfMatch, ReadsAgainAndLosesNothing) {
  StoreBench bench{slow_writes()};

  const auto answers = race(bench, UpdateBy::replace_if_match, 2);

  EXPECT_FALSE(answers[0].lost_update || answers[1].lost_update);
  EXPECT_EQ(answers[0].attempts, 2);
  EXPECT_EQ(answers[1].attempts, 4);
  EXPECT_EQ(answers[1].based_on, answers[0].version);
  EXPECT_EQ(answers[1].ru.thousandths, 1000 + 1000 + 1000 + 10'000);
}

TEST(ReplaceIfMatch, GivesUpAfterFiveRetries) {
  StoreBench bench{slow_writes()};

  const auto answers = race(bench, UpdateBy::replace_if_match, 8);

  int failed = 0;
  for (const StoreAnswer& answer : answers) {
    if (answer.outcome != Outcome::precondition_failed) continue;
    ++failed;
    EXPECT_EQ(answer.attempts, 2 * (1 + Client::retries_after_412));
    EXPECT_EQ(answer.version.ordinal, 0u);
  }
  EXPECT_EQ(failed, 2);
}

// The token that came with the 412 makes the second read wait for what it had missed.
TEST(ReplaceIfMatch, ReadsAtLeastWhatTheRefusalCarried) {
  WorldConfig world = calm_world();
  world.store.replication_lag.entry = constant_ms(3);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));

  const StoreAnswer written =
      bench.update(update_by(UpdateBy::replace_if_match, bench, document, east));

  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(written.based_on.ordinal, 1u);
  EXPECT_EQ(written.answered, Instant::at(ms(5)));
}

TEST(Update, CarriesBytesToTheWriteRegionAndToTheReadRegions) {
  StoreBench bench{calm_world()};
  const DocumentHandle document = bench.open(1);

  const StoreAnswer near = bench.update(update_by(UpdateBy::patch, bench, document));
  const StoreAnswer far = bench.update(update_by(UpdateBy::patch, bench, document, east));

  EXPECT_EQ(near.cross_region_calls, 0);
  EXPECT_EQ(near.cross_region_bytes, 2 * (500 + 100));
  EXPECT_EQ(far.cross_region_calls, 1);
  EXPECT_EQ(far.cross_region_bytes, 2 * (500 + 100) + (500 + 100) + 500);
}

TEST(Update, IsSentOnceAndEndsWithoutAnAnswerAfterSixSeconds) {
  StoreBench bench{calm_world()};
  const DocumentHandle document = bench.open(1);
  const std::vector<RegionId> group{east};
  bench.network.partition(group, Instant{});
  bench.wait_until(Instant::at(ms(1)));

  const StoreAnswer written = bench.update(update_by(UpdateBy::patch, bench, document, east));

  EXPECT_EQ(written.outcome, Outcome::timed_out);
  EXPECT_EQ(written.attempts, 1);
  EXPECT_EQ(written.answered, Instant::at(ms(6001)));
}

}  // namespace
}  // namespace seatrial::models
