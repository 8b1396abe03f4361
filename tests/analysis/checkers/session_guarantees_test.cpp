#include "analysis/checkers/session_guarantees.hpp"

#include <gtest/gtest.h>

#include "models/observation.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using models::Instant;
using models::OperationKind;
using models::OperationObserved;

Instant at(std::int64_t ns) { return Instant::at(Duration::nanoseconds(ns)); }

OperationObserved operation(OperationKind kind, std::int64_t invoked, std::int64_t completed,
                            std::uint64_t lsn, std::uint64_t session = 1) {
  OperationObserved seen;
  seen.kind = kind;
  seen.user = models::UserId{7};
  seen.session = models::SessionId{session};
  seen.document = {models::DataClassId{0}, 7};
  seen.invoked = at(invoked);
  seen.answered = at(completed);
  seen.completed = at(completed);
  seen.version = {0, lsn, lsn};
  return seen;
}
OperationObserved read(std::int64_t invoked, std::int64_t completed, std::uint64_t lsn,
                       std::uint64_t session = 1) {
  return operation(OperationKind::read, invoked, completed, lsn, session);
}
OperationObserved update(std::int64_t invoked, std::int64_t completed, std::uint64_t lsn,
                         std::uint64_t session = 1) {
  return operation(OperationKind::update, invoked, completed, lsn, session);
}

TEST(SessionGuarantees, ReadOlderThanTheOwnAcknowledgedWriteBreaksReadYourWrites) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5));

  const Judgement stale = guarantees.operation(read(30, 40, 4));
  const Judgement fresh = guarantees.operation(read(50, 60, 5));

  EXPECT_EQ(stale.ryw.finding, Finding::broken);
  EXPECT_EQ(stale.ryw.floor.lsn, 5u);
  EXPECT_EQ(stale.ryw.age, Duration::nanoseconds(20));
  EXPECT_EQ(fresh.ryw.finding, Finding::kept);
}

TEST(SessionGuarantees, ReadInvokedBeforeTheReplyOfTheWriteMayMissIt) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5));

  EXPECT_EQ(guarantees.operation(read(9, 40, 4)).ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(guarantees.operation(read(10, 41, 4)).ryw.finding, Finding::broken);
}

TEST(SessionGuarantees, LongReadIsHeldAgainstWhatWasKnownWhenItBegan) {
  SessionGuarantees guarantees;
  for (int i = 1; i <= 9; ++i) guarantees.operation(update(i * 10, i * 10 + 5, i));

  const Judgement judgement = guarantees.operation(read(44, 100, 3));

  EXPECT_EQ(judgement.ryw.floor.lsn, 3u);
  EXPECT_EQ(judgement.ryw.finding, Finding::kept);
}

TEST(SessionGuarantees, NewestIsByVersionAndNotByCompletion) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 6));
  guarantees.operation(update(0, 20, 5));

  EXPECT_EQ(guarantees.operation(read(30, 40, 5)).ryw.finding, Finding::broken);
}

TEST(SessionGuarantees, WriteOfUnknownOutcomeIsAllowedAndNotRequired) {
  SessionGuarantees guarantees;
  OperationObserved unknown = update(0, 10, 5);
  unknown.outcome = models::Outcome::timed_out;
  guarantees.operation(unknown);

  EXPECT_EQ(guarantees.operation(read(20, 30, 0)).ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(guarantees.operation(read(40, 50, 5)).mr.finding, Finding::kept);
}

TEST(SessionGuarantees, OtherDeviceIsHeldAgainstTheUserOnly) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5, 1));

  const Judgement other = guarantees.operation(read(20, 30, 4, 2));

  EXPECT_EQ(other.ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(other.ryw_user.finding, Finding::broken);
}

TEST(SessionGuarantees, ReadsOfASessionDoNotGoBack) {
  SessionGuarantees guarantees;
  guarantees.operation(read(0, 10, 5));

  EXPECT_EQ(guarantees.operation(read(20, 30, 4)).mr.finding, Finding::broken);
  EXPECT_EQ(guarantees.operation(read(40, 50, 5)).mr.finding, Finding::kept);
  EXPECT_EQ(guarantees.operation(read(40, 60, 4, 2)).mr.finding, Finding::no_opportunity);
}

TEST(SessionGuarantees, WritesAreOrderedAfterWhatTheSessionWroteAndRead) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5));
  guarantees.operation(read(20, 30, 8));

  const Judgement behind_both = guarantees.operation(update(40, 50, 4));
  const Judgement between = guarantees.operation(update(60, 70, 7));

  EXPECT_EQ(behind_both.mw.finding, Finding::broken);
  EXPECT_EQ(behind_both.wfr.finding, Finding::broken);
  EXPECT_EQ(between.mw.finding, Finding::kept);
  EXPECT_EQ(between.wfr.finding, Finding::broken);
}

TEST(SessionGuarantees, DocumentsAndDataClassesStandApart) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5));
  OperationObserved other_owner = read(20, 30, 1);
  other_owner.document.owner = 8;
  OperationObserved other_class = read(20, 30, 1);
  other_class.document.data_class = models::DataClassId{1};

  EXPECT_EQ(guarantees.operation(other_owner).ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(guarantees.operation(other_class).ryw.finding, Finding::no_opportunity);
}

models::TakeoverObserved takeover(std::int64_t when, std::uint64_t survived) {
  models::TakeoverObserved seen;
  seen.epoch = 1;
  seen.at = at(when);
  seen.survived = survived;
  return seen;
}

TEST(SessionGuarantees, WriteThatATakeoverCutOffIsALossAndNoViolation) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 8));
  guarantees.takeover(takeover(15, 7));

  const Judgement judged = guarantees.operation(read(20, 30, 4));

  EXPECT_EQ(judged.ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(judged.ryw_user.finding, Finding::no_opportunity);
  EXPECT_EQ(judged.lost.finding, Finding::broken);
  EXPECT_EQ(judged.lost.floor.lsn, 8u);
}

TEST(SessionGuarantees, WriteThatSurvivedATakeoverIsStillRequired) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 8));
  guarantees.takeover(takeover(15, 8));

  const Judgement stale = guarantees.operation(read(20, 30, 4));
  const Judgement fresh = guarantees.operation(read(40, 50, 8));

  EXPECT_EQ(stale.ryw.finding, Finding::broken);
  EXPECT_EQ(stale.lost.finding, Finding::kept);
  EXPECT_EQ(fresh.ryw.finding, Finding::kept);
}

TEST(SessionGuarantees, AnOlderWriteIsRequiredWhereTheNewestIsLost) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5));
  guarantees.operation(update(10, 12, 8));
  guarantees.takeover(takeover(15, 7));

  const Judgement judged = guarantees.operation(read(20, 30, 4));

  EXPECT_EQ(judged.ryw.finding, Finding::broken);
  EXPECT_EQ(judged.ryw.floor.lsn, 5u);
  EXPECT_EQ(judged.lost.finding, Finding::broken);
}

TEST(SessionGuarantees, WhatWasAnsweredBeforeTheTakeoverIsHeldAgainstWhatIsLostLater) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 8));
  guarantees.takeover(takeover(25, 7));
  OperationObserved before = read(20, 30, 4);
  before.answered = at(24);

  const Judgement judged = guarantees.operation(before);

  EXPECT_EQ(judged.ryw.finding, Finding::broken);
  EXPECT_EQ(judged.lost.finding, Finding::no_opportunity);
}

TEST(SessionGuarantees, AWriteOfTheNewEpochIsNewerThanALostOneOfAHigherLsn) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 9));
  guarantees.takeover(takeover(15, 7));
  OperationObserved written = update(20, 30, 8);
  written.version.epoch = 1;
  const Judgement in_its_place = guarantees.operation(written);
  OperationObserved fresh = read(40, 50, 8);
  fresh.version.epoch = 1;

  const Judgement judged = guarantees.operation(fresh);

  EXPECT_EQ(in_its_place.mw.finding, Finding::no_opportunity);
  EXPECT_EQ(judged.ryw.finding, Finding::kept);
  EXPECT_EQ(judged.lost.finding, Finding::no_opportunity);
}

TEST(SessionGuarantees, OperationLongerThanTheLongestIsCountedAsUnjudged) {
  SessionGuarantees guarantees{Duration::nanoseconds(100)};
  guarantees.operation(update(0, 10, 5));

  EXPECT_EQ(guarantees.operation(read(20, 121, 4)).ryw.finding, Finding::no_opportunity);
  EXPECT_EQ(guarantees.unjudged(), 1u);
}

TEST(SessionGuarantees, UserThatLeftIsForgotten) {
  SessionGuarantees guarantees;
  guarantees.operation(update(0, 10, 5, 1));
  guarantees.operation(update(0, 10, 6, 2));
  EXPECT_GT(guarantees.alive(), 0u);

  guarantees.user_left({models::UserId{7}, at(20)});

  EXPECT_EQ(guarantees.alive(), 0u);
  EXPECT_EQ(guarantees.operation(read(30, 40, 1)).ryw.finding, Finding::no_opportunity);
}

TEST(SessionGuarantees, MemoryFollowsTheUsersAliveNotThoseThatEverWere) {
  SessionGuarantees guarantees;
  constexpr std::uint64_t users = 100'000, alive_at_once = 50;
  for (std::uint64_t user = 0; user < users; ++user) {
    for (std::uint64_t i = 0; i < 4; ++i) {
      OperationObserved seen = update(0, static_cast<std::int64_t>(user), user * 4 + i, user);
      seen.user = models::UserId{user};
      seen.document.owner = user + i / 2;
      guarantees.operation(seen);
    }
    if (user < alive_at_once) continue;
    guarantees.user_left({models::UserId{user - alive_at_once}, at(0)});
    EXPECT_LE(guarantees.alive(), (alive_at_once + 1) * 5);
  }
  EXPECT_LE(guarantees.capacity(), (alive_at_once + 1) * 8);
}

TEST(VersionHistory, ForgetsWhatNoOperationCanAskForAnyMore) {
  StepPool pool;
  VersionHistory history;
  const Duration longest = Duration::nanoseconds(100);

  for (std::uint64_t i = 1; i <= 100'000; ++i)
    history.add(pool, {at(static_cast<std::int64_t>(i)), {0, i, i}, {}}, longest);

  EXPECT_LE(history.steps(), 512u);
  EXPECT_LE(pool.capacity(), 512u);
  EXPECT_EQ(history.at(pool, at(99'900))->version.lsn, 99'900u);
  EXPECT_EQ(history.at(pool, at(100'000))->version.lsn, 100'000u);
}

}  // namespace
}  // namespace seatrial::analysis
