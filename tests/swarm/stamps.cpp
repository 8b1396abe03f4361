#include "tests/swarm/stamps.hpp"

#include <fmt/format.h>

namespace seatrial::swarm {

using models::OperationKind;

namespace {
std::pair<std::uint32_t, std::uint64_t> key_of(const models::DocumentName& name) {
  return {name.data_class.value(), name.owner};
}
}  // namespace

Stamps::Stamps(const models::WorldConfig& world)
    : writes_with_token_{world.store.consistency == models::Consistency::session} {
  using models::UpdateBy;
  for (const models::DataClassConfig& data : world.data) {
    is_written_whole_.push_back(data.update == UpdateBy::replace ||
                                data.update == UpdateBy::replace_if_match);
    reads_with_token_.push_back(level_of(data.consistency, world.store.consistency) ==
                                models::Consistency::session);
  }
}

void Stamps::operation(const models::OperationObserved& seen) {
  if (seen.outcome != models::Outcome::ok) return;
  check_token(seen);
  if (seen.kind == OperationKind::read) {
    reads_.push_back(seen);
  } else {
    check_write(seen);
  }
}

// A stamp of 1 stands for a token that makes sure of no version of the document.
void Stamps::check_token(const models::OperationObserved& seen) {
  const bool asks = is_write(seen.kind) ? writes_with_token_
                                        : reads_with_token_[seen.document.data_class.value()];
  if (seen.token.lsn <= 1 || seen.degraded != models::Degraded::no || !asks) return;
  const bool is_kept =
      is_write(seen.kind) ? seen.version.lsn > seen.token.lsn : seen.version.lsn >= seen.token.lsn;
  expect(is_kept, "a session sees what its token makes sure of, and writes after it", [&] {
    return fmt::format("{}: stamp {}, token {}", name_of({seen.session, seen.index}),
                       seen.version.lsn, seen.token.lsn);
  });
}

void Stamps::check_write(const models::OperationObserved& write) {
  const Document document = key_of(write.document);
  invoked_[{document, write.version.lsn}] = write.invoked;
  auto& [answered, stamp] = latest_[{document, write.served_by.value()}];
  const bool is_later = write.answered > answered;
  expect(!is_later || write.version.lsn > stamp, "what a region acknowledges of a document rises",
         [&] {
           return name_of({write.session, write.index});
         });
  if (is_later) {
    answered = write.answered;
    stamp = write.version.lsn;
  }
}

void Stamps::commit(const models::CommitObserved& commit) {
  committed_[key_of(commit.document)][commit.version.lsn] = commit.committed;
}

void Stamps::conflict(const models::ConflictObserved& seen) {
  ++conflicts;
  const Document document = key_of(seen.document);
  const auto text = [&] { return fmt::format("{} to {}", seen.lost.lsn, seen.winner.lsn); };
  expect(seen.lost.lsn < seen.winner.lsn, "of two in conflict the higher stamp wins", text);
  expect(seen.lost_in != seen.won_in, "a conflict is one of two regions", text);
  expect(lost_.insert({document, seen.lost.lsn}).second, "a lost write is told once", text);
  in_conflict_.emplace_back(document, seen.lost.lsn);
  in_conflict_.emplace_back(document, seen.winner.lsn);
}

void Stamps::finish(const models::RunTotals&) {
  for (const auto& [document, stamp] : in_conflict_) {
    expect(committed_[document].contains(stamp), "what was in conflict is committed in the end",
           [&, stamp = stamp] { return fmt::format("stamp {}", stamp); });
  }
  for (const models::OperationObserved& read : reads_) check_read(read);
}

void Stamps::check_read(const models::OperationObserved& read) {
  ++reads;
  const Document document = key_of(read.document);
  const auto& versions = committed_[document];
  const std::uint64_t returned = read.version.lsn;
  const auto written = invoked_.find({document, returned});
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  for (auto newer = versions.upper_bound(returned); newer != versions.end(); ++newer) {
    if (newer->second < read.invoked) ++least;
    if (newer->second <= read.invoked) ++most;
  }
  const std::uint64_t behind = read.truth.versions_behind;
  const auto text = [&] {
    return fmt::format("{} returned stamp {}: {} to {} higher were committed, told {}",
                       name_of({read.session, read.index}), returned, least, most, behind);
  };
  expect(returned == 0 || versions.contains(returned), "what is read was written", text);
  expect(written == invoked_.end() || written->second <= read.answered,
         "what is read was written before", text);
  expect(behind >= least, "a read is stale by what was committed when it was invoked", text);
  expect(behind <= most || !is_written_whole_[read.document.data_class.value()],
         "a read of whole documents is stale by nothing else", text);
}

}  // namespace seatrial::swarm
