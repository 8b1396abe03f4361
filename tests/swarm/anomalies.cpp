#include "tests/swarm/anomalies.hpp"

#include <iterator>

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
  const auto level = levels_.extract({seen.session.value(), seen.index});
  const bool is_weak = !level.empty() && (level.mapped() == Consistency::eventual ||
                                          level.mapped() == Consistency::consistent_prefix);
  if (!is_weak) return;
  if (seen.truth.versions_behind > 0) ++stale_reads;
  models::Version& before = read_before_[key];
  if (seen.version < before) ++reads_going_back;
  before = seen.version;
}

void Anomalies::commit(const models::CommitObserved& commit) {
  ++written_[{commit.writer.value(), key_of(commit.document)}];
}

void Anomalies::answered(const models::ReplicaAnswered& answer) {
  if (answer.kind != OperationKind::read || answer.level == Consistency::strong) return;
  Log& log = logs_[answer.partition.value()];
  if (!answer.ok) {
    const bool is_void = answer.token.epoch < log.epoch && answer.token.lsn > log.survived;
    if (is_void) ++tokens_void;
    return;
  }
  levels_[{answer.operation.session.value(), answer.operation.index}] = answer.level;
  if (answer.version.lsn <= answer.log.commit_index) return;
  ++dirty_reads;
  if (answer.level == Consistency::bounded_staleness) ++bounded_dirty_reads;
  log.dirty.insert(answer.version.lsn);
}

void Anomalies::takeover(const models::TakeoverObserved& seen) {
  Log& log = logs_[seen.partition.value()];
  const auto first_lost = log.dirty.upper_bound(seen.survived);
  reads_taken_back += static_cast<std::uint64_t>(std::distance(first_lost, log.dirty.end()));
  log.dirty.clear();
  log.survived = seen.survived;
  log.epoch = seen.epoch;
}

// A session's writes that are in the log and that nobody acknowledged to it.
void Anomalies::finish(const models::RunTotals&) {
  for (const auto& [key, writes] : written_) {
    const auto found = acknowledged_.find(key);
    failed_writes_durable += writes - (found == acknowledged_.end() ? 0 : found->second);
  }
}

}  // namespace seatrial::swarm
