#include "analysis/explain/trace_collector.hpp"

#include <algorithm>

namespace seatrial::analysis {

namespace {
// A write that takes longer to arrive is drawn as not arrived.
constexpr models::Duration time_to_apply = models::Duration::seconds(10);
}  // namespace

TraceCollector::TraceCollector(const std::vector<models::UserId>& users) {
  for (const models::UserId user : users) users_.insert(user.value());
  still_here_ = users_;
}

TracedOperation& TraceCollector::named(const models::OperationName& name) {
  return operations_[{name.session.value(), name.index}];
}

void TraceCollector::message(const models::MessageTraced& message) {
  named(message.operation).messages.push_back(message);
}

void TraceCollector::moment(const models::MomentTraced& moment) {
  named(moment.operation).moments.push_back(moment);
}

void TraceCollector::applied(const models::AppliedTraced& applied) {
  applied_[{applied.partition.value(), applied.lsn, applied.region.value(), applied.replica}] =
      applied.at;
}

void TraceCollector::operation(const models::OperationObserved& seen) {
  latest_ = std::max(latest_, seen.completed);
  if (!users_.contains(seen.user.value())) return;
  TracedOperation& traced = named({seen.session, seen.index});
  traced.is_complete = true;
  traced.seen = seen;
  traced.judged = guarantees_.operation(seen);
}

void TraceCollector::commit(const models::CommitObserved& commit) {
  if (!users_.contains(models::user_of(commit.writer).value())) return;
  committed_[{commit.partition.value(), commit.version.lsn}] = commit.committed;
}

void TraceCollector::user_left(const models::UserLeft& left) {
  latest_ = std::max(latest_, left.at);
  if (still_here_.erase(left.user.value()) != 0) last_left_ = left.at;
}

bool TraceCollector::has_seen_enough() const {
  return still_here_.empty() && latest_ - last_left_ >= time_to_apply;
}

const TracedOperation* TraceCollector::find(models::SessionId session, std::uint32_t index) const {
  const auto found = operations_.find({session.value(), index});
  if (found == operations_.end() || !found->second.is_complete) return nullptr;
  return &found->second;
}

const TracedOperation* TraceCollector::find(const models::OperationObserved& read,
                                            models::OperationKind kind,
                                            const models::Version& version,
                                            bool on_any_device) const {
  const TracedOperation* latest = nullptr;
  for (const auto& [name, traced] : operations_) {
    const models::OperationObserved& seen = traced.seen;
    const bool fits = traced.is_complete && seen.user == read.user &&
                      models::is_write(seen.kind) == models::is_write(kind) &&
                      seen.document == read.document && seen.version == version &&
                      seen.completed <= read.invoked && seen.outcome == models::Outcome::ok &&
                      (on_any_device || seen.session == read.session);
    if (!fits) continue;
    if (latest == nullptr || latest->seen.completed < seen.completed) latest = &traced;
  }
  return latest;
}

std::optional<models::Instant> TraceCollector::committed(models::PartitionId partition,
                                                         std::uint64_t lsn) const {
  const auto found = committed_.find({partition.value(), lsn});
  return found == committed_.end() ? std::nullopt : std::optional{found->second};
}

std::optional<models::Instant> TraceCollector::applied(models::PartitionId partition,
                                                       std::uint64_t lsn, models::RegionId region,
                                                       std::uint8_t replica) const {
  const auto found = applied_.find({partition.value(), lsn, region.value(), replica});
  return found == applied_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace seatrial::analysis
