#include "tests/swarm/quorum_convergence.hpp"

#include <gmock/gmock.h>

#include "tests/swarm/random_world.hpp"

namespace seatrial::swarm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string not_everywhere = "what is not lost comes to every replica";
const std::string not_carried = "rounds carry to every replica what is committed";
const std::string not_the_same = "replicas agree after enough rounds";

models::Instant at_ms(int ms) { return models::Instant::at(models::Duration::milliseconds(ms)); }

models::QuorumConfig of_replicas(std::int64_t replicas) {
  models::QuorumConfig config;
  config.replicas = replicas;
  config.write_quorum = config.read_quorum = 1;
  return config;
}

models::QuorumConfig that_exchange(std::int64_t replicas) {
  models::QuorumConfig config = of_replicas(replicas);
  config.lost_writes = 0.5;
  config.anti_entropy = {true, models::Duration::milliseconds(100)};
  return config;
}

// Of one document: versions 1 and 2 are sent at 10 and 20 ms and committed 5 ms later.
class Replicas {
 public:
  explicit Replicas(models::QuorumConfig config, models::WorldConfig world = {})
      : check{world, config}, config_{std::move(config)} {
    for (const int lsn : {1, 2}) {
      const models::Version version{1, static_cast<std::uint64_t>(lsn), 0};
      models::EntryAppended sent;
      sent.version = version;
      sent.at = at_ms(10 * lsn);
      check.appended(sent);
      models::CommitObserved commit;
      commit.version = version;
      commit.committed = at_ms(10 * lsn + 5);
      check.commit(commit);
    }
  }

  // Each with the next, but the last with the first.
  void exchange(int compared_ms) {
    for (std::uint8_t i = 0; i + 1 < config_.replicas; ++i) {
      check.exchanged({i, at_ms(compared_ms), at_ms(compared_ms + 5)});
    }
  }
  std::vector<std::string> broken_by(const std::vector<std::uint64_t>& lsns) {
    for (std::size_t i = 0; i != lsns.size(); ++i) {
      models::VersionAtEnd end;
      end.replica = static_cast<std::uint8_t>(i);
      end.version = models::Version{1, lsns[i], 0};
      end.at = at_ms(1'000);
      check.version_at_end(end);
    }
    std::vector<std::string> laws;
    for (const Check::Problem& problem : check.problems()) laws.push_back(problem.law);
    return laws;
  }

  QuorumConvergence check;

 private:
  models::QuorumConfig config_;
};

TEST(QuorumConvergence, IsThatOfEveryVersionWhereNothingIsLost) {
  EXPECT_THAT(Replicas{of_replicas(3)}.broken_by({2, 2, 2}), IsEmpty());
  EXPECT_THAT(Replicas{of_replicas(3)}.broken_by({2, 1, 2}), ElementsAre(not_everywhere));
  EXPECT_THAT(Replicas{of_replicas(3)}.broken_by({1, 1, 1}), ElementsAre(not_everywhere));
}

TEST(QuorumConvergence, IsNotPromisedOfWhatIsLost) {
  models::QuorumConfig config = of_replicas(3);
  config.lost_writes = 0.5;
  EXPECT_THAT(Replicas{config}.broken_by({2, 1, 0}), IsEmpty());
}

TEST(QuorumConvergence, TakesARoundForEachStepBetweenReplicas) {
  Replicas after_one{that_exchange(3)};
  after_one.exchange(100);
  EXPECT_THAT(after_one.broken_by({2, 1, 0}), IsEmpty());
  Replicas after_two{that_exchange(3)};
  after_two.exchange(100);
  after_two.exchange(200);
  EXPECT_THAT(after_two.broken_by({2, 1, 0}), ElementsAre(not_carried, not_the_same));
}

TEST(QuorumConvergence, IsNotPromisedOfWhatCameDuringTheRounds) {
  Replicas replicas{that_exchange(2)};
  replicas.exchange(18);
  EXPECT_THAT(replicas.broken_by({2, 1}), IsEmpty());
  EXPECT_THAT(replicas.broken_by({2, 0}), ElementsAre(not_carried));
}

TEST(QuorumConvergence, DoesNotCountRoundsDuringACrash) {
  models::WorldConfig world;
  world.phases.emplace_back();
  world.phases.back().faults.emplace_back();
  world.phases.back().faults.back().kind = models::FaultKind::replicas;
  Replicas replicas{that_exchange(2), world};
  models::FaultObserved crash;
  crash.at = at_ms(90);
  replicas.check.fault(crash);
  replicas.exchange(100);
  EXPECT_THAT(replicas.broken_by({2, 1}), IsEmpty());
  crash.begins = false;
  crash.at = at_ms(190);
  replicas.check.fault(crash);
  replicas.exchange(200);
  EXPECT_THAT(replicas.broken_by({2, 1}), ElementsAre(not_carried, not_the_same));
}

// Users come for two seconds, and hardly any in the two that follow.
constexpr const char* losing_world = R"({
  "title": "Replicas that lose messages", "question": "Do they agree in the end?",
  "regions": { "users": { "West": "100%" }, "request_timeout": "500ms" },
  "data": { "stock": { "owner": "shared", "documents": 5, "size": "1 KB" } },
  "store": { "consistency": "eventual", "replication": { "kind": "quorum", "replicas": 5,
    "write_quorum": 2, "read_quorum": 1, "lost_writes": "40%", "anti_entropy": { "every": "50ms" },
    "legs": { "write": { "exponential": { "mean": "5ms" } }, "write_ack": "1ms", "read": "1ms",
              "read_reply": "1ms" } } },
  "workload": { "sessions": "20/s",
    "steps": { "buy": { "share": "100%", "do": [ { "update": "stock" }, { "read": "stock" } ] } } },
  "phases": [ { "name": "busy", "for": "2s" },
              { "name": "quiet", "for": "2s", "sessions": "x0.01" } ],
  "policies": { "as is": {} },
  "objectives": { "served": { "metric": "availability", "at_least": "1%" } },
  "run": { "warmup": "0s", "replications": 1 }
})";

TEST(QuorumConvergence, HoldsOfARunThatLosesMessages) {
  const models::WorldConfig world = world_of(losing_world);
  QuorumConvergence check{world, *models::quorum_of(world.store)};

  const CheckedRun run = run_checked(world, {}, {&check});

  EXPECT_THAT(run.problems, IsEmpty());
  EXPECT_EQ(check.agreed, 5u);
  EXPECT_EQ(check.complete, 0u);
}

}  // namespace
}  // namespace seatrial::swarm
