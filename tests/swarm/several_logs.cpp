#include "tests/swarm/several_logs.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace seatrial::swarm {

using models::OperationKind;
using models::SessionToken;

namespace {

constexpr std::uint64_t all_paths = ~std::uint64_t{0};

std::uint64_t part_of(const SessionToken& token, std::size_t log) {
  return log == 0 ? token.lsn : token.further[log - 1];
}

// Log by log, whatever the epoch: there is one.
bool is_within(const SessionToken& token, const SessionToken& other, std::size_t count) {
  for (std::size_t i = 0; i != count; ++i) {
    if (part_of(token, i) > part_of(other, i)) return false;
  }
  return true;
}

// The first after an LSN.
template <class Log>
auto after(const Log& log, std::uint64_t lsn) {
  return std::upper_bound(log.begin(), log.end(), lsn,
                          [](std::uint64_t of, const auto& entry) { return of < entry.lsn; });
}

// The highest stamp before the cuts; 0: there is none.
template <class Logs>
std::uint64_t winner_of(const Logs& logs, const SessionToken& cuts) {
  std::uint64_t highest = 0;
  for (std::size_t i = 0; i != logs.size(); ++i) {
    const auto next = after(logs[i], part_of(cuts, i));
    if (next != logs[i].begin()) highest = std::max(highest, (next - 1)->stamp);
  }
  return highest;
}

SessionToken later_of(SessionToken points, const SessionToken& token) {
  points.lsn = std::max(points.lsn, token.lsn);
  for (std::size_t i = 0; i != points.further.size(); ++i) {
    points.further[i] = std::max(points.further[i], token.further[i]);
  }
  return points;
}

std::string told(const models::ReplicaAnswered& answer) {
  return fmt::format("{}: stamp {} at replica {} of region {}; cuts {}, {}; token {}, {}; {}, {}",
                     name_of(answer.operation), answer.version.lsn, answer.replica,
                     answer.region.value(), answer.cuts.lsn, fmt::join(answer.cuts.further, " "),
                     answer.token.lsn, fmt::join(answer.token.further, " "),
                     answer.read_indexes.lsn, fmt::join(answer.read_indexes.further, " "));
}

}  // namespace

SeveralLogs::SeveralLogs(const models::WorldConfig& world)
    : in_log_order_{world.store.apply_order == models::ApplyOrder::in_log_order},
      count_{world.store.write_regions.size()} {}

std::vector<SeveralLogs::Log>& SeveralLogs::logs_of(const models::DocumentName& name) {
  std::vector<Log>& logs = documents_[key_of(name)];
  logs.resize(count_);
  return logs;
}

void SeveralLogs::appended(const models::EntryAppended& entry) {
  Partition& partition = partitions_[entry.partition.value()];
  partition.lengths.resize(count_);
  Log& log = logs_of(entry.document)[entry.log];
  const auto text = [&] { return fmt::format("LSN {} of log {}", entry.lsn, entry.log); };
  expect(entry.lsn == ++partition.lengths[entry.log], "lsns are unique and without gaps", text);
  expect(log.empty() || log.back().stamp < entry.version.lsn,
         "what a region takes of a document rises", text);
  log.push_back({entry.lsn, entry.version.lsn, entry.paths, models::Instant::never()});
}

void SeveralLogs::commit(const models::CommitObserved& commit) {
  for (Log& log : logs_of(commit.document)) {
    const auto entry = std::find_if(log.rbegin(), log.rend(), [&](const Entry& each) {
      return each.stamp == commit.version.lsn;
    });
    if (entry != log.rend()) entry->committed = commit.committed;
  }
}

void SeveralLogs::check_points(const models::ReplicaAnswered& answer) {
  Partition& partition = partitions_[answer.partition.value()];
  partition.lengths.resize(count_);
  const auto text = [&] { return told(answer); };
  for (std::size_t i = 0; i != count_; ++i) {
    expect(part_of(answer.cuts, i) <= partition.lengths[i], "the log is what was appended", text);
  }
  expect(is_within(answer.read_indexes, answer.cuts, count_), "points are valid", text);
  expect(is_within(partition.read_indexes, answer.read_indexes, count_), "points only grow", text);
  partition.read_indexes = answer.read_indexes;
}

void SeveralLogs::answered(const models::ReplicaAnswered& answer) {
  check_points(answer);
  const bool has_token = is_within(answer.token, answer.cuts, count_);
  const auto text = [&] { return told(answer); };
  expect(has_token || !answer.ok, "a replica answers when it has applied the token", text);
  if (answer.kind != OperationKind::read) return;
  expect(!has_token || answer.ok, "only a replica that is behind says so", text);
  if (!answer.ok) return;
  check_answer(answer);
  under_way_[{answer.operation.session.value(), answer.operation.index}].push_back(answer);
}

void SeveralLogs::check_answer(const models::ReplicaAnswered& answer) {
  ++answers;
  const std::vector<Log>& logs = logs_of(answer.document);
  const std::uint64_t returned = answer.version.lsn;
  const auto text = [&] { return told(answer); };
  const std::uint64_t of_cuts = winner_of(logs, answer.cuts);
  expect(in_log_order_ ? returned == of_cuts : returned >= of_cuts,
         "a replica answers with the winner of its cuts", text);
  const SessionToken points = later_of(answer.read_indexes, answer.token);
  expect(returned >= winner_of(logs, points), "reads are in the allowed set", text);
  const auto is_newer = [&](const Log& log) { return !log.empty() && log.back().stamp > returned; };
  old += std::any_of(logs.begin(), logs.end(), is_newer);
}

void SeveralLogs::operation(const models::OperationObserved& seen) {
  const Name name{seen.session.value(), seen.index};
  const std::vector<models::ReplicaAnswered> candidates = std::move(under_way_[name]);
  under_way_.erase(name);
  if (seen.kind != OperationKind::read || seen.outcome != models::Outcome::ok) return;
  const auto same = std::find_if(candidates.begin(), candidates.end(), [&](const auto& answer) {
    return answer.version == seen.version && answer.region == seen.served_by &&
           answer.replica == seen.replica && answer.at == seen.answered;
  });
  expect(same != candidates.end(), "a read returns what a replica answered", [&] {
    return name_of({seen.session, seen.index});
  });
  if (same != candidates.end()) reads_.push_back({seen, *same});
}

void SeveralLogs::finish(const models::RunTotals&) {
  for (const Read& read : reads_) check_read(read);
}

// Whether what lies before the cuts has changed each of its paths later.
bool SeveralLogs::is_hidden(const Entry& missed, const std::vector<Log>& logs,
                            const SessionToken& cuts) {
  std::uint64_t changed = 0;
  for (std::size_t i = 0; i != logs.size(); ++i) {
    auto next = after(logs[i], part_of(cuts, i));
    while (next != logs[i].begin() && (--next)->stamp > missed.stamp) {
      if (next->paths == all_paths) return true;
      changed |= next->paths;
    }
  }
  return missed.paths != 0 && (missed.paths & ~changed) == 0;
}

// What was committed at the very instant of the invocation counts, as it does for the store. Of
// replicas that apply independently what they hold after their cuts is not told: they miss less.
void SeveralLogs::check_read(const Read& read) {
  const models::ReplicaAnswered& answer = read.answer;
  const std::vector<Log>& logs = logs_of(answer.document);
  const SessionToken points = later_of(answer.read_indexes, answer.token);
  std::uint64_t missed = 0;
  bool is_allowed = true;
  for (std::size_t i = 0; i != logs.size(); ++i) {
    for (auto entry = after(logs[i], part_of(answer.cuts, i)); entry != logs[i].end(); ++entry) {
      if (entry->committed > read.seen.invoked) break;  // commits are in the order of the log
      if (is_hidden(*entry, logs, answer.cuts)) continue;
      ++missed;
      is_allowed = is_allowed && entry->lsn > part_of(points, i);
    }
  }
  const models::Truth& truth = read.seen.truth;
  const auto text = [&] {
    return fmt::format("{}: {} missed, told {}", told(answer), missed, truth.versions_behind);
  };
  expect(in_log_order_ ? truth.versions_behind == missed : truth.versions_behind <= missed,
         "a read is stale by what its replica lacks", text);
  expect(in_log_order_ ? truth.allowed == is_allowed : truth.allowed >= is_allowed,
         "the store judges as the rule of each log does", text);
}

}  // namespace seatrial::swarm
