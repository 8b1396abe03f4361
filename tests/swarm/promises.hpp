// What a replication mode promises of acknowledged writes when another region, or another replica
// of the region, takes the writes over; and that nothing else is lost.
//
//   election within the region                      nothing acknowledged is lost, but by a tier
//   a planned switchover                            nothing acknowledged is lost, whatever the mode
//   strong, synchronous, a synchronous link to      nothing acknowledged is lost
//     the region that takes over
//   majority, bounded_wait (that did not answer     nothing, as long as the region with the longest
//     early), of k >= 1 other regions               log takes over and no other one has crashed
//   asynchronous, adaptive, k = 0                   what the new write region has not
//   event bus                                       what its region has not got from the bus
//   tiered: also when the primary crashes           what was not durable and nowhere else
//
// A takeover says how much it has lost: exactly what was committed and lies after `survived`. What
// a replica of the new write region has shown is not lost with it.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "models/store/partition_family.hpp"
#include "models/store/replication/plan.hpp"
#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class Promises final : public Check {
 public:
  explicit Promises(const models::WorldConfig& world);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void answered(const models::ReplicaAnswered&) override;
  void split(const models::PartitionSplit&) override;
  void merged(const models::PartitionsMerged&) override;
  void takeover(const models::TakeoverObserved&) override;
  void fault(const models::FaultObserved&) override;
  void finish(const models::RunTotals&) override;

  std::uint64_t takeovers = 0;
  std::uint64_t lost = 0;      // committed versions
  std::uint64_t promised = 0;  // takeovers at which nothing acknowledged may be lost

 private:
  using Document = std::pair<std::uint32_t, std::uint64_t>;
  // Of a document, by epoch and LSN.
  using Named = std::tuple<Document, std::uint32_t, std::uint64_t>;
  struct Entry {
    Named name;
    models::Instant committed;
  };
  struct Log {
    std::vector<models::Vote> votes;  // by region, as the plan has them now
    std::uint32_t needed = 0;
    bool is_tiered = false;
    std::map<std::uint64_t, Entry> committed;      // by LSN
    std::map<std::uint32_t, std::uint64_t> shown;  // by region: the highest cut in this epoch
  };

  Log& log_of(models::PartitionId partition);
  bool promises(const Log& log, const models::TakeoverObserved& seen) const;

  std::vector<models::ReplicationPlan> plans_;
  std::size_t partitions_;
  bool is_strong_;
  bool longest_takes_over_;
  bool replicas_crash_;
  models::PartitionFamily family_;     // of splits alone
  std::map<std::uint32_t, int> down_;  // faults by region
  std::map<std::uint32_t, Log> logs_;  // by partition
  std::set<Named> broken_;             // lost, and promised not to be
  std::vector<models::OperationObserved> acknowledged_;
};

}  // namespace seatrial::swarm
