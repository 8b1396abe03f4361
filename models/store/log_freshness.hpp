// The virtual reads of /probes/freshness in a store of logs: after a commit, one in every region,
// of the replicas that a read of the document's level would ask first.
//
//   commit ──offset 1──> look ──offset 2──> look ...     until the version, or a newer one, is
//   there
//
// What counts is the look: the way to the replica and a token, for which a read would wait, are
// left out. Arrivals can still change before they are at a region's door (faults), so there is a
// look at every offset and none between: what is told is the first offset that was fresh. Law:
// looking changes nothing; which replicas are asked has a stream of its own.
#pragma once

#include <deque>
#include <vector>

#include "models/store/documents.hpp"
#include "models/store/partition.hpp"
#include "models/world_config.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

class LogFreshness {
 public:
  LogFreshness(sim::Simulation& simulation, const WorldConfig& config,
               const sim::RandomSource& random, Documents& documents,
               std::vector<Partition>& partitions, Observer& observer);

  // Of the document in this slot, written by `write`; just now.
  void committed(std::uint32_t document, Version version, const OperationName& write) {
    if (!config_.present) [[likely]] {
      return;
    }
    if (++commits_ % config_.every == 0) begin(document, version, write);
  }

 private:
  struct Probe {
    std::uint32_t document = 0;  // slot
    Version version;
    Instant committed;
    OperationName write;
    std::size_t next = 0;        // offset
    std::vector<bool> is_fresh;  // by region
  };

  void begin(std::uint32_t document, Version version, const OperationName& write);
  void look(Probe& probe);
  bool is_fresh(const Probe& probe, RegionId region, Instant now);
  void tell(const Probe& probe, RegionId region, Duration fresh_after);
  Duration until_next(const Probe& probe) const;

  sim::Simulation& simulation_;
  FreshnessConfig config_;
  StoreConfig store_;
  std::vector<bool> asks_quorum_;  // by data class
  std::uint32_t regions_;
  sim::StreamKey choice_key_;
  Documents& documents_;
  std::vector<Partition>& partitions_;
  Observer& observer_;
  std::int64_t commits_ = 0;
  std::deque<Probe> probes_;  // places are stable; those that have ended are used again
  std::vector<Probe*> free_;
};

}  // namespace seatrial::models
