// The oracle itself: told of a log by hand, it knows what may be read there.
#include "tests/swarm/allowed_set.hpp"

#include <gmock/gmock.h>

#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

using models::Consistency;
using models::Instant;
using models::LogState;
using models::SessionToken;
using models::Version;

// A log of one partition: LSNs 1, 2 and 4 are versions of document 7, LSN 3 of document 8.
class Specification : public testing::Test {
 protected:
  static constexpr std::uint64_t seven = 7;
  static constexpr std::uint64_t eight = 8;

  void level(Consistency consistency) {
    models::WorldConfig world;
    world.store.consistency = consistency;
    oracle = std::make_unique<AllowedSet>(world);
    asked = consistency;
    append(seven, 1, 1);
    append(seven, 2, 2);
    append(eight, 3, 1);
    append(seven, 4, 3);
  }

  static models::DocumentName document(std::uint64_t owner) {
    return {models::DataClassId{0}, owner};
  }

  void append(std::uint64_t owner, std::uint64_t lsn, std::uint64_t ordinal) {
    models::EntryAppended entry;
    entry.partition = models::PartitionId{0};
    entry.document = document(owner);
    entry.version = Version{1, lsn, ordinal};
    oracle->appended(entry);
  }

  // A replica that has applied everything up to `applied` answers with an LSN of document 7.
  void answer(std::uint64_t lsn, std::uint64_t applied, std::uint64_t read_index,
              SessionToken token = {}, std::uint32_t epoch = 1, std::uint64_t ordinal = 0) {
    models::ReplicaAnswered answered;
    answered.partition = models::PartitionId{0};
    answered.document = document(seven);
    answered.version = Version{1, lsn, ordinal};
    answered.applied = applied;
    answered.token = token;
    answered.level = asked;
    answered.log = LogState{epoch, 4, std::max(read_index, std::uint64_t{2}), read_index};
    oracle->answered(answered);
  }

  std::vector<std::string> broken() const {
    std::vector<std::string> laws;
    for (const Check::Problem& problem : oracle->problems()) laws.push_back(problem.law);
    return laws;
  }

  std::unique_ptr<AllowedSet> oracle;
  Consistency asked = Consistency::session;
};

const std::string not_allowed = "reads are in the allowed set";
const std::string not_a_prefix = "a replica answers from its prefix";

TEST_F(Specification, AllowsEverythingThatIsNotSupersededEverywhere) {
  level(Consistency::eventual);
  answer(0, 0, 0);
  answer(1, 1, 0);
  answer(4, 4, 1);
  EXPECT_THAT(broken(), testing::IsEmpty());
  EXPECT_EQ(oracle->answers, 3u);
  EXPECT_EQ(oracle->old, 2u);
}

TEST_F(Specification, ForbidsWhatWasSupersededAtOrBeforeTheReadIndex) {
  level(Consistency::eventual);
  answer(1, 1, 2);
  EXPECT_THAT(broken(), testing::Contains(not_allowed));
}

TEST_F(Specification, ForbidsWhatWasSupersededAtOrBeforeTheToken) {
  level(Consistency::session);
  answer(2, 3, 0, SessionToken{1, 3});
  EXPECT_THAT(broken(), testing::IsEmpty());
  answer(1, 1, 0, SessionToken{1, 3});
  EXPECT_THAT(broken(), testing::ElementsAre(not_allowed));
}

TEST_F(Specification, IgnoresTokensAtEventual) {
  level(Consistency::eventual);
  answer(1, 1, 0, SessionToken{1, 3});
  EXPECT_THAT(broken(), testing::IsEmpty());
}

TEST_F(Specification, AllowsNothingToATokenWhoseEntryATakeoverCutOff) {
  level(Consistency::session);
  models::TakeoverObserved takeover;
  takeover.partition = models::PartitionId{0};
  takeover.epoch = 2;
  takeover.survived = 3;
  oracle->takeover(takeover);
  append(seven, 4, 3);
  answer(4, 4, 0, SessionToken{1, 3}, 2);
  EXPECT_THAT(broken(), testing::IsEmpty());
  answer(4, 4, 0, SessionToken{1, 4}, 2);
  EXPECT_THAT(broken(), testing::ElementsAre(not_allowed));
}

TEST_F(Specification, ForbidsAnAnswerThatIsNoPrefix) {
  level(Consistency::eventual);
  answer(1, 4, 0);
  EXPECT_THAT(broken(), testing::ElementsAre(not_a_prefix));
}

TEST_F(Specification, ForbidsWhatNobodyWrote) {
  level(Consistency::eventual);
  answer(3, 3, 0);
  EXPECT_THAT(broken(), testing::Contains("what is read was written"));
}

TEST_F(Specification, ForbidsAReadIndexThatGoesBack) {
  level(Consistency::eventual);
  answer(4, 4, 2);
  answer(4, 4, 1);
  EXPECT_THAT(broken(), testing::ElementsAre("points only grow"));
}

TEST_F(Specification, ForbidsAStrongReadOfWhatWasSupersededBefore) {
  level(Consistency::strong);
  for (const std::uint64_t ordinal : {1, 2}) {
    models::CommitObserved commit;
    commit.partition = models::PartitionId{0};
    commit.document = document(seven);
    commit.version = Version{1, ordinal, ordinal};
    commit.committed = Instant::at(models::Duration::milliseconds(10 * static_cast<int>(ordinal)));
    oracle->commit(commit);
  }
  const auto answered_with = [&] { answer(1, 1, 0, {}, 1, 1); };
  answered_with();
  models::OperationObserved read;
  read.partition = models::PartitionId{0};
  read.document = document(seven);
  read.version = Version{1, 1, 1};
  read.completed = Instant::at(models::Duration::milliseconds(30));

  read.invoked = Instant::at(models::Duration::milliseconds(19));
  oracle->operation(read);
  EXPECT_THAT(broken(), testing::IsEmpty());
  answered_with();
  read.invoked = Instant::at(models::Duration::milliseconds(20));
  oracle->operation(read);
  EXPECT_THAT(broken(), testing::ElementsAre("a strong read is the newest committed version"));
}

}  // namespace
}  // namespace seatrial::swarm
