#include "tests/swarm/promises.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

using models::Vote;

Promises::Promises(const models::WorldConfig& world)
    : plans_{plans_of(world)},
      partitions_{static_cast<std::size_t>(world.store.partitions)},
      is_strong_{world.store.consistency == models::Consistency::strong},
      longest_takes_over_{world.store.failover.to.empty()},
      replicas_crash_{some_fault_is(world, models::FaultKind::replicas)} {}

Promises::Log& Promises::log_of(models::PartitionId partition) {
  const auto [place, is_new] = logs_.try_emplace(partition.value());
  if (is_new) {
    const models::ReplicationPlan& plan = plans_[partition.value() / partitions_];
    place->second.votes = plan.votes;
    place->second.needed = plan.needed;
    place->second.is_tiered = plan.tier.has_value();
    const bool is_adaptive = plan.adaptive.has_value();
    if (is_adaptive) std::fill(place->second.votes.begin(), place->second.votes.end(), Vote::none);
  }
  return place->second;
}

void Promises::commit(const models::CommitObserved& commit) {
  const Document document{commit.document.data_class.value(), commit.document.owner};
  const Named name{document, commit.version.epoch, commit.version.lsn};
  log_of(commit.partition).committed[commit.version.lsn] = {name, commit.committed};
}

void Promises::answered(const models::ReplicaAnswered& answer) {
  std::uint64_t& shown = log_of(answer.partition).shown[answer.region.value()];
  shown = std::max(shown, answer.applied);
}

void Promises::split(const models::PartitionSplit& split) {
  const Log parent = log_of(split.parent);
  family_.split(split.parent.value(), split.first.value());
  for (const models::PartitionId child : {split.first, split.second}) {
    Log& log = logs_[child.value()] = parent;
    std::erase_if(log.committed, [&](const auto& entry) {
      const Document document = std::get<0>(entry.second.name);
      const models::DocumentName name{models::DataClassId{document.first}, document.second};
      return family_.home_of(models::short_hash_of(name), split.parent.value()) != child.value();
    });
  }
}

// What both had is applied everywhere: nothing can lose it.
void Promises::merged(const models::PartitionsMerged& seen) {
  Log log = log_of(seen.first);
  log.committed.clear();
  log.shown.clear();
  logs_[seen.into.value()] = log;
}

void Promises::fault(const models::FaultObserved& seen) {
  if (!seen.is_switchover) down_[seen.region.value()] += seen.begins ? 1 : -1;
}

bool Promises::promises(const Log& log, const models::TakeoverObserved& seen) const {
  const auto down = down_.find(seen.from.value());
  const bool is_planned = seen.from != seen.to && (down == down_.end() || down->second == 0);
  if (is_planned) return true;
  if (log.is_tiered) return false;
  if (seen.from == seen.to || is_strong_) return true;
  if (log.votes[seen.to.value()] == Vote::must) return true;
  const auto has_vote = [](Vote vote) { return vote != Vote::none; };
  const bool somebody_must = std::count(log.votes.begin(), log.votes.end(), Vote::must) > 0;
  if (!somebody_must && log.needed == 0) return false;
  if (std::none_of(log.votes.begin(), log.votes.end(), has_vote)) return false;
  const bool all_others_up = std::all_of(down_.begin(), down_.end(), [&](const auto& region) {
    return region.second == 0 || region.first == seen.from.value();
  });
  return longest_takes_over_ && all_others_up && !replicas_crash_;
}

void Promises::takeover(const models::TakeoverObserved& seen) {
  ++takeovers;
  Log& log = log_of(seen.partition);
  const auto first_lost = log.committed.upper_bound(seen.survived);
  const auto count = static_cast<std::uint64_t>(std::distance(first_lost, log.committed.end()));
  const auto text = [&] {
    return fmt::format("partition {}, epoch {}: {} told, {} committed after LSN {}, {} shown",
                       seen.partition.value(), seen.epoch, seen.lost, count, seen.survived,
                       log.shown[seen.to.value()]);
  };
  expect(seen.lost == count, "a takeover tells exactly what is lost", text);
  expect(count == 0 || first_lost->second.committed == seen.oldest_lost,
         "a takeover tells the oldest that is lost", text);
  const bool is_memory_lost = log.is_tiered && seen.from == seen.to;
  expect(replicas_crash_ || is_memory_lost || log.shown[seen.to.value()] <= seen.survived,
         "what the new write region has shown is not lost", text);
  lost += count;
  const bool is_promised = promises(log, seen);
  if (is_promised) ++promised;
  for (auto entry = first_lost; is_promised && entry != log.committed.end(); ++entry) {
    broken_.insert(entry->second.name);
  }
  log.committed.erase(first_lost, log.committed.end());
  log.shown.clear();
  std::swap(log.votes[seen.from.value()], log.votes[seen.to.value()]);
}

void Promises::operation(const models::OperationObserved& seen) {
  const bool is_acknowledged = is_write(seen.kind) && seen.outcome == models::Outcome::ok &&
                               seen.degraded != models::Degraded::acknowledged_early;
  if (is_acknowledged) acknowledged_.push_back(seen);
}

void Promises::finish(const models::RunTotals&) {
  for (const models::OperationObserved& write : acknowledged_) {
    const Document document{write.document.data_class.value(), write.document.owner};
    const bool is_kept = !broken_.contains({document, write.version.epoch, write.version.lsn});
    expect(is_kept, "no acknowledged write is lost where the mode promises it", [&] {
      return fmt::format("{} wrote LSN {} of epoch {}", name_of({write.session, write.index}),
                         write.version.lsn, write.version.epoch);
    });
  }
}

}  // namespace seatrial::swarm
