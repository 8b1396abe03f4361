#include "tests/swarm/quorum_convergence.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

using models::Duration;
using models::Instant;
using models::Version;

namespace {

constexpr double nearly_all = 1 - 1e-9;  // of the draws of a leg

Duration longest(const sim::Distribution& leg) {
  return Duration::nanoseconds(static_cast<std::int64_t>(leg.quantile(nearly_all)) + 1);
}

// Each crash may swallow a hint on its way, and the next one leaves when it is over.
bool hints_outlast_crashes(const models::WorldConfig& world, const models::QuorumConfig& config) {
  const models::HintedHandoffConfig& hints = config.hinted_handoff;
  const Duration tries_again =
      hints.after + longest(config.legs.write) + longest(config.legs.write_ack);
  Duration latest = tries_again;
  for (const models::PhaseConfig& phase : world.phases) {
    for (const models::FaultConfig& fault : phase.faults) {
      const bool is_crash = fault.kind == models::FaultKind::replicas;
      if (is_crash) latest += fault.restart_after + tries_again;
    }
  }
  return hints.present && latest <= hints.at_most;
}

}  // namespace

QuorumConvergence::QuorumConvergence(const models::WorldConfig& world,
                                     const models::QuorumConfig& config)
    : config_{config},
      replicas_{static_cast<std::size_t>(config.replicas)},
      loses_nothing_{config.lost_writes == 0 &&
                     (!some_fault_is(world, models::FaultKind::replicas) ||
                      hints_outlast_crashes(world, config))},
      longest_write_{longest(config.legs.write)} {
  for (const models::PhaseConfig& phase : world.phases) {
    for (const models::FaultConfig& fault : phase.faults) {
      crashes_.push_back(fault.kind == models::FaultKind::replicas);
    }
  }
}

void QuorumConvergence::fault(const models::FaultObserved& seen) {
  if (!crashes_[seen.number]) return;
  Crash& crash = crashed_[seen.number];
  (seen.begins ? crash.from : crash.until) = seen.at;
}

void QuorumConvergence::commit(const models::CommitObserved& commit) {
  documents_[key_of(commit.document)].commits.push_back(commit);
}

void QuorumConvergence::appended(const models::EntryAppended& entry) {
  Document& document = documents_[key_of(entry.document)];
  document.newest = entry.version;
  document.sent = entry.at;
}

bool QuorumConvergence::some_is_down(Instant moment) const {
  return std::any_of(crashed_.begin(), crashed_.end(), [&](const auto& crash) {
    return crash.second.from <= moment && moment <= crash.second.until;
  });
}

void QuorumConvergence::exchanged(const models::ReplicasExchanged& seen) {
  if (some_is_down(seen.compared) || some_is_down(seen.at)) return;
  const auto place = std::upper_bound(
      rounds_.begin(), rounds_.end(), seen.compared,
      [](Instant compared, const auto& round) { return compared < round.compared; });
  rounds_.insert(place, seen);
}

// Backwards: until when something must be at each replica to come to this one in time.
Instant QuorumConvergence::carried_to(std::size_t replica, Instant until) const {
  std::vector<Instant> latest(replicas_);
  latest[replica] = until;
  for (auto round = rounds_.rbegin(); round != rounds_.rend(); ++round) {
    if (std::find(latest.begin(), latest.end(), Instant{}) == latest.end()) break;
    Instant& here = latest[round->replica];
    Instant& there = latest[(round->replica + 1U) % replicas_];
    const Instant from_here = round->at < there ? round->compared : Instant{};
    const Instant from_there = round->at < here ? round->compared : Instant{};
    here = std::max(here, from_here);
    there = std::max(there, from_there);
  }
  return *std::min_element(latest.begin(), latest.end());
}

Instant QuorumConvergence::carried_before(Instant until) const {
  Instant before = until;
  for (std::size_t i = 0; i != replicas_; ++i) before = std::min(before, carried_to(i, until));
  return before;
}

void QuorumConvergence::version_at_end(const models::VersionAtEnd& end) {
  versions_.push_back(end.version);
  if (versions_.size() != replicas_) return;
  check(end.document, end.at);
  versions_.clear();
}

void QuorumConvergence::check(const models::DocumentName& name, Instant at) {
  const auto found = documents_.find(key_of(name));
  if (found == documents_.end()) return;
  const Document& document = found->second;
  const auto [oldest, newest] = std::minmax_element(versions_.begin(), versions_.end());
  const auto text = [&, least = oldest->lsn, most = newest->lsn] {
    return fmt::format("document {} of class {}: LSN {} to {}, {} sent", name.owner,
                       name.data_class.value(), least, most, document.newest.lsn);
  };
  if (loses_nothing_) {
    ++complete;
    expect(*oldest == document.newest, "what is not lost comes to every replica", text);
  }
  if (replicas_ == 1 || !config_.anti_entropy.present) return;
  const Instant before = carried_before(at);
  Version settled;
  for (const models::CommitObserved& commit : document.commits) {
    if (commit.committed < before) settled = std::max(settled, commit.version);
  }
  carried += settled != Version{};
  expect(*oldest >= settled, "rounds carry to every replica what is committed", text);
  const bool hints_may_come = config_.hinted_handoff.present;
  if (hints_may_come || document.sent + longest_write_ >= before) return;
  ++agreed;
  expect(*oldest == *newest, "replicas agree after enough rounds", text);
}

}  // namespace seatrial::swarm
