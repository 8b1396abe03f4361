#include "tests/swarm/allowed_set.hpp"

#include <fmt/format.h>

#include <algorithm>

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
    : level_{world.store.consistency},
      in_log_order_{world.store.apply_order == models::ApplyOrder::in_log_order} {}

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

// PointsValid, and that both indexes only grow.
void AllowedSet::check_points(Log& log, const models::LogState& state) {
  const auto text = [&] {
    return fmt::format("read index {}, commit index {}, length {}; before {} and {}",
                       state.read_index, state.commit_index, state.length, log.last.read_index,
                       log.last.commit_index);
  };
  expect(state.length == log.length, "the log is what was appended", text);
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
    expect(answer.applied < answer.token.lsn, "only a replica that is behind says so",
           [&] { return told(answer); });
    return;
  }
  check_answer(answer, history(answer.partition, answer.document));
  last_answer_[{answer.operation.session.value(), answer.operation.index}] = answer;
}

void AllowedSet::check_answer(const models::ReplicaAnswered& answer, const History& document) {
  ++answers;
  const std::uint64_t within_cut = newest_within(document.lsns, answer.applied);
  if (answer.version.lsn < newest_within(document.lsns, answer.log.length)) ++old;
  if (answer.version.lsn > answer.log.commit_index) ++dirty;
  const auto text = [&] { return told(answer); };
  expect(in_log_order_ ? answer.version.lsn == within_cut : answer.version.lsn >= within_cut,
         "a replica answers from its prefix", text);
  expect(answer.version.lsn == 0 ||
             std::binary_search(document.lsns.begin(), document.lsns.end(), answer.version.lsn),
         "what is read was written", text);
  expect(is_in_set(answer, document), "reads are in the allowed set", text);
}

bool AllowedSet::is_in_set(const models::ReplicaAnswered& answer, const History& document) const {
  std::uint64_t index = answer.log.read_index;
  if (level_ == Consistency::session && !answer.token.is_none()) {
    if (answer.token.epoch != answer.log.epoch) return false;
    index = std::max(index, answer.token.lsn);
  }
  return general_read(document.lsns, index, true, answer.version.lsn);
}

void AllowedSet::operation(const models::OperationObserved& seen) {
  const auto found = last_answer_.find({seen.session.value(), seen.index});
  const bool is_good_read =
      seen.kind == models::OperationKind::read && seen.outcome == models::Outcome::ok;
  if (is_good_read) {
    ++operations;
    const auto text = [&] {
      return fmt::format("{} returned LSN {} with token {}/{}", name_of({seen.session, seen.index}),
                         seen.version.lsn, seen.token.epoch, seen.token.lsn);
    };
    expect(found != last_answer_.end(), "a read was answered by a replica", text);
    if (level_ == Consistency::strong) {
      check_strong(seen);
    } else if (found != last_answer_.end()) {
      const models::ReplicaAnswered& answer = found->second;
      expect(answer.version == seen.version, "a read returns what its replica answered", text);
      expect(level_ != Consistency::session || answer.token.lsn >= seen.token.lsn,
             "a replica is asked with the operation's token", text);
      expect(seen.truth.allowed == is_in_set(answer, history(seen.partition, seen.document)),
             "the store judges as the specification does", text);
    }
  }
  if (found != last_answer_.end()) last_answer_.erase(found);
}

void AllowedSet::check_strong(const models::OperationObserved& read) {
  const History& document = history(read.partition, read.document);
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
