// What the published model of the store allows and users do not expect. A store that never showed
// one of these would be a better store than the one that it stands for.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class Anomalies final : public Check {
 public:
  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void answered(const models::ReplicaAnswered&) override;
  void takeover(const models::TakeoverObserved&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t stale_reads = 0;            // at eventual or consistent prefix
  std::uint64_t reads_going_back = 0;       // likewise: older than the session's read before
  std::uint64_t dirty_reads = 0;            // below strong: of what a failover may still take away
  std::uint64_t reads_taken_back = 0;       // dirty reads of what a takeover then cut off
  std::uint64_t tokens_void = 0;            // asked for what a takeover had cut off
  std::uint64_t bounded_dirty_reads = 0;    // at bounded staleness, likewise
  std::uint64_t failed_writes_durable = 0;  // the user was told no, and it is there

 private:
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  static Document key_of(const models::DocumentName& name) {
    return {name.data_class.value(), name.owner};
  }

  struct Log {
    std::set<std::uint64_t> dirty;  // LSNs that were read and may still be lost
    std::uint64_t survived = 0;     // the takeover into `epoch`
    std::uint32_t epoch = 1;
  };

  // Of each read that is under way: at which level a replica answered it.
  std::map<std::pair<std::uint64_t, std::uint32_t>, models::Consistency> levels_;
  std::map<std::uint32_t, Log> logs_;                                          // by partition
  std::map<std::pair<std::uint64_t, Document>, models::Version> read_before_;  // by session
  std::map<std::pair<std::uint64_t, Document>, std::uint64_t> written_;        // committed
  std::map<std::pair<std::uint64_t, Document>, std::uint64_t> acknowledged_;
};

}  // namespace seatrial::swarm
