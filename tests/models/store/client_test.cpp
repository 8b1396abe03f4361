// What the client library asks, when it asks again, and how it ends.
#include "models/store/client.hpp"

#include <gtest/gtest.h>

#include "tests/models/store/store_bench.hpp"

namespace seatrial::models {
namespace {

std::vector<std::int64_t> attempt_times(const StoreConfig& config, std::size_t count) {
  RetrySchedule schedule{config, Instant{}};
  std::vector<std::int64_t> times{0};
  Instant now;
  while (times.size() < count) {
    const auto wait = schedule.next_wait(now);
    if (!wait) break;
    now = now + *wait;
    times.push_back(now.ns() / 1'000'000);
  }
  return times;
}

std::vector<std::int64_t> attempt_times(Sdk sdk, std::size_t count) {
  StoreConfig config;
  config.sdk = sdk;
  return attempt_times(config, count);
}

std::vector<std::int64_t> attempt_times_before_leaving(std::int64_t retries, Duration at_least) {
  StoreConfig config;
  config.session_retry = {PreferredRegion::remote, retries, at_least};
  return attempt_times(config, 1000);
}

TEST(RetrySchedule, HasThePublishedAttemptTimes) {
  using Times = std::vector<std::int64_t>;

  EXPECT_EQ(attempt_times(Sdk::older, 8), (Times{0, 0, 5, 15, 35, 75, 125, 175}));
  EXPECT_EQ(attempt_times(Sdk::java, 10), (Times{0, 0, 5, 15, 35, 75, 155, 315, 635, 1135}));
  EXPECT_EQ(attempt_times(Sdk::dotnet_2026, 7), (Times{0, 0, 5, 30, 155, 655, 1155}));
}

TEST(RetrySchedule, EndsAfterFiveSeconds) {
  for (const Sdk sdk : {Sdk::older, Sdk::java, Sdk::dotnet_2026}) {
    EXPECT_EQ(attempt_times(sdk, 1000).back(), 5000);
  }
}

TEST(RetrySchedule, LeavesTheRegionAfterAFewRetriesWhenAnotherIsPreferred) {
  using Times = std::vector<std::int64_t>;

  EXPECT_EQ(attempt_times_before_leaving(1, ms(500)), (Times{0, 500}));
  EXPECT_EQ(attempt_times_before_leaving(3, ms(100)), (Times{0, 0, 5, 100}));
  EXPECT_EQ(attempt_times_before_leaving(5, ms(100)), (Times{0, 0, 5, 30, 155, 655}));
  EXPECT_EQ(attempt_times_before_leaving(100, ms(100)).back(), 5000);
}

TEST(Client, ReadsWhatItWrote) {
  StoreBench bench{calm_world()};
  const DocumentHandle document = bench.open(1);

  const StoreAnswer written = bench.update(bench.request(document, west));
  const StoreAnswer read = bench.read(bench.request(document, west));

  EXPECT_EQ(written.outcome, Outcome::ok);
  EXPECT_EQ(written.version, (Version{1, 1, 1}));
  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(read.token, (SessionToken{1, 1}));
  EXPECT_EQ(read.attempts, 1);
}

TEST(Client, ReadsAtThePrimaryAloneWhereThatIsTheChoice) {
  WorldConfig world = calm_world();
  world.store.replication_lag.entry = constant_ms(100);
  world.store.read_from = ReadFrom::primary;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer written = bench.update(bench.request(document, east));

  const StoreAnswer read = bench.read(bench.request(document, east));

  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(read.served_by, west);
  EXPECT_EQ(read.replica, 0);
  EXPECT_EQ(read.cross_region_calls, 1);
  EXPECT_EQ(read.attempts, 1);
}

// The entry comes to East 100 ms after its commit: after the attempts at 0, 0, 5 and 30 ms.
TEST(Client, AsksAgainByTheScheduleUntilTheTokenIsThere) {
  WorldConfig world = calm_world();
  world.store.replication_lag.entry = constant_ms(100);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer written = bench.update(bench.request(document, west));

  StoreRequest request = bench.request(document, east);
  request.token = written.token;
  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.answered - written.answered, ms(155));
  EXPECT_EQ(read.attempts, 4 * 4 + 1);
  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(read.served_by, east);
  EXPECT_EQ(read.ru.thousandths, 1000);
}

TEST(Client, GoesToTheWriteRegionWhenTheBudgetIsSpent) {
  WorldConfig world = calm_world();
  world.store.replication_lag.link = constant_ms(20'000);
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer written = bench.update(bench.request(document, west));

  StoreRequest request = bench.request(document, east);
  request.token = written.token;
  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.answered - written.answered, ms(5000));
  EXPECT_EQ(read.version, written.version);
  EXPECT_EQ(read.served_by, west);
  EXPECT_EQ(read.replica, 0);
  EXPECT_EQ(read.cross_region_calls, 1);
  EXPECT_EQ(read.cross_region_bytes, 2 * header_bytes + 1024);
}

TEST(Client, SaysWhenATokenIsSatisfiedNowhere) {
  StoreBench bench{calm_world()};
  StoreRequest request = bench.request(bench.open(1), east);
  request.token = SessionToken{1, 99};

  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.outcome, Outcome::token_unsatisfied);
  EXPECT_EQ(read.answered, Instant::at(ms(5000)));
}

TEST(Client, GoesToTheWriteRegionSoonerWhenThatIsPreferred) {
  WorldConfig world = calm_world();
  world.store.replication_lag.link = constant_ms(20'000);
  world.store.session_retry.prefer = PreferredRegion::remote;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  const StoreAnswer written = bench.update(bench.request(document, west));

  StoreRequest request = bench.request(document, east);
  request.token = written.token;
  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.answered - written.answered, ms(500));
  EXPECT_EQ(read.attempts, 4 + 4 + 1);
  EXPECT_EQ(read.served_by, west);
  EXPECT_EQ(read.degraded, Degraded::no);
}

// A token that no log has: of another account, say.
StoreAnswer read_with_foreign_token(OnTokenUnsatisfied what_then, RegionId from) {
  WorldConfig world = calm_world();
  world.store.on_token_unsatisfied = what_then;
  StoreBench bench{world};
  const DocumentHandle document = bench.open(1);
  bench.update(bench.request(document, west));
  StoreRequest request = bench.request(document, from);
  request.token = SessionToken{1, 99};
  return bench.read(request);
}

TEST(Client, ReadsWithoutTheTokenInTheEndWhenItMayAndSaysSo) {
  for (const RegionId from : {west, east}) {
    const auto here = read_with_foreign_token(OnTokenUnsatisfied::read_without_token, from);
    const auto there = read_with_foreign_token(OnTokenUnsatisfied::write_region, from);

    for (const StoreAnswer& read : {here, there}) {
      EXPECT_EQ(read.outcome, Outcome::ok);
      EXPECT_EQ(read.degraded, Degraded::token_given_up);
      EXPECT_EQ(read.answered, Instant::at(ms(5000)));
    }
    EXPECT_EQ(here.served_by, from);
    EXPECT_EQ(there.served_by, west);
    EXPECT_EQ(there.replica, 0);
  }
}

TEST(Client, AtTheDeadlineEverythingEnds) {
  StoreBench bench{calm_world()};
  StoreRequest request = bench.request(bench.open(1), east);
  request.token = SessionToken{1, 99};
  request.deadline = Instant::at(ms(1234));

  const StoreAnswer read = bench.read(request);

  EXPECT_EQ(read.outcome, Outcome::timed_out);
  EXPECT_EQ(read.answered, Instant::at(ms(1234)));
}

}  // namespace
}  // namespace seatrial::models
