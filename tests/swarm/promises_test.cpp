// The check of promises: told by hand of commits and takeovers, it knows what may be lost.
#include "tests/swarm/promises.hpp"

#include <gmock/gmock.h>

#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

using models::Instant;
using models::RegionId;
using models::Version;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* kept = "no acknowledged write is lost where the mode promises it";

models::WorldConfig world_with(const std::string& mode) {
  return world_of(R"({
    "title": "t", "question": "q",
    "regions": { "matrix": "none", "users": { "West": "100%", "East": "0%", "South": "0%" },
      "links": { "West <> East": { "one_way": "1ms" }, "West <> South": { "one_way": "1ms" },
                 "East <> South": { "one_way": "1ms" } } },
    "store": { "write_region": "West", "consistency": "session", "replication_lag": "1ms",
               "replication": )" +
                  mode + R"(, "failover": { "after": "1s" } },
    "data": { "cart": { "owner": "session", "size": "1 KB" } },
    "workload": { "sessions": "1/s",
                  "steps": { "s": { "share": "100%", "do": [{ "update": "cart" }] } } },
    "phases": [{ "name": "p", "for": "2s",
                 "faults": [{ "store": "West", "is": "down", "start_within": "0ms" }] }],
    "policies": { "as is": {} },
    "objectives": { "o": { "metric": "availability", "at_least": "1%" } } })");
}

models::CommitObserved commit(std::uint64_t lsn) {
  models::CommitObserved commit;
  commit.partition = models::PartitionId{0};
  commit.document = {models::DataClassId{0}, lsn};
  commit.version = Version{1, lsn, 1};
  commit.committed = Instant::at(models::Duration::milliseconds(static_cast<int>(lsn)));
  return commit;
}

models::OperationObserved write(std::uint64_t lsn) {
  models::OperationObserved seen;
  seen.kind = models::OperationKind::update;
  seen.document = {models::DataClassId{0}, lsn};
  seen.version = Version{1, lsn, 1};
  return seen;
}

// West goes down with three commits; East takes over and has one of them.
std::vector<std::string> broken(const std::string& mode, std::uint64_t told = 2,
                                models::Degraded degraded = models::Degraded::no) {
  Promises check{world_with(mode)};
  for (const std::uint64_t lsn : {1, 2, 3}) check.commit(commit(lsn));
  models::FaultObserved down;
  down.region = RegionId{0};
  check.fault(down);
  models::TakeoverObserved takeover;
  takeover.partition = models::PartitionId{0};
  takeover.epoch = 2;
  takeover.from = RegionId{0};
  takeover.to = RegionId{1};
  takeover.survived = 1;
  takeover.lost = told;
  takeover.oldest_lost = commit(2).committed;
  check.takeover(takeover);
  models::OperationObserved acknowledged = write(3);
  acknowledged.degraded = degraded;
  check.operation(write(1));
  check.operation(acknowledged);
  check.finish({});
  std::vector<std::string> laws;
  for (const Check::Problem& problem : check.problems()) laws.push_back(problem.law);
  return laws;
}

TEST(Promises, LetAsynchronousModesLoseWhatHadNotLeft) {
  EXPECT_THAT(broken(R"({ "kind": "asynchronous" })"), IsEmpty());
}

TEST(Promises, MissAnAcknowledgedWriteThatModesThatWaitHaveLost) {
  EXPECT_THAT(broken(R"({ "kind": "synchronous" })"), ElementsAre(kept));
  EXPECT_THAT(broken(R"({ "kind": "majority", "acknowledgements": 1 })"), ElementsAre(kept));
}

TEST(Promises, ForgiveWhatWasAcknowledgedEarly) {
  const std::string mode = R"({ "kind": "bounded_wait", "acknowledgements": 1, "at_most": "1ms" })";
  EXPECT_THAT(broken(mode), ElementsAre(kept));
  EXPECT_THAT(broken(mode, 2, models::Degraded::acknowledged_early), IsEmpty());
}

TEST(Promises, GoByTheLinkToTheRegionThatTakesOver) {
  EXPECT_THAT(broken(R"({ "kind": "synchronous", "links": { "West > East": "asynchronous" } })"),
              ElementsAre(kept))
      << "South must have had it, and the longest log takes over";
  EXPECT_THAT(broken(R"({ "kind": "asynchronous", "links": { "West > East": "synchronous" } })"),
              ElementsAre(kept));
}

TEST(Promises, MissALossThatIsNotTold) {
  EXPECT_THAT(broken(R"({ "kind": "asynchronous" })", 1),
              ElementsAre("a takeover tells exactly what is lost"));
}

}  // namespace
}  // namespace seatrial::swarm
