// What a takeover cut off stays a loss in the partitions that came of the one that lost it.
#include "analysis/checkers/lost_versions.hpp"

#include <gtest/gtest.h>

#include "analysis/checkers/session_guarantees.hpp"

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

}  // namespace
}  // namespace seatrial::analysis
