#include "tests/swarm/allowed_set.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tests/swarm/world_facts.hpp"

namespace seatrial::swarm {

using models::Consistency;

namespace {

// The newest of the versions at or before an index; 0: none.
std::uint64_t newest_within(const std::vector<std::uint64_t>& lsns, std::uint64_t index) {
  const auto after = std::upper_bound(lsns.begin(), lsns.end(), index);
  return after == lsns.begin() ? 0 : *(after - 1);
}

bool general_read(const std::vector<std::uint64_t>& lsns, std::uint64_t index, bool dirty,
                  std::uint64_t returned) {
  if (returned == newest_within(lsns, index)) return true;
  return dirty && returned > index && std::binary_search(lsns.begin(), lsns.end(), returned);
}

// A bus applies entries by version, in the order of their keys, not of the log.
bool uses_a_bus(const models::WorldConfig& world) {
  const std::vector<models::ReplicationPlan> plans = plans_of(world);
  return std::any_of(plans.begin(), plans.end(),
                     [](const auto& plan) { return plan.bus.has_value(); });
}

std::string told(const models::ReplicaAnswered& answer) {
  return fmt::format(
      "{} read LSN {} at replica {} of region {} (cut {}, token {}/{}); log: epoch {}, length {}, "
      "commit index {}, read index {}",
      name_of(answer.operation), answer.version.lsn, answer.replica, answer.region.value(),
      answer.applied, answer.token.epoch, answer.token.lsn, answer.log.epoch, answer.log.length,
      answer.log.commit_index, answer.log.read_index);
}

}  // namespace

AllowedSet::AllowedSet(const models::WorldConfig& world)
    : in_log_order_{world.store.apply_order == models::ApplyOrder::in_log_order &&
                    !uses_a_bus(world)} {}

const AllowedSet::History& AllowedSet::history(const models::PartitionId& partition,
                                               const models::DocumentName& name) {
  return logs_[partition.value()].documents[key_of(name)];
}

void AllowedSet::appended(const models::EntryAppended& entry) {
  Log& log = logs_[entry.partition.value()];
  History& document = log.documents[key_of(entry.document)];
  ++log.length;
  document.lsns.push_back(entry.version.lsn);
  expect(entry.version.lsn == log.length, "lsns are unique and without gaps",
         [&] { return fmt::format("LSN {} at place {}", entry.version.lsn, log.length); });
  expect(entry.version.ordinal == document.lsns.size(), "ordinals count a document's versions",
         [&] { return fmt::format("ordinal {}", entry.version.ordinal); });
}

void AllowedSet::commit(const models::CommitObserved& commit) {
  Log& log = logs_[commit.partition.value()];
  log.documents[key_of(commit.document)].commits.emplace_back(commit.version.ordinal,
                                                              commit.committed);
}

// Both go on with the parent's log; the indexes of either are its own.
void AllowedSet::split(const models::PartitionSplit& split) {
  const Log parent = logs_[split.parent.value()];
  logs_[split.first.value()] = parent;
  logs_[split.second.value()] = parent;
}

// Of a document that was in a common ancestor either has versions; where it has been since, more.
void AllowedSet::merged(const models::PartitionsMerged& seen) {
  Log log;
  log.length = seen.last;
  log.first_epoch = seen.epoch;
  log.parents = {seen.first.value(), seen.second.value()};
  for (const std::uint32_t parent : log.parents) {
    for (const auto& [name, document] : logs_[parent].documents) {
      const auto [place, is_new] = log.documents.try_emplace(name, document);
      History& known = place->second;
      if (is_new || known.lsns.size() < document.lsns.size()) {
        known = document;
        log.before[name] = parent;
      } else if (known.lsns.size() == document.lsns.size()) {
        log.before.erase(name);
      }
    }
  }
  logs_[seen.into.value()] = std::move(log);
}

void AllowedSet::takeover(const models::TakeoverObserved& seen) {
  Log& log = logs_[seen.partition.value()];
  expect(seen.survived >= log.last.commit_index, "what is durable is not lost", [&] {
    return fmt::format("{} survive of {}, commit index {}", seen.survived, log.length,
                       log.last.commit_index);
  });
  log.length = std::min(log.length, seen.survived);
  log.cuts.push_back(seen.survived);
  for (auto& [name, document] : log.documents) {
    while (!document.lsns.empty() && document.lsns.back() > seen.survived) {
      document.lsns.pop_back();
    }
    std::erase_if(document.commits, [left = document.lsns.size()](const auto& commit) {
      return commit.first > left;
    });
  }
}

// The token's epoch is the first of those that may have cut its entry off. One of before a merge
// goes by the partition that the document was in then; where nobody knows which, it is lost if both
// say so, and may be if one does.
bool AllowedSet::is_lost(std::uint32_t partition, Document document,
                         const models::SessionToken& token, Doubt doubt) const {
  const auto found = logs_.find(partition);
  if (token.is_none() || found == logs_.end()) return false;
  const Log& log = found->second;
  if (token.epoch < log.first_epoch) {
    const auto before = log.before.find(document);
    if (before != log.before.end()) return is_lost(before->second, document, token, doubt);
    const auto says_so = [&](std::uint32_t parent) {
      return is_lost(parent, document, token, doubt);
    };
    return doubt == Doubt::lost ? std::any_of(log.parents.begin(), log.parents.end(), says_so)
                                : std::all_of(log.parents.begin(), log.parents.end(), says_so);
  }
  for (std::size_t i = token.epoch - log.first_epoch; i < log.cuts.size(); ++i) {
    if (token.lsn > log.cuts[i]) return true;
  }
  return false;
}

// PointsValid, and that both indexes only grow.
void AllowedSet::check_points(Log& log, const models::LogState& state) {
  const auto text = [&] {
    return fmt::format("read index {}, commit index {}, length {}, epoch {}; before {} and {}",
                       state.read_index, state.commit_index, state.length, state.epoch,
                       log.last.read_index, log.last.commit_index);
  };
  expect(state.length == log.length && state.epoch == log.first_epoch + log.cuts.size(),
         "the log is what was appended", text);
  expect(state.read_index <= state.commit_index && state.commit_index <= state.length,
         "points are valid", text);
  expect(state.read_index >= log.last.read_index && state.commit_index >= log.last.commit_index,
         "points only grow", text);
  log.last = state;
}

void AllowedSet::answered(const models::ReplicaAnswered& answer) {
  Log& log = logs_[answer.partition.value()];
  check_points(log, answer.log);
  if (answer.kind != models::OperationKind::read) return;
  if (!answer.ok) {
    expect(
        answer.applied < answer.token.lsn ||
            is_lost(answer.partition.value(), key_of(answer.document), answer.token, Doubt::lost),
        "only a replica that is behind says so", [&] { return told(answer); });
    return;
  }
  check_answer(answer);
  under_way_[{answer.operation.session.value(), answer.operation.index}].push_back(
      {answer, is_in_set(answer), answer.version.lsn > answer.log.commit_index});
}

void AllowedSet::check_answer(const models::ReplicaAnswered& answer) {
  ++answers;
  const History& document = history(answer.partition, answer.document);
  const std::uint64_t within_cut = newest_within(document.lsns, answer.applied);
  if (answer.version.lsn < newest_within(document.lsns, answer.log.length)) ++old;
  if (answer.version.lsn > answer.log.commit_index) ++dirty;
  const auto text = [&] { return told(answer); };
  expect(in_log_order_ ? answer.version.lsn == within_cut : answer.version.lsn >= within_cut,
         "a replica answers from its prefix", text);
  expect(answer.version.lsn == 0 ||
             std::binary_search(document.lsns.begin(), document.lsns.end(), answer.version.lsn),
         "what is read was written", text);
  expect(is_in_set(answer), "reads are in the allowed set", text);
}

bool AllowedSet::is_in_set(const models::ReplicaAnswered& answer) {
  std::uint64_t index = answer.log.read_index;
  if (answer.level == Consistency::session && !answer.token.is_none()) {
    if (is_lost(answer.partition.value(), key_of(answer.document), answer.token, Doubt::kept))
      return false;
    index = std::max(index, answer.token.lsn);
  }
  const History& document = history(answer.partition, answer.document);
  return general_read(document.lsns, index, true, answer.version.lsn);
}

void AllowedSet::operation(const models::OperationObserved& seen) {
  const auto found = under_way_.find({seen.session.value(), seen.index});
  const std::vector<Judged> judged =
      found == under_way_.end() ? std::vector<Judged>{} : std::move(found->second);
  if (found != under_way_.end()) under_way_.erase(found);
  if (seen.kind != models::OperationKind::read || seen.outcome != models::Outcome::ok) return;
  ++operations;
  const auto text = [&] {
    return fmt::format("{} returned LSN {} with token {}/{}", name_of({seen.session, seen.index}),
                       seen.version.lsn, seen.token.epoch, seen.token.lsn);
  };
  const auto same = std::find_if(judged.begin(), judged.end(), [&](const Judged& each) {
    return each.answer.version == seen.version && each.answer.region == seen.served_by &&
           each.answer.replica == seen.replica;
  });
  expect(same != judged.end(), "a read returns what a replica answered", text);
  if (same == judged.end()) return;
  const Consistency level = same->answer.level;
  // The partition may have split since the read was invoked.
  if (level == Consistency::strong) return check_strong(seen, same->answer.partition);
  if (level == Consistency::bounded_staleness) return check_bounded(seen, judged);
  if (level == Consistency::local_quorum) return;
  const bool asked_for_less =
      level != Consistency::session || seen.degraded != models::Degraded::no;
  expect(asked_for_less || same->answer.token.lsn >= seen.token.lsn,
         "a replica is asked with the operation's token", text);
  expect(seen.truth.allowed == same->is_allowed, "the store judges as the specification does",
         text);
}

void AllowedSet::check_bounded(const models::OperationObserved& read,
                               const std::vector<Judged>& judged) {
  std::uint64_t index = judged.front().answer.log.commit_index;
  for (const Judged& each : judged) index = std::min(index, each.answer.log.commit_index);
  const bool is_dirty = std::any_of(judged.begin(), judged.end(), [&](const Judged& each) {
    return each.is_dirty && each.answer.version == read.version;
  });
  const History& document = history(judged.front().answer.partition, read.document);
  expect(is_dirty || general_read(document.lsns, index, true, read.version.lsn),
         "a bounded read is in the allowed set", [&] {
           return fmt::format("{} returned LSN {}, commit index {}",
                              name_of({read.session, read.index}), read.version.lsn, index);
         });
}

void AllowedSet::check_strong(const models::OperationObserved& read,
                              models::PartitionId partition) {
  const History& document = history(partition, read.document);
  bool was_committed = read.version.ordinal == 0;
  bool was_superseded = false;
  for (const auto& [ordinal, when] : document.commits) {
    if (ordinal == read.version.ordinal && when <= read.completed) was_committed = true;
    if (ordinal == read.version.ordinal + 1 && when <= read.invoked) was_superseded = true;
  }
  const auto text = [&] {
    return fmt::format("{} returned ordinal {}: committed {}, superseded before {}",
                       name_of({read.session, read.index}), read.version.ordinal, was_committed,
                       was_superseded);
  };
  expect(was_committed && !was_superseded, "a strong read is the newest committed version", text);
}

}  // namespace seatrial::swarm
