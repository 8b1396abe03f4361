// The oracle itself: told of two logs by hand, it knows what may be read there.
#include "tests/swarm/several_logs.hpp"

#include <gmock/gmock.h>

namespace seatrial::swarm {
namespace {

using models::SessionToken;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint64_t whole = ~std::uint64_t{0};

SessionToken at(std::uint64_t west, std::uint32_t east) {
  SessionToken token{1, west};
  token.further[0] = east;
  return token;
}

models::Instant at_ms(int ms) { return models::Instant::at(models::Duration::milliseconds(ms)); }

// One document: West writes the stamps 10 and 30, East 20 and 40, in this order; each is committed
// a millisecond after the one before. Read at 10 ms.
class TwoLogs : public testing::Test {
 protected:
  TwoLogs() {
    world.store.write_regions = {"West", "East"};
    oracle = std::make_unique<SeveralLogs>(world);
  }

  void write(std::uint32_t log, std::uint64_t lsn, std::uint64_t stamp,
             std::uint64_t paths = whole) {
    models::EntryAppended entry;
    entry.version = {1, stamp, ++written};
    entry.log = log;
    entry.lsn = lsn;
    entry.paths = paths;
    oracle->appended(entry);
    models::CommitObserved commit;
    commit.version = entry.version;
    commit.committed = at_ms(static_cast<int>(written));
    oracle->commit(commit);
  }
  void write_all() {
    write(0, 1, 10);
    write(1, 1, 20);
    write(0, 2, 30);
    write(1, 2, 40);
  }

  struct Answer {
    std::uint64_t stamp = 0;
    SessionToken cuts = {};
    SessionToken token = {};
    SessionToken read_indexes = {};
    std::uint64_t behind = 0;
    bool is_allowed = true;
  };
  std::vector<std::string> broken_by(const Answer& answer) {
    models::ReplicaAnswered told;
    told.operation = {models::SessionId{1}, 0};
    told.version = {1, answer.stamp, 0};
    told.cuts = answer.cuts;
    told.token = answer.token;
    told.read_indexes = answer.read_indexes;
    told.at = at_ms(11);
    oracle->answered(told);
    models::OperationObserved read;
    read.session = models::SessionId{1};
    read.version = told.version;
    read.invoked = at_ms(10);
    read.answered = told.at;
    read.truth.versions_behind = answer.behind;
    read.truth.allowed = answer.is_allowed;
    oracle->operation(read);
    oracle->finish({});
    std::vector<std::string> laws;
    for (const Check::Problem& problem : oracle->problems()) laws.push_back(problem.law);
    return laws;
  }

  models::WorldConfig world;
  std::unique_ptr<SeveralLogs> oracle;
  std::uint64_t written = 0;
};

const std::string not_the_winner = "a replica answers with the winner of its cuts";
const std::string not_allowed = "reads are in the allowed set";
const std::string other_truth = "the store judges as the rule of each log does";
const std::string other_staleness = "a read is stale by what its replica lacks";

TEST_F(TwoLogs, AllowWhatIsMissedAfterTheTokenAndThePointsOfEachLog) {
  write_all();
  EXPECT_THAT(broken_by({.stamp = 30,
                         .cuts = at(2, 1),
                         .token = at(2, 0),
                         .read_indexes = at(1, 1),
                         .behind = 1}),
              IsEmpty());
  EXPECT_EQ(oracle->old, 1u);
}

TEST_F(TwoLogs, ForbidWhatIsMissedBeforeWhatAllReplicasHaveOfItsLog) {
  write_all();
  EXPECT_THAT(broken_by({.stamp = 30, .cuts = at(2, 1), .read_indexes = at(0, 2), .behind = 1}),
              ElementsAre("points are valid", not_allowed, other_truth));
}

TEST_F(TwoLogs, ForbidAnAnswerToATokenThatIsNotApplied) {
  write_all();
  EXPECT_THAT(
      broken_by(
          {.stamp = 30, .cuts = at(2, 1), .token = at(0, 2), .behind = 1, .is_allowed = false}),
      ElementsAre("a replica answers when it has applied the token", not_allowed));
}

TEST_F(TwoLogs, ForbidATruthThatSaysOtherwise) {
  write_all();
  EXPECT_THAT(broken_by({.stamp = 30, .cuts = at(2, 1), .behind = 1, .is_allowed = false}),
              ElementsAre(other_truth));
}

TEST_F(TwoLogs, ForbidAnAnswerThatIsNotTheWinner) {
  write_all();
  EXPECT_THAT(broken_by({.stamp = 20, .cuts = at(2, 1), .behind = 1}), ElementsAre(not_the_winner));
}

TEST_F(TwoLogs, CountWhatIsMissedOfAnyPath) {
  write(0, 1, 10, 0b11);
  write(1, 1, 20, 0b10);
  EXPECT_THAT(broken_by({.stamp = 20, .cuts = at(0, 1), .behind = 1}), IsEmpty());
}

TEST_F(TwoLogs, DoNotCountWhatIsHiddenOnEachPath) {
  write(0, 1, 10, 0b10);
  write(1, 1, 20, 0b10);
  EXPECT_THAT(broken_by({.stamp = 20, .cuts = at(0, 1), .behind = 1}),
              ElementsAre(other_staleness));
}

TEST_F(TwoLogs, ForbidGaps) {
  write(0, 1, 10);
  write(0, 3, 20);
  EXPECT_THAT(broken_by({.stamp = 10, .cuts = at(1, 0), .behind = 1}),
              ElementsAre("lsns are unique and without gaps"));
}

}  // namespace
}  // namespace seatrial::swarm
