#include "tests/swarm/check.hpp"

#include <fmt/format.h>

#include <optional>

#include "analysis/collectors/observation_digest.hpp"
#include "tests/swarm/allowed_set.hpp"
#include "tests/swarm/bytes_between_regions.hpp"
#include "tests/swarm/conservation.hpp"
#include "tests/swarm/convergence.hpp"
#include "tests/swarm/promises.hpp"
#include "tests/swarm/quorum_answers.hpp"
#include "tests/swarm/quorum_convergence.hpp"
#include "tests/swarm/several_logs.hpp"
#include "tests/swarm/stamps.hpp"
#include "tests/swarm/token_holders.hpp"
#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

namespace {

// Tells everything to every check, and to the digest.
class Panel final : public Check {
 public:
  explicit Panel(const std::vector<Check*>& checks) : checks_{checks} {}

  void operation(const models::OperationObserved& seen) override {
    digest.operation(seen);
    for (Check* check : checks_) check->operation(seen);
  }
  void commit(const models::CommitObserved& seen) override {
    digest.commit(seen);
    for (Check* check : checks_) check->commit(seen);
  }
  void fault(const models::FaultObserved& seen) override {
    for (Check* check : checks_) check->fault(seen);
  }
  void takeover(const models::TakeoverObserved& seen) override {
    for (Check* check : checks_) check->takeover(seen);
  }
  void conflict(const models::ConflictObserved& seen) override {
    for (Check* check : checks_) check->conflict(seen);
  }
  void replication(const models::ReplicationObserved& seen) override {
    for (Check* check : checks_) check->replication(seen);
  }
  void user_left(const models::UserLeft& seen) override {
    for (Check* check : checks_) check->user_left(seen);
  }
  void late(const models::LateCost& seen) override {
    for (Check* check : checks_) check->late(seen);
  }
  StoreWitness* witness() override { return this; }
  void appended(const models::EntryAppended& seen) override {
    for (Check* check : checks_) check->appended(seen);
  }
  void answered(const models::ReplicaAnswered& seen) override {
    for (Check* check : checks_) check->answered(seen);
  }
  void split(const models::PartitionSplit& seen) override {
    for (Check* check : checks_) check->split(seen);
  }
  void merged(const models::PartitionsMerged& seen) override {
    for (Check* check : checks_) check->merged(seen);
  }
  void at_end(const models::ReplicaAtEnd& seen) override {
    for (Check* check : checks_) check->at_end(seen);
  }
  void exchanged(const models::ReplicasExchanged& seen) override {
    for (Check* check : checks_) check->exchanged(seen);
  }
  void version_at_end(const models::VersionAtEnd& seen) override {
    for (Check* check : checks_) check->version_at_end(seen);
  }
  void message(const models::MessageTraced& seen) override {
    for (Check* check : checks_) check->message(seen);
  }
  void moment(const models::MomentTraced& seen) override {
    for (Check* check : checks_) check->moment(seen);
  }

  analysis::ObservationDigest digest{models::Duration::seconds(1)};

 private:
  const std::vector<Check*>& checks_;
};

// Users are numbered as they arrive; a surge's have a bit of their own. As many as small worlds
// have.
std::vector<models::UserId> first_users() {
  std::vector<models::UserId> users;
  for (std::uint64_t i = 0; i != 200; ++i) {
    users.emplace_back(i);
    users.emplace_back(i | std::uint64_t{1} << 62);
  }
  return users;
}

// Somebody looks at a run each second of its phases, and then at times that double: a small world
// that goes on for a day after its phases goes on for ever. In the library people pause for longer.
int most_looks(const models::WorldConfig& world) {
  models::Duration length = world.warmup;
  for (const models::PhaseConfig& phase : world.phases) length = length + phase.length;
  const auto seconds = static_cast<int>(length / models::Duration::seconds(1));
  return seconds + (seconds < 60 ? 18 : 62);
}

}  // namespace

CheckedRun run_checked(const models::WorldConfig& world, models::RunOptions options,
                       const std::vector<Check*>& checks) {
  Panel panel{checks};
  options.followed = models::Followed{first_users(), panel};
  if (options.cancelled == nullptr) {
    options.cancelled = [left = most_looks(world)]() mutable { return --left == 0; };
  }
  CheckedRun run;
  run.totals = models::run_world(world, options, panel);
  for (Check* check : checks) {
    check->finish(run.totals);
    run.problems.insert(run.problems.end(), check->problems().begin(), check->problems().end());
  }
  if (run.totals.cancelled) run.problems = {{"a run ends", "it went on"}};
  run.digest = panel.digest.value();
  return run;
}

CheckedRun run_against_all(const models::WorldConfig& world, models::RunOptions options) {
  Conservation conservation{world};
  BytesBetweenRegions bytes{world};
  Convergence convergence;
  TokenHolders tokens{world};
  std::vector<Check*> checks{&conservation, &bytes, &convergence, &tokens};
  std::optional<AllowedSet> allowed;
  std::optional<Promises> promises;
  std::optional<QuorumAnswers> quorum;
  std::optional<QuorumConvergence> agreement;
  std::optional<Stamps> stamps;
  std::optional<SeveralLogs> logs;
  if (const models::QuorumConfig* const config = models::quorum_of(world.store)) {
    checks.push_back(&quorum.emplace(*config, some_fault_is(world, models::FaultKind::replicas)));
    checks.push_back(&agreement.emplace(world, *config));
  } else if (world.store.write_regions.size() > 1) {
    checks.push_back(&stamps.emplace(world));
    checks.push_back(&logs.emplace(world));
  } else {
    checks.push_back(&allowed.emplace(world));
    checks.push_back(&promises.emplace(world));
  }
  CheckedRun run = run_checked(world, std::move(options), checks);
  if (allowed) run.reads = allowed->operations;
  if (quorum) run.reads = quorum->reads;
  if (stamps) run.reads = stamps->reads;
  if (promises) run.promised_takeovers = promises->promised;
  if (promises) run.lost_versions = promises->lost;
  if (agreement) run.agreed = agreement->agreed;
  return run;
}

std::string name_of(const models::OperationName& operation) {
  return fmt::format("operation {} of session {}", operation.index, operation.session.value());
}

}  // namespace seatrial::swarm
