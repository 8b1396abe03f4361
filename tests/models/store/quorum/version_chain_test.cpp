#include "models/store/quorum/version_chain.hpp"

#include <gtest/gtest.h>

#include "models/store/quorum/unapplied_writes.hpp"

namespace seatrial::models {
namespace {

Instant at_ms(std::int64_t n) { return Instant::at(Duration::milliseconds(n)); }

Version numbered(std::uint64_t n) { return Version{1, n, n}; }

class TwoReplicas : public testing::Test {
 protected:
  TwoReplicas() { chain.begin(2); }

  // Sent at n x 10 ms.
  void append(std::uint64_t n, std::int64_t first_ms, std::int64_t second_ms) {
    const std::array<Instant, 2> arrivals{at_ms(first_ms), at_ms(second_ms)};
    chain.append(numbered(n), arrivals, at_ms(static_cast<std::int64_t>(n) * 10));
  }

  VersionChain chain;
};

TEST_F(TwoReplicas, AnswerWithTheNewestThatHasCome) {
  append(1, 15, 40);
  append(2, 30, 20);

  EXPECT_EQ(chain.newest_at(0, at_ms(14)), Version{});
  EXPECT_EQ(chain.newest_at(0, at_ms(15)), numbered(1));
  EXPECT_EQ(chain.newest_at(0, at_ms(30)), numbered(2));
  EXPECT_EQ(chain.newest_at(1, at_ms(20)), numbered(2));
  EXPECT_EQ(chain.newest_at(1, at_ms(50)), numbered(2)) << "what comes late is older";
}

TEST_F(TwoReplicas, AreFreshWhenTheVersionOrANewerOneHasCome) {
  append(1, 15, 40);
  append(2, 30, 20);

  EXPECT_EQ(chain.first_with(numbered(1), 0, at_ms(12)), at_ms(15));
  EXPECT_EQ(chain.first_with(numbered(1), 1, at_ms(12)), at_ms(20)) << "by the newer one";
  EXPECT_EQ(chain.first_with(numbered(2), 0, at_ms(35)), at_ms(35)) << "not before the question";
}

TEST_F(TwoReplicas, KeepWhatAnOpenQuestionAsksFor) {
  append(1, 11, 11);
  append(2, 25, 25);
  const auto question = chain.questions().begin();  // from 22 ms on, before 2 has come
  for (std::uint64_t n = 3; n < 100; ++n) append(n, static_cast<std::int64_t>(n) * 10 + 1, 1'000);

  EXPECT_EQ(chain.newest_at(0, at_ms(22)), numbered(1));
  chain.questions().end(question);
}

TEST_F(TwoReplicas, ForgetWhatIsOlderThanWhatAllHave) {
  for (std::uint64_t n = 1; n < 1'000; ++n) {
    const auto sent = static_cast<std::int64_t>(n) * 10;
    append(n, sent + 1, sent + 25);
    const auto question = chain.questions().begin();
    const Version expected = n < 4 ? Version{} : numbered(n - 3);  // 25 ms: three before
    EXPECT_EQ(chain.newest_at(1, at_ms(sent)), expected) << n;
    chain.questions().end(question);
  }

  EXPECT_LT(chain.size(), 20U);
}

TEST_F(TwoReplicas, NeverHaveWhatWasLostUnlessSomethingElseBringsIt) {
  const std::array<Instant, 2> arrivals{at_ms(15), Instant::never()};
  chain.append(numbered(1), arrivals, at_ms(10));

  EXPECT_EQ(chain.newest_at(1, at_ms(1'000'000)), Version{});
  EXPECT_FALSE(chain.is_everywhere(numbered(1), at_ms(20)));
  chain.bring(numbered(1), 1, at_ms(30));
  EXPECT_EQ(chain.newest_at(1, at_ms(29)), Version{});
  EXPECT_EQ(chain.newest_at(1, at_ms(30)), numbered(1));
  EXPECT_TRUE(chain.is_everywhere(numbered(1), at_ms(30)));
  chain.bring(numbered(1), 0, at_ms(40));
  EXPECT_EQ(chain.arrival(numbered(1), 0), at_ms(15)) << "it had it";
}

// Each version is lost on the way to one of the two, in turn: none is ever everywhere.
TEST_F(TwoReplicas, ForgetWhatAllHaveSomethingNewerOf) {
  for (std::uint64_t n = 1; n < 1'000; ++n) {
    const Instant sent = at_ms(static_cast<std::int64_t>(n) * 10);
    std::array<Instant, 2> arrivals{sent, sent};
    arrivals[n % 2] = Instant::never();
    chain.append(numbered(n), arrivals, sent);
    EXPECT_EQ(chain.newest_at(1 - n % 2, sent), numbered(n));
    EXPECT_EQ(chain.newest_at(n % 2, sent), n == 1 ? Version{} : numbered(n - 1));
  }

  EXPECT_LT(chain.size(), 20U);
}

TEST_F(TwoReplicas, JudgeByWhatWasCommittedWhenTheReadWasInvoked) {
  for (std::uint64_t n = 1; n < 5; ++n) append(n, 100, 100);
  chain.commit(numbered(3), at_ms(50));
  chain.commit(numbered(2), at_ms(60));  // after a newer one
  chain.commit(numbered(4), at_ms(80));

  const Truth stale = chain.judge({3, 3, at_ms(70)}, numbered(1));
  const Truth fresh = chain.judge({3, 3, at_ms(70)}, numbered(3));

  EXPECT_EQ(chain.newest_committed(), numbered(4));
  EXPECT_EQ(stale.versions_behind, 2U);
  EXPECT_EQ(stale.behind, Duration::milliseconds(20));
  EXPECT_EQ(fresh.versions_behind, 0U);
  EXPECT_EQ(fresh.behind, Duration{});
}

TEST(GracePeriods, NeverPassAnOpenQuestion) {
  GracePeriods periods;
  const auto first = periods.begin();  // at 0
  EXPECT_EQ(periods.horizon(at_ms(5)), at_ms(0));
  EXPECT_EQ(periods.horizon(at_ms(6)), at_ms(0));
  const auto second = periods.begin();  // at 7
  periods.end(first);
  EXPECT_LE(periods.horizon(at_ms(8)), at_ms(7));
  EXPECT_LE(periods.horizon(at_ms(9)), at_ms(7));
  periods.end(second);
  EXPECT_EQ(periods.horizon(at_ms(10)), at_ms(10));
}

TEST(GracePeriods, FollowReadersThatAlwaysOverlap) {
  GracePeriods periods;
  auto open = periods.begin();
  Instant horizon;
  for (std::int64_t now = 1; now < 100; ++now) {
    const auto next = periods.begin();
    periods.end(open);
    open = next;
    horizon = periods.horizon(at_ms(now));
    EXPECT_LE(horizon, at_ms(now));
  }

  EXPECT_GE(horizon, at_ms(90));
}

TEST(UnappliedWrites, AreAsOldAsTheOldestCommittedOne) {
  UnappliedWrites writes;
  const auto nobody_asks = [](const UnappliedWrite&) { return true; };
  writes.add({at_ms(10), at_ms(30), {}, {}}, at_ms(10), nobody_asks);
  writes.add({at_ms(12), at_ms(20), {}, {}}, at_ms(12), nobody_asks);

  EXPECT_EQ(writes.state(at_ms(15), nobody_asks).entries_lacking, 2U);
  EXPECT_EQ(writes.state(at_ms(25), nobody_asks).greatest_lag, Duration::milliseconds(15));
  EXPECT_EQ(writes.state(at_ms(25), nobody_asks).entries_lacking, 1U);
  EXPECT_EQ(writes.state(at_ms(30), nobody_asks).greatest_lag, Duration{});
}

TEST(UnappliedWrites, AreAskedForWhereNobodyKnowsTheMoment) {
  UnappliedWrites writes;
  std::uint64_t lacked = 2;  // this version and later ones
  const auto lacks = [&](const UnappliedWrite& write) { return write.version.lsn >= lacked; };
  for (std::uint64_t n = 1; n < 4; ++n) {
    writes.add({at_ms(static_cast<std::int64_t>(n)), Instant::never(), {}, numbered(n)}, at_ms(3),
               lacks);
  }

  EXPECT_EQ(writes.state(at_ms(10), lacks).entries_lacking, 2U);
  EXPECT_EQ(writes.state(at_ms(10), lacks).greatest_lag, Duration::milliseconds(8));
  lacked = 4;
  EXPECT_EQ(writes.state(at_ms(11), lacks).entries_lacking, 0U);
}

}  // namespace
}  // namespace seatrial::models
