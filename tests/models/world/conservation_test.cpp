// What must add up, whatever a store does: operations, request units, versions.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <tuple>

#include "models/store/request_units.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

constexpr std::int64_t provisioned = 300;

// Documents that come and go, two devices, too little throughput, lost messages.
WorldConfig busy_world(std::uint64_t variant) {
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0.6}, {"East", 0.4}};
  config.regions.links = {link_of("West <> East", milliseconds(30))};
  config.regions.links[0].loss = variant % 2 == 0 ? 0 : 0.01;
  config.store.replication_lag.entry = exponential(milliseconds(30));
  config.store.partitions = 2;
  config.store.request_units_per_second = provisioned;
  config.data[0].update = static_cast<UpdateBy>(variant % update_by_names.size());
  config.data[0].paths = 4;
  config.data[0].at_start = AtStart::absent;
  config.data[0].ttl = milliseconds(variant % 3 == 0 ? 0 : 900);
  config.workload.steps[0].actions = {
      action_of(ActionKind::insert), action_of(ActionKind::insert), action_of(ActionKind::read),
      pause_of(milliseconds(200)),   action_of(ActionKind::update), pause_of(milliseconds(800)),
      action_of(ActionKind::update), action_of(ActionKind::read),   action_of(ActionKind::delete_)};
  config.workload.second_device.present = true;
  config.workload.second_device.share = 0.5;
  config.workload.second_device.updates = true;
  config.workload.second_device.update_after = constant(milliseconds(100));
  config.workload.sessions_per_second = 12;
  return config;
}

WorldRun run_of(std::uint64_t variant) {
  RunOptions options;
  options.seed = variant + 1;
  return observe(busy_world(variant), options);
}

TEST(Conservation, EveryOperationEndsOnceAndMostOutcomesAreReached) {
  std::set<Outcome> reached;
  for (std::uint64_t variant = 0; variant < 12; ++variant) {
    const WorldRun run = run_of(variant);

    std::set<std::tuple<std::uint64_t, std::uint32_t, OperationKind>> ended;
    for (const OperationObserved& seen : run.seen.operations) {
      EXPECT_TRUE(ended.insert({seen.session.value(), seen.index, seen.kind}).second);
      EXPECT_LE(seen.throttled, seen.attempts);
      reached.insert(seen.outcome);
    }
    EXPECT_EQ(run.totals.operations, run.seen.operations.size());
  }
  for (const Outcome outcome : {Outcome::ok, Outcome::timed_out, Outcome::throttled,
                                Outcome::conflict, Outcome::not_found}) {
    EXPECT_TRUE(reached.contains(outcome)) << outcome_names[static_cast<std::size_t>(outcome)];
  }
}

// An acknowledged write is one version; numbers of a partition and of a document have no gap.
TEST(Conservation, EveryGoodWriteIsOneVersion) {
  for (std::uint64_t variant = 0; variant < 12; ++variant) {
    const WorldRun run = run_of(variant);

    std::map<std::uint32_t, std::uint64_t> lsns;
    std::map<std::uint64_t, std::uint64_t> ordinals;
    std::set<std::pair<std::uint32_t, std::uint64_t>> committed;
    for (const CommitObserved& commit : run.seen.commits) {
      EXPECT_EQ(commit.version.lsn, ++lsns[commit.partition.value()]);
      EXPECT_EQ(commit.version.ordinal, ++ordinals[commit.document.owner]);
      committed.insert({commit.partition.value(), commit.version.lsn});
    }
    std::set<std::pair<std::uint32_t, std::uint64_t>> acknowledged;
    for (const OperationObserved& seen : run.seen.operations) {
      if (!is_write(seen.kind) || seen.outcome != Outcome::ok) continue;
      const std::pair<std::uint32_t, std::uint64_t> version{seen.partition.value(),
                                                            seen.version.lsn};
      EXPECT_TRUE(committed.contains(version));
      EXPECT_TRUE(acknowledged.insert(version).second);
    }
  }
}

// What is charged of a second in a partition and region is its part, and at most one request more;
// without lost messages every request unit is in an operation.
TEST(Conservation, NoSecondIsChargedMoreThanItsPartAndOneRequest) {
  const std::int64_t part = provisioned * 1000 / 2;
  const std::int64_t dearest = cost_of_write(OperationKind::update, 1024).thousandths;
  for (std::uint64_t variant = 0; variant < 12; variant += 2) {
    const WorldRun run = run_of(variant);

    std::map<std::tuple<std::uint32_t, std::uint32_t, std::int64_t>, std::int64_t> charged;
    std::int64_t most = 0;
    for (const OperationObserved& seen : run.seen.operations) {
      // Of several requests it is not told which cost what.
      if (seen.outcome != Outcome::ok || seen.attempts - seen.throttled != 1) continue;
      const std::int64_t second = seen.answered.ns() / 1'000'000'000;
      auto& sum = charged[{seen.partition.value(), seen.served_by.value(), second}];
      sum += seen.ru.thousandths;
      most = std::max(most, sum);
    }
    EXPECT_LE(most, part + dearest);
    EXPECT_GT(most, part / 4);
  }
}

// Twice as many reads of 1 RU as are provisioned: every second serves its part to the last unit,
// and the others end after nine retries, a second apart.
TEST(Conservation, AnOverloadedPartitionServesExactlyWhatIsProvisioned) {
  WorldConfig config = quiet_world();
  config.data[0].size = 1024;
  config.store.request_units_per_second = 100;
  config.workload.steps[0].actions = {action_of(ActionKind::read)};
  config.workload.sessions_per_second = 200;
  config.pods.max_in_flight = 100'000;
  config.phases = {phase_of("normal", Duration::seconds(40))};

  const WorldRun run = observe(config);

  std::map<std::int64_t, int> served;
  std::size_t throttled = 0;
  for (const OperationObserved& seen : run.seen.operations) {
    if (seen.outcome == Outcome::ok) {
      ++served[seen.answered.ns() / 1'000'000'000];
      continue;
    }
    ++throttled;
    ASSERT_EQ(seen.outcome, Outcome::throttled);
    EXPECT_EQ(seen.throttled, 10);
    EXPECT_EQ(seen.attempts, 10);
  }
  for (std::int64_t second = 5; second < 40; ++second) EXPECT_EQ(served[second], 100);
  EXPECT_GT(throttled, 2000u);
  EXPECT_EQ(run.seen.count(Outcome::ok) + throttled, run.totals.operations);
}

}  // namespace
}  // namespace seatrial::models
