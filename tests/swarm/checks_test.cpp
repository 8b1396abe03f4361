// The other checks: each says so when its law is broken.
#include <gmock/gmock.h>

#include "tests/swarm/conservation.hpp"
#include "tests/swarm/convergence.hpp"
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

}  // namespace
}  // namespace seatrial::swarm
