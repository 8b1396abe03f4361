#include "tests/swarm/anomalies.hpp"

namespace seatrial::swarm {

using models::Consistency;
using models::OperationKind;
using models::Outcome;

void Anomalies::operation(const models::OperationObserved& seen) {
  if (seen.outcome != Outcome::ok) return;
  const auto key = std::pair{seen.session.value(), key_of(seen.document)};
  if (seen.kind != OperationKind::read) {
    ++acknowledged_[key];
    return;
  }
  if (level_ != Consistency::eventual) return;
  if (seen.truth.versions_behind > 0) ++stale_reads;
  models::Version& before = read_before_[key];
  if (seen.version < before) ++reads_going_back;
  before = seen.version;
}

void Anomalies::commit(const models::CommitObserved& commit) {
  ++written_[{commit.writer.value(), key_of(commit.document)}];
}

void Anomalies::answered(const models::ReplicaAnswered& answer) {
  const bool is_read = answer.ok && answer.kind == OperationKind::read;
  if (!is_read || level_ == Consistency::strong) return;
  if (answer.version.lsn > answer.log.commit_index) ++dirty_reads;
}

// A session's writes that are in the log and that nobody acknowledged to it.
void Anomalies::finish(const models::RunTotals&) {
  for (const auto& [key, writes] : written_) {
    const auto found = acknowledged_.find(key);
    failed_writes_durable += writes - (found == acknowledged_.end() ? 0 : found->second);
  }
}

}  // namespace seatrial::swarm
