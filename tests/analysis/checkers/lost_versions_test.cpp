// What a takeover cut off stays a loss in the partitions that came of the one that lost it.
#include "analysis/checkers/lost_versions.hpp"

#include <gtest/gtest.h>

#include "analysis/checkers/session_guarantees.hpp"
#include "analysis/experiment/run.hpp"
#include "analysis/experiment/simulate.hpp"
#include "scenarios/load.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using models::Instant;
using models::OperationKind;
using models::OperationObserved;
using models::PartitionId;

Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

OperationObserved operation(OperationKind kind, std::int64_t invoked, std::uint32_t partition,
                            std::uint64_t lsn) {
  OperationObserved seen;
  seen.kind = kind;
  seen.user = models::UserId{7};
  seen.session = models::SessionId{1};
  seen.document = {models::DataClassId{0}, 7};
  seen.partition = PartitionId{partition};
  seen.invoked = at(invoked);
  seen.answered = seen.completed = at(invoked + 1);
  seen.version = {0, lsn, lsn};
  return seen;
}
OperationObserved update(std::int64_t invoked, std::uint32_t partition, std::uint64_t lsn) {
  return operation(OperationKind::update, invoked, partition, lsn);
}
OperationObserved read(std::int64_t invoked, std::uint32_t partition, std::uint64_t lsn) {
  return operation(OperationKind::read, invoked, partition, lsn);
}

models::TakeoverObserved takeover(std::int64_t when, std::uint32_t partition,
                                  std::uint64_t survived) {
  models::TakeoverObserved seen;
  seen.partition = PartitionId{partition};
  seen.epoch = 1;
  seen.at = at(when);
  seen.survived = survived;
  return seen;
}

models::PartitionsObserved split(std::uint32_t parent, std::uint32_t first) {
  return {{PartitionId{parent}}, {PartitionId{first}, PartitionId{first + 1}}, at(20)};
}
models::PartitionsObserved merge(std::uint32_t one, std::uint32_t other, std::uint32_t into) {
  return {{PartitionId{one}, PartitionId{other}}, {PartitionId{into}}, at(20)};
}

void expect_loss(const Judgement& judged) {
  EXPECT_EQ(judged.ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(judged.ryw_user.finding, Finding::no_opportunity);
  EXPECT_EQ(judged.lost.finding, Finding::broken);
}

void expect_violation(const Judgement& judged) {
  EXPECT_EQ(judged.ryw.finding, Finding::broken);
  EXPECT_NE(judged.lost.finding, Finding::broken);
}

TEST(LostVersions, StayLostInBothPartsOfASplit) {
  for (const std::uint32_t child : {4U, 5U}) {
    SessionGuarantees guarantees;
    guarantees.operation(update(0, 1, 8));
    guarantees.takeover(takeover(15, 1, 7));
    guarantees.partitions(split(1, 4));

    expect_loss(guarantees.operation(read(30, child, 4)));
  }
}

TEST(LostVersions, StayLostWhereTheChildrenSplitOnceMore) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 1, 8));
  guarantees.takeover(takeover(15, 1, 7));
  guarantees.partitions(split(1, 4));
  guarantees.partitions(split(5, 6));

  expect_loss(guarantees.operation(read(30, 7, 4)));
}

TEST(LostVersions, AreLostByATakeoverOfTheirOwnPartOfASplitAlone) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 1, 8));
  guarantees.partitions(split(1, 4));
  guarantees.takeover(takeover(25, 4, 7));

  expect_loss(SessionGuarantees{guarantees}.operation(read(30, 4, 4)));
  expect_violation(SessionGuarantees{guarantees}.operation(read(30, 5, 4)));
}

TEST(LostVersions, AreNotThoseThatSurvivedTheTakeoverBeforeASplit) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 1, 7));
  guarantees.takeover(takeover(15, 1, 7));
  guarantees.partitions(split(1, 4));

  expect_violation(guarantees.operation(read(30, 4, 4)));
}

TEST(LostVersions, AreThoseOfTheirOwnPartitionAfterAMerge) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 1, 8));
  SessionGuarantees of_the_other = guarantees;
  guarantees.takeover(takeover(15, 1, 7));
  of_the_other.takeover(takeover(15, 2, 7));
  for (SessionGuarantees* one : {&guarantees, &of_the_other}) one->partitions(merge(1, 2, 4));

  expect_loss(guarantees.operation(read(30, 4, 4)));
  expect_violation(of_the_other.operation(read(30, 4, 4)));
}

// East goes, and what it had not sent is lost; then every partition splits, while those who had
// written are still there.
constexpr const char* const lost_and_split = R"({ "title": "t", "question": "q",
  "regions": { "matrix": "azure-2026-07", "users": { "East US": "50%", "West Europe": "50%" } },
  "store": { "write_region": "East US", "consistency": "session", "partitions": 2,
    "replication_lag": { "link": { "exponential": { "mean": "200ms" } }, "varies_every": "50ms" },
    "failover": { "after": "2s" } },
  "pods": { "count": 2 },
  "data": { "cart": { "owner": "user", "size": "1 KB", "update": "patch" } },
  "session_token": { "carry": [ "client" ] },
  "workload": {
    "sessions": "40/s", "steps_per_session": { "geometric": { "mean": 6 } }, "pause": "2s",
    "steps": { "save": { "share": "30%", "do": [ { "update": "cart" } ] },
               "look": { "share": "70%", "do": [ { "read": "cart" } ] } } },
  "phases": [
    { "name": "normal", "for": "10s" },
    { "name": "lost", "for": "6s", "faults": [ { "region": "East US", "is": "down" } ] },
    { "name": "split", "for": "15s", "faults": [ { "split": 0 }, { "split": 1 } ] } ],
  "policies": { "as is": {} },
  "objectives": { "o": { "metric": "ryw", "at_most": "1%" } }, "run": { "warmup": "5s" } })";

TEST(LostVersions, AreLossesAndNoViolationsInAWorldThatSplits) {
  const scenarios::Scenario scenario = scenarios::parse_scenario(lost_and_split, "a.json");
  ExperimentOptions options;
  options.replications = 3;

  const Experiment experiment = run_experiment(scenario, options, simulate);

  Tally ryw, lost;
  for (const RunSummary& run : experiment.runs[0])
    for (const Cell& cell : run.cells) ryw.merge(cell.counts.ryw), lost.merge(cell.counts.lost);
  EXPECT_GT(lost.violations, 5U);
  EXPECT_GT(ryw.opportunities, 1000U);
  EXPECT_EQ(ryw.violations, 0U);
}

}  // namespace
}  // namespace seatrial::analysis
