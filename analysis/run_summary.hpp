// What is kept of one run (one policy, one seed): integer counts and histograms by phase, region,
// data class and operation kind, and the digests. Two summaries of one shape merge by addition,
// in any order.
//
// Law: everything here is an integer, so the sum over replications is the same in any order and
// for any number of threads. Only operations whose session arrived in the measured window count,
// all of them; `wrong_in_phase`, `uses` and the timeline go by the clock instead, and the digests
// and `totals` cover the whole run.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/blast_radius.hpp"
#include "analysis/exercised.hpp"
#include "analysis/freshness.hpp"
#include "analysis/recovery.hpp"
#include "analysis/timeline.hpp"
#include "analysis/violation.hpp"
#include "models/observation.hpp"
#include "models/world.hpp"
#include "sim/digest.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::analysis {

// A guarantee: how many operations could have violated it, and how many did. `squares` is the sum,
// over sessions (for ryw_user: users), of the square of how many opportunities each had; inside of
// one cell at least that, as a session's opportunities elsewhere count with it.
struct Tally {
  std::uint64_t opportunities = 0;
  std::uint64_t violations = 0;
  std::uint64_t squares = 0;
  void merge(const Tally& other) {
    opportunities += other.opportunities;
    violations += other.violations;
    squares += other.squares;
  }
  bool operator==(const Tally&) const = default;
};

// What looks have seen, from the first phase on; integers of no operation.
struct Looks {
  std::uint64_t regions = 0;  // looks at a region
  std::int64_t lag_ns = 0;    // sum over these: the greatest over partitions
  // Of the store as a whole: looks, the time between them, and what was seen or sent in it.
  std::uint64_t store = 0;
  std::int64_t between_ns = 0;
  std::int64_t replication_bytes = 0;
  std::uint64_t at_risk = 0;
  std::uint64_t backups = 0;
  std::int64_t backup_age_ns = 0;
  void merge(const Looks&);
  bool operator==(const Looks&) const = default;
};

struct Counts {
  std::uint64_t operations = 0;         // measured, finished, good or not
  std::uint64_t operation_squares = 0;  // of operations, as in a Tally
  std::uint64_t failed = 0;             // not served (observation.hpp)
  std::uint64_t degraded = 0;           // good or not
  std::uint64_t throttled = 0;          // met a 429, good or not
  Tally ryw;                            // good reads of a document the session had written
  Tally mr;                             // good reads of a document the session had read
  Tally ryw_user;     // good reads of a document the user had written, on any device
  Tally mw;           // good writes of a document the session had written
  Tally wfr;          // good writes of a document the session had read
  Tally lost;         // reads over an epoch's end of a document the session had written; durability
  Tally stale;        // good reads
  Tally lost_update;  // good updates
  Tally conflict;     // good updates
  Tally disallowed;   // good reads outside the allowed set
  Tally to_write_region;              // good reads of users elsewhere; `violations`: answered by it
  std::uint64_t versions_behind = 0;  // sum over stale reads
  // Committed writes that lost to a concurrent one of another region: by the phase in which they
  // met, and the region that had taken the lost one.
  std::uint64_t lost_to_conflict = 0;
  std::array<std::uint64_t, models::outcome_names.size()> outcomes{};
  CausesByGuarantee causes{};  // of the violations of ryw, mr and ryw_user
  std::int64_t ru_thousandths = 0;
  std::int64_t bytes = 0;  // between regions
  std::uint64_t broker_calls = 0;
  std::uint64_t cross_region_calls = 0;
  std::uint64_t store_requests = 0;  // attempts
  // Of faults of the store in the region, of no operation: in the cell of reads of the first data
  // class, in the phase of the fault.
  RecoveryCounts recovery;
  Looks looks;  // of a slice over all data classes: in no cell
  void merge(const Counts&);
  bool operator==(const Counts&) const = default;
};

struct Cell {
  Counts counts;
  sim::Histogram latency;  // ns, of good operations: completed minus invoked
  sim::Histogram behind;   // ns, of stale reads
  void merge(const Cell&);
  bool operator==(const Cell&) const = default;
};

// Reads by how long ago, when they were invoked, the newest own write had been acknowledged; in
// ns, four buckets to each power of two. violations / opportunities is the rate at that age.
using AgeHistogram = sim::LogLinearHistogram<2>;
struct ByAge {
  AgeHistogram opportunities;
  AgeHistogram violations;
  void merge(const ByAge&);
  bool operator==(const ByAge&) const = default;
};
struct SinceWrite {
  ByAge ryw;       // since the session's write
  ByAge ryw_user;  // since the user's, on any device
  void merge(const SinceWrite&);
  bool operator==(const SinceWrite&) const = default;
};

// Replication of a phase as looks have seen it: of a region, the greatest lag over partitions at
// each, in ns.
struct RegionLooks {
  Looks looks;
  sim::Histogram lag;
  void merge(const RegionLooks&);
  bool operator==(const RegionLooks&) const = default;
};

// What the clock saw of a phase in a region: all that was invoked, or came too late, from its start
// to its end, whenever its session arrived. What money is paid for.
struct Use {
  std::uint64_t operations = 0;
  std::int64_t ru_thousandths = 0;
  std::int64_t bytes = 0;  // between regions
  void merge(const Use&);
  bool operator==(const Use&) const = default;
};

struct Shape {
  std::uint32_t phases = 0, regions = 0, data_classes = 0, kinds = 2;
  std::size_t cells() const { return std::size_t{phases} * regions * data_classes * kinds; }
  bool operator==(const Shape&) const = default;
};

Shape shape_of(const models::WorldConfig&);

inline constexpr std::size_t checkpoint_count = 256;

// Acknowledged writes in memory alone, as the gauges of the phases saw them.
struct AtRisk {
  std::uint64_t looks = 0;
  std::uint64_t writes = 0;  // summed over looks
  std::uint64_t most = 0;
  models::Duration oldest;
  void merge(const AtRisk&);
  bool operator==(const AtRisk&) const = default;
};

struct RunSummary {
  RunSummary() = default;
  explicit RunSummary(const Shape&);

  Shape shape;
  // By phase, region, data class, and read or write (the last varies fastest).
  std::vector<Cell> cells;
  std::vector<SinceWrite> since_write;  // by phase, region (the last varies fastest)
  std::vector<BlastRadius> blast;       // by phase, region; of at most BlastRadius::most_phases
  // Reads invoked in each phase that missed a write of their user (ryw_user), whenever their
  // session arrived; none after the end of the last. What a clock sees of a phase, and so a month.
  std::vector<std::uint64_t> wrong_in_phase;
  std::vector<Use> uses;                  // by phase, region
  std::vector<RegionLooks> region_looks;  // by phase, region
  std::vector<Looks> store_looks;         // by phase: of the store as a whole
  std::vector<Freshness> freshness;       // by region; empty where nothing is probed
  Timeline timeline;                      // of this run; an experiment takes it away, to merge it
  Exercised exercised;
  std::vector<FaultRecovery> recoveries;
  std::vector<Violation> violations;  // the first of each guarantee and cause, in time
  std::uint64_t unjudged = 0;  // good operations too long for the checker; whole run, usually 0
  models::ReplicationObserved replication;
  AtRisk at_risk;
  models::RunTotals totals;
  sim::Hash128 digest;                    // of all observations and commits
  std::vector<sim::Hash128> checkpoints;  // cumulative digest at 256 equal steps of the timeline

  Cell& cell(models::PhaseId, models::RegionId, models::DataClassId, models::OperationKind);
  const Cell& cell(models::PhaseId, models::RegionId, models::DataClassId,
                   models::OperationKind) const;
  Use& use(models::PhaseId, models::RegionId);
  const Use& use(models::PhaseId, models::RegionId) const;
  SinceWrite& since(models::PhaseId, models::RegionId);
  const SinceWrite& since(models::PhaseId, models::RegionId) const;

  // Another run of the same shape; a summary without cells takes the other's shape. The digests of
  // several runs are the sums (modulo 2^128) of theirs; `cancelled` and `limit_reached` stick.
  // Examples of violations belong to one run and stay with it.
  void merge(const RunSummary&);
};

}  // namespace seatrial::analysis
