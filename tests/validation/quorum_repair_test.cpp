// Closed forms of quorums that lose messages, and of what brings their replicas up to date. A write
// is at a replica after 1 ms or, by a share p, never; answers take no time. K of N replicas get it:
// binomial. Long after a commit, which needs K >= W, a read of one replica is stale with
//
//   s = E[(N - K) / N | K >= W]
//
// until something is repaired. Every session writes a document of its own and reads it afterwards.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>

#include "models/store/quorum/quorum_config.hpp"
#include "tests/validation/still_world.hpp"

namespace seatrial::validation {
namespace {

models::QuorumConfig quorum(int n, int w, double lost) {
  models::QuorumConfig config;
  config.replicas = n;
  config.write_quorum = w;
  config.read_quorum = 1;
  config.legs.write = sim::Distribution::constant(1e6);
  config.lost_writes = lost;
  return config;
}

// `read`: "{"pause":"50ms"},{"read":"cart"}", once or several times.
models::WorldConfig world_of(const models::QuorumConfig& config, const std::string& reads) {
  models::WorldConfig world = still_world(
      {R"(/workload/steps={"once":{"share":"100%","do":[{"update":"cart"},)" + reads + "]}}",
       "/data/cart/owner=session", "/workload/sessions=2000/s", "/phases/0/for=30s",
       "/regions/request_timeout=2s"});
  world.store.consistency = models::Consistency::eventual;
  world.store.replication = models::make_quorum(config);
  return world;
}

std::string read_after(const std::string& pause) {
  return R"({"pause":")" + pause + R"("},{"read":"cart"})";
}

struct Share {
  double stale = 0, reads = 0;
};

// Of the nth reads of sessions whose update was acknowledged within 50 ms; of sessions that arrive
// well before the end.
std::vector<Share> stale_by_read(const models::WorldConfig& world, std::size_t reads) {
  std::vector<Share> shares(reads);
  std::map<std::uint64_t, std::size_t> seen;  // reads by session
  for (const auto& operation : run_replication(world, 0, Keep::operations).operations) {
    const std::uint64_t session = operation.session.value();
    const models::Duration took = operation.completed - operation.invoked;
    const bool in_time =
        operation.session_arrived < models::Instant::at(models::Duration::seconds(28));
    if (operation.kind == models::OperationKind::update) {
      const bool counts = operation.outcome == models::Outcome::ok && in_time &&
                          took < models::Duration::milliseconds(50);
      if (counts) seen[session] = 0;
      continue;
    }
    const auto found = seen.find(session);
    if (found == seen.end()) continue;
    Share& share = shares[found->second++];
    ++share.reads;
    share.stale += operation.truth.versions_behind > 0;
  }
  return shares;
}

double lacking_share(int n, int w, double lost) {
  double probability = 0, lacking = 0;
  for (int k = w; k <= n; ++k) {
    double ways = 1;
    for (int i = 0; i < k; ++i) ways = ways * (n - i) / (i + 1);
    const double p = ways * std::pow(1 - lost, k) * std::pow(lost, n - k);
    probability += p;
    lacking += p * (n - k) / n;
  }
  return lacking / probability;
}

void expect_stale(const std::string& what, const Share& seen, double theory) {
  const double share = seen.stale / seen.reads;
  const double error = std::sqrt(theory * (1 - theory) / seen.reads);
  std::printf("  %s: stale %.5f of %.0f, theory %.5f +- %.5f\n", what.c_str(), share, seen.reads,
              theory, 4 * error);
  EXPECT_GT(seen.reads, 20'000);
  EXPECT_NEAR(share, theory, 4 * error + 1e-12) << what;
}

std::string name_of(int n, int w, double lost) {
  return "N " + std::to_string(n) + " W " + std::to_string(w) + " p " + std::to_string(lost);
}

TEST(QuorumLoss, LeavesTheShareOfReplicasThatLackTheCommittedWriteStale) {
  for (const auto& [n, w, lost] :
       {std::tuple{3, 1, .3}, {3, 2, .3}, {3, 3, .2}, {5, 1, .5}, {5, 3, .4}, {1, 1, .3}}) {
    const auto seen = stale_by_read(world_of(quorum(n, w, lost), read_after("100ms")), 1);
    expect_stale(name_of(n, w, lost), seen[0], lacking_share(n, w, lost));
  }
}

// The first read asks all replicas and repairs: unless the repair is lost, too, the second finds
// nobody that lacks the write.
TEST(ReadRepair, LeavesWhatTheReadsThatRepairAndTheirMessagesLeave) {
  for (const auto& [lost, chance] : {std::tuple{.3, 1.}, {.3, .4}, {.1, 1.}}) {
    models::QuorumConfig config = quorum(3, 1, lost);
    config.read_repair = chance;
    const auto seen =
        stale_by_read(world_of(config, read_after("100ms") + ',' + read_after("100ms")), 2);
    const double before = lacking_share(3, 1, lost);
    expect_stale(name_of(3, 1, lost) + ", first read", seen[0], before);
    expect_stale("  second", seen[1], before * (1 - chance * (1 - lost)));
  }
}

// Reads that ask two of three repair the one that lacks it if they met both kinds: with one lacking
// 2/3 of them do, with two 2/3, too.
TEST(ReadRepair, RepairsOnlyWhomTheReadAsked) {
  models::QuorumConfig config = quorum(3, 1, .2);
  config.read_repair = 1;
  config.read_fanout = 2;
  const auto seen =
      stale_by_read(world_of(config, read_after("100ms") + ',' + read_after("100ms")), 2);
  const double two_come = 3 * .8 * .8 * .2, one_comes = 3 * .8 * .2 * .2;
  const double committed = 1 - std::pow(.2, 3), repaired = 2. / 3 * .8;
  const double after = (two_come * (1 - repaired) / 3 + one_comes * (2 - repaired) / 3) / committed;

  expect_stale("first read", seen[0], lacking_share(3, 1, .2));
  expect_stale("second", seen[1], after);
}

// Sent again 100 ms after the write: by then twice lost; after 200 ms three times.
TEST(HintedHandoff, LeavesWhatIsLostEveryTime) {
  models::QuorumConfig config = quorum(3, 1, .4);
  config.hinted_handoff.present = true;
  config.hinted_handoff.after = models::Duration::milliseconds(100);
  const auto seen = stale_by_read(
      world_of(config, read_after("50ms") + ',' + read_after("100ms") + ',' + read_after("100ms")),
      3);
  const double before = lacking_share(3, 1, .4);
  expect_stale("after 50 ms", seen[0], before);
  expect_stale("after 150 ms", seen[1], before * .4);
  expect_stale("after 250 ms", seen[2], before * .4 * .4);
}

// Rounds each second, which take 1 ms; a write falls anywhere between two.
TEST(AntiEntropy, EndsStalenessWithTheNextRound) {
  models::QuorumConfig config = quorum(3, 1, .3);
  config.anti_entropy.present = true;
  config.anti_entropy.every = models::Duration::seconds(1);
  const auto seen = stale_by_read(
      world_of(config, read_after("251ms") + ',' + read_after("500ms") + ',' + read_after("251ms")),
      3);
  const double before = lacking_share(3, 1, .3);
  expect_stale("after 0.25 s", seen[0], before * .75);
  expect_stale("after 0.75 s", seen[1], before * .25);
  expect_stale("after a second", seen[2], 0);
}

}  // namespace
}  // namespace seatrial::validation
