#include "tests/swarm/quorum_answers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace seatrial::swarm {

using models::Hop;
using models::OperationKind;

namespace {
std::pair<std::uint32_t, std::uint64_t> key_of(const models::DocumentName& name) {
  return {name.data_class.value(), name.owner};
}
}  // namespace

void QuorumAnswers::operation(const models::OperationObserved& seen) {
  documents_[{seen.session.value(), seen.index}] = key_of(seen.document);
  if (seen.kind == OperationKind::read && seen.outcome == models::Outcome::ok) {
    reads_.push_back(seen);
  }
}

void QuorumAnswers::commit(const models::CommitObserved& commit) {
  committed_[key_of(commit.document)][commit.version.lsn] = commit.committed;
}

void QuorumAnswers::message(const models::MessageTraced& seen) {
  const Name name{seen.operation.session.value(), seen.operation.index};
  const bool is_read = seen.kind == OperationKind::read;
  if (seen.hop == Hop::pod_to_replica && !is_read) writes_[name].sent = seen.sent;
  if (seen.hop != Hop::replica_to_pod) return;
  if (is_read) return answers_[name].push_back(seen.version);
  writes_[name].version = seen.version;
  writes_[name].acknowledged.push_back(*seen.arrives);
}

void QuorumAnswers::finish(const models::RunTotals&) {
  for (auto& [name, write] : writes_) check_write(name, write);
  for (const models::OperationObserved& read : reads_) check_read(read);
}

// What never came to any replica has no version that anybody could know. A replica that crashes
// with a message on its way acknowledges it later, or never.
void QuorumAnswers::check_write(Name name, Write& write) {
  if (write.acknowledged.empty()) return;
  const Document document = documents_[name];
  sent_[{document, write.version.lsn}] = write.sent;
  if (replicas_crash_) return;
  const auto text = [&] { return fmt::format("operation {} of {}", name.second, name.first); };
  const auto quorum = static_cast<std::size_t>(config_.write_quorum);
  const auto found = committed_[document].find(write.version.lsn);
  const bool is_committed = found != committed_[document].end();
  expect(is_committed == (write.acknowledged.size() >= quorum),
         "what a quorum acknowledges is committed, and nothing else", text);
  if (!is_committed || write.acknowledged.size() < quorum) return;
  const auto nth = write.acknowledged.begin() + static_cast<std::ptrdiff_t>(quorum - 1);
  std::nth_element(write.acknowledged.begin(), nth, write.acknowledged.end());
  expect(found->second == *nth, "a write is committed at the last acknowledgement of its quorum",
         text);
}

void QuorumAnswers::check_read(const models::OperationObserved& read) {
  ++reads;
  const auto text = [&] {
    return fmt::format("{} returned LSN {}", name_of({read.session, read.index}), read.version.lsn);
  };
  const std::vector<models::Version>& answers = answers_[{read.session.value(), read.index}];
  if (!answers.empty()) {
    ++followed;
    expect(static_cast<std::int64_t>(answers.size()) == config_.read_quorum,
           "a read waits for its quorum", text);
    expect(*std::max_element(answers.begin(), answers.end()) == read.version,
           "a read returns the newest of its quorum's answers", text);
  }
  const Document document = key_of(read.document);
  const auto sent = sent_.find({document, read.version.lsn});
  const bool is_first = read.version == models::Version{};
  const bool is_of_others =
      sent == sent_.end() && committed_[document].contains(read.version.lsn);  // not followed
  // Of users whose messages nobody follows, and hints, the sending is not told: never committed,
  // what they have written is known by its answers alone.
  const bool may_be_untold = sent == sent_.end() && (replicas_crash_ || config_.lost_writes > 0);
  expect(is_first || is_of_others || may_be_untold ||
             (sent != sent_.end() && sent->second <= read.answered),
         "what a quorum answers was sent before", text);
  check_staleness(read);
}

// What was committed at the very instant of the invocation may have come before it or after.
void QuorumAnswers::check_staleness(const models::OperationObserved& read) {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  const auto& versions = committed_[key_of(read.document)];
  for (auto newer = versions.upper_bound(read.version.lsn); newer != versions.end(); ++newer) {
    if (newer->second < read.invoked) ++least;
    if (newer->second <= read.invoked) ++most;
  }
  const models::Truth& truth = read.truth;
  if (truth.versions_behind > 0) ++stale;
  const auto text = [&] {
    return fmt::format("{} returned LSN {}: {} to {} newer were committed, told {}",
                       name_of({read.session, read.index}), read.version.lsn, least, most,
                       truth.versions_behind);
  };
  expect(least <= truth.versions_behind && truth.versions_behind <= most,
         "a read is stale by what was committed when it was invoked", text);
  expect(truth.allowed == (truth.versions_behind == 0 || !config_.overlaps()),
         "an overlapping quorum allows no stale read", text);
  expect(!config_.overlaps() || least == 0, "a quorum that overlaps is never stale", text);
}

}  // namespace seatrial::swarm
