// The online checker against the definitions, on histories at random.
#include <gtest/gtest.h>

#include "analysis/checkers/session_guarantees.hpp"
#include "tests/analysis/checkers/brute_force.hpp"
#include "tests/analysis/checkers/random_history.hpp"

namespace seatrial::analysis {
namespace {

using models::OperationKind;
using models::OperationObserved;

// How often the histories exercised a guarantee: a property that never applies proves nothing.
struct Exercised {
  std::uint64_t opportunities = 0;
  std::uint64_t violations = 0;
};

void expect_same(const Judged& online, const OperationObserved& judged, brute_force::Floor floor,
                 Exercised& exercised) {
  if (floor == nullptr) {
    ASSERT_EQ(online.finding, Finding::no_opportunity);
    return;
  }
  const bool broken = brute_force::violates(judged, floor);
  ++exercised.opportunities;
  exercised.violations += broken;
  ASSERT_EQ(online.finding, broken ? Finding::broken : Finding::kept);
  ASSERT_EQ(online.floor, floor->version);
  ASSERT_EQ(online.age, judged.invoked - floor->completed);
}

// By read-your-writes, monotonic reads, and so on.
struct AllExercised {
  Exercised ryw, mr, ryw_user, mw, wfr;
};

void expect_agreement(const brute_force::History& history, const Judgement& online,
                      AllExercised& exercised) {
  using brute_force::Of;
  const std::size_t last = history.operations.size() - 1;
  const OperationObserved& judged = history.operations[last];
  const auto floor = [&](OperationKind kind, Of of) {
    const bool good = judged.outcome == models::Outcome::ok;
    return good ? brute_force::floor_of(history, last, kind, of) : nullptr;
  };
  const auto writes = floor(OperationKind::update, Of::session);
  const auto reads = floor(OperationKind::read, Of::session);
  if (judged.kind == OperationKind::read) {
    expect_same(online.ryw, judged, writes, exercised.ryw);
    expect_same(online.mr, judged, reads, exercised.mr);
    expect_same(online.ryw_user, judged, floor(OperationKind::update, Of::user),
                exercised.ryw_user);
  } else {
    expect_same(online.mw, judged, writes, exercised.mw);
    expect_same(online.wfr, judged, reads, exercised.wfr);
  }
}

void expect_agreement(std::uint64_t seed, bool unruly, AllExercised& exercised) {
  SCOPED_TRACE(testing::Message() << "RandomHistory{" << seed << ", " << unruly << "}");
  SessionGuarantees online;
  brute_force::History history;
  for (const Record& record : RandomHistory{seed, unruly}.play()) {
    if (const auto* left = std::get_if<models::UserLeft>(&record)) online.user_left(*left);
    const auto* operation = std::get_if<OperationObserved>(&record);
    if (operation == nullptr) continue;
    history.operations.push_back(*operation);
    expect_agreement(history, online.operation(*operation), exercised);
    if (testing::Test::HasFatalFailure()) return;
  }
  ASSERT_EQ(online.alive(), 0u) << "everybody has left";
}

TEST(SessionGuarantees, AgreeWithTheDefinitionsOnRandomHistories) {
  AllExercised exercised;
  for (std::uint64_t seed = 1; seed <= 3000 && !HasFatalFailure(); ++seed)
    expect_agreement(seed, seed % 3 == 0, exercised);

  for (const Exercised& one :
       {exercised.ryw, exercised.mr, exercised.ryw_user, exercised.mw, exercised.wfr}) {
    EXPECT_GT(one.violations, 100u);
    EXPECT_GT(one.opportunities, one.violations * 5 / 4);
  }
}

TEST(Staleness, FollowsFromTheCommitsAlone) {
  Exercised exercised;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    SCOPED_TRACE(testing::Message() << "RandomHistory{" << seed << ", false}");
    brute_force::History history;
    for (const Record& record : RandomHistory{seed, false}.play()) {
      if (const auto* commit = std::get_if<models::CommitObserved>(&record))
        history.commits.push_back(*commit);
      const auto* read = std::get_if<OperationObserved>(&record);
      if (read == nullptr || read->kind != OperationKind::read) continue;
      const models::Truth truth = brute_force::staleness(history, *read);
      ++exercised.opportunities;
      exercised.violations += truth.versions_behind > 0;
      ASSERT_EQ(read->truth.newest_committed_ordinal, truth.newest_committed_ordinal);
      ASSERT_EQ(read->truth.versions_behind, truth.versions_behind);
      ASSERT_EQ(read->truth.behind, truth.behind);
    }
  }
  EXPECT_GT(exercised.violations, 1000u);
}

}  // namespace
}  // namespace seatrial::analysis
