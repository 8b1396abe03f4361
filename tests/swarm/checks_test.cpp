// The other checks: each says so when its law is broken.
#include <gmock/gmock.h>

#include "tests/swarm/conservation.hpp"
#include "tests/swarm/convergence.hpp"
#include "tests/swarm/quorum_answers.hpp"
#include "tests/swarm/stamps.hpp"
#include "tests/swarm/token_holders.hpp"

namespace seatrial::swarm {
namespace {

using models::OperationKind;
using testing::Contains;
using testing::IsEmpty;

std::vector<std::string> broken(const Check& check) {
  std::vector<std::string> laws;
  for (const Check::Problem& problem : check.problems()) laws.push_back(problem.law);
  return laws;
}

models::OperationObserved operation(std::uint32_t index, OperationKind kind = OperationKind::read) {
  models::OperationObserved seen;
  seen.user = models::UserId{1};
  seen.session = models::SessionId{1};
  seen.index = index;
  seen.kind = kind;
  seen.partition = models::PartitionId{0};
  seen.pod = models::PodId{0};
  seen.document = {models::DataClassId{0}, 1};
  return seen;
}

models::RunTotals totals(std::uint64_t operations, std::uint64_t sessions = 1) {
  models::RunTotals run;
  run.operations = operations;
  run.sessions = sessions;
  return run;
}

TEST(Conservation, IsContentWhenAllThatBeganHasEnded) {
  Conservation check{{}};
  check.operation(operation(0));
  check.operation(operation(1));
  check.user_left({models::UserId{1}, {}});
  check.finish(totals(2));
  EXPECT_THAT(broken(check), IsEmpty());
}

TEST(Conservation, MissesAnOperationAndAUserWhoStayed) {
  Conservation check{{}};
  check.operation(operation(0));
  check.operation(operation(2));
  check.finish(totals(3));
  EXPECT_THAT(broken(check), Contains("what was begun was finished"));
  EXPECT_THAT(broken(check), Contains("everybody who came has left"));
  EXPECT_THAT(broken(check), Contains("every operation is told"));
}

TEST(Conservation, MissesTheCommitOfAnAcknowledgedWrite) {
  Conservation check{{}};
  models::OperationObserved update = operation(0, OperationKind::update);
  update.version = {1, 5, 1};
  models::CommitObserved commit;
  commit.partition = update.partition;
  commit.document = update.document;
  commit.version = {1, 4, 1};
  check.commit(commit);
  check.operation(update);
  EXPECT_THAT(broken(check), Contains("an acknowledged write is committed"));
}

TEST(Conservation, MissesWhatWasChargedAndNotPaid) {
  Conservation check{{}};
  models::ReplicaAnswered answer;
  answer.operation = {models::SessionId{1}, 0};
  answer.ru.thousandths = 1000;
  check.answered(answer);
  check.operation(operation(0));
  check.finish(totals(1));
  EXPECT_THAT(broken(check), Contains("what replicas charge is paid by operations"));
}

TEST(Convergence, MissesAReplicaThatStaysBehind) {
  Convergence check;
  models::ReplicaAtEnd replica;
  replica.log.length = 7;
  replica.applied = 7;
  check.at_end(replica);
  EXPECT_THAT(broken(check), IsEmpty());
  replica.applied = 6;
  check.at_end(replica);
  EXPECT_THAT(broken(check), Contains("replicas converge"));
}

TEST(TokenHolders, MissThatAPodAndADeviceWentBack) {
  TokenHolders check{{}};
  for (const std::uint32_t index : {0U, 1U}) {
    const std::uint64_t lsn = 10 - index;
    models::MomentTraced moment;
    moment.operation = {models::SessionId{1}, index};
    moment.what = models::Moment::pod_token;
    moment.token = {1, lsn};
    check.moment(moment);
    models::MessageTraced message;
    message.operation = moment.operation;
    message.hop = models::Hop::device_to_door;
    message.token = moment.token;
    check.message(message);
    check.operation(operation(index));
  }
  check.finish(totals(2));
  EXPECT_EQ(check.compared, 4u);
  EXPECT_EQ(check.problems().size(), 2u);
  EXPECT_THAT(broken(check), Contains("tokens never go backwards"));
}

models::Instant at_ms(int ms) { return models::Instant::at(models::Duration::milliseconds(ms)); }

models::CommitObserved commit(std::uint64_t lsn, int committed_ms) {
  models::CommitObserved seen;
  seen.document = {models::DataClassId{0}, 1};
  seen.version = {1, lsn, lsn};
  seen.committed = at_ms(committed_ms);
  seen.writer = models::SessionId{1};
  return seen;
}

// Of one replica: written at 1 ms, acknowledged at 3 ms; read at 10 ms.
std::vector<std::string> quorum_read(std::uint64_t returned, int committed_ms,
                                     std::uint64_t behind) {
  models::QuorumConfig config;
  config.replicas = config.write_quorum = config.read_quorum = 1;
  QuorumAnswers check{config};
  models::MessageTraced message;
  message.operation = {models::SessionId{1}, 0};
  message.kind = OperationKind::update;
  message.hop = models::Hop::pod_to_replica;
  message.sent = at_ms(1);
  check.message(message);
  message.hop = models::Hop::replica_to_pod;
  message.arrives = at_ms(3);
  message.version = {1, 1, 1};
  check.message(message);
  check.operation(operation(0, OperationKind::update));
  check.commit(commit(1, committed_ms));
  models::OperationObserved read = operation(1);
  read.invoked = at_ms(10);
  read.answered = at_ms(11);
  if (returned != 0) read.version = {1, returned, returned};
  read.truth.versions_behind = behind;
  check.operation(read);
  check.finish(totals(2));
  return broken(check);
}

TEST(QuorumAnswers, AreNeverOlderThanWhatAnOverlappingQuorumHadCommitted) {
  EXPECT_THAT(quorum_read(1, 3, 0), IsEmpty());
  EXPECT_THAT(quorum_read(0, 3, 1), Contains("a quorum that overlaps is never stale"));
  EXPECT_THAT(quorum_read(0, 3, 0),
              Contains("a read is stale by what was committed when it was invoked"));
  EXPECT_THAT(quorum_read(2, 3, 0), Contains("what a quorum answers was sent before"));
}

TEST(QuorumAnswers, MissACommitThatIsNotAtTheLastAcknowledgement) {
  EXPECT_THAT(quorum_read(1, 4, 0),
              Contains("a write is committed at the last acknowledgement of its quorum"));
}

models::WorldConfig one_class() {
  models::WorldConfig world;
  world.data.emplace_back();
  world.store.consistency = models::Consistency::session;
  return world;
}

std::vector<std::string> stamped_read(std::uint64_t returned, std::uint64_t token,
                                      std::uint64_t behind) {
  Stamps check{one_class()};
  check.commit(commit(40, 1));
  check.commit(commit(80, 2));
  models::OperationObserved read = operation(0);
  read.invoked = at_ms(10);
  read.answered = at_ms(11);
  read.version = {1, returned, 1};
  read.token.lsn = token;
  read.truth.versions_behind = behind;
  check.operation(read);
  check.finish(totals(1));
  return broken(check);
}

TEST(Stamps, TellWhatASessionMayReadAndHowStaleItIs) {
  EXPECT_THAT(stamped_read(80, 40, 0), IsEmpty());
  EXPECT_THAT(stamped_read(40, 1, 1), IsEmpty());
  EXPECT_THAT(stamped_read(40, 80, 1),
              Contains("a session sees what its token makes sure of, and writes after it"));
  EXPECT_THAT(stamped_read(40, 0, 0),
              Contains("a read is stale by what was committed when it was invoked"));
  EXPECT_THAT(stamped_read(60, 0, 1), Contains("what is read was written"));
}

TEST(Stamps, LetTheHigherOfTwoInConflictWinOnce) {
  Stamps check{one_class()};
  models::ConflictObserved conflict;
  conflict.document = {models::DataClassId{0}, 1};
  conflict.lost = {1, 80, 2};
  conflict.winner = {1, 40, 1};
  conflict.won_in = models::RegionId{1};
  check.conflict(conflict);
  EXPECT_THAT(broken(check), Contains("of two in conflict the higher stamp wins"));
  check.conflict(conflict);
  EXPECT_THAT(broken(check), Contains("a lost write is told once"));
}

}  // namespace
}  // namespace seatrial::swarm
