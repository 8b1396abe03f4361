// Keeps what a run tells of the users that it follows: their operations with every message, when
// what they wrote was committed and applied, and what the checker says of each read.
//
//   TraceCollector collector{{user}};
//   options.followed = models::Followed{{user}, collector};
//   options.cancelled = [&] { return collector.has_seen_enough(); };
//   watch(world, options, collector);
//
// Law: memory is that of the users followed.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "analysis/checkers/session_guarantees.hpp"
#include "models/trace.hpp"

namespace seatrial::analysis {

struct TracedOperation {
  bool is_complete = false;  // else `seen` and `judged` say nothing
  models::OperationObserved seen;
  Judgement judged;
  std::vector<models::MessageTraced> messages;  // as sent
  std::vector<models::MomentTraced> moments;
};

class TraceCollector final : public models::Trace, public models::Observer {
 public:
  explicit TraceCollector(const std::vector<models::UserId>& users);

  void message(const models::MessageTraced&) override;
  void moment(const models::MomentTraced&) override;
  void applied(const models::AppliedTraced&) override;
  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void takeover(const models::TakeoverObserved& seen) override { guarantees_.takeover(seen); }
  void partitions(const models::PartitionsObserved& seen) override { guarantees_.partitions(seen); }
  void user_left(const models::UserLeft&) override;

  // Everybody has left, and replicas had time to apply what was written.
  bool has_seen_enough() const;

  // Complete, or null.
  const TracedOperation* find(models::SessionId, std::uint32_t index) const;
  // The operation of a user, on any device or on one only, that wrote or returned a version.
  const TracedOperation* find(const models::OperationObserved& read, models::OperationKind,
                              const models::Version&, bool on_any_device) const;
  std::optional<models::Instant> committed(models::PartitionId, std::uint64_t lsn) const;
  std::optional<models::Instant> applied(models::PartitionId, std::uint64_t lsn, models::RegionId,
                                         std::uint8_t replica) const;

 private:
  using Name = std::pair<std::uint64_t, std::uint32_t>;   // session, index
  using Entry = std::pair<std::uint32_t, std::uint64_t>;  // partition, LSN
  using Copy = std::tuple<std::uint32_t, std::uint64_t, std::uint32_t, std::uint8_t>;

  TracedOperation& named(const models::OperationName&);

  std::set<std::uint64_t> users_;
  std::set<std::uint64_t> still_here_;
  models::Instant last_left_;
  models::Instant latest_;
  SessionGuarantees guarantees_;
  std::map<Name, TracedOperation> operations_;
  std::map<Entry, models::Instant> committed_;
  std::map<Copy, models::Instant> applied_;
};

}  // namespace seatrial::analysis
