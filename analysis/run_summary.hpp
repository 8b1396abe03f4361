// What is kept of one run (one policy, one seed): integer counts and histograms by phase, region,
// data class and operation kind, and the digests. Two summaries merge by addition, in any order.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "models/observation.hpp"
#include "models/world.hpp"
#include "sim/digest.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::analysis {

// Why a read broke read-your-writes, from what the read itself carried.
enum class Cause : std::uint8_t { no_token, token_too_old, degraded, other };
inline constexpr std::array<std::string_view, 4> cause_names{"no token", "token too old",
                                                             "degraded", "other"};

// A guarantee: how many operations could have violated it, and how many did.
struct Tally {
  std::uint64_t opportunities = 0;
  std::uint64_t violations = 0;
  void merge(const Tally& other) {
    opportunities += other.opportunities;
    violations += other.violations;
  }
};

struct Counts {
  std::uint64_t operations = 0;      // measured, finished, good or not
  std::uint64_t failed = 0;          // outcome is not ok
  std::uint64_t degraded = 0;
  Tally ryw;        // reads of a document the session had written
  Tally mr;         // reads of a document the session had read
  Tally ryw_user;   // reads of a document the user had written, on any device
  Tally stale;      // good reads
  Tally lost_update;  // good updates
  Tally disallowed; // good reads outside the allowed set
  std::uint64_t versions_behind = 0;  // sum over stale reads
  std::array<std::uint64_t, models::outcome_names.size()> outcomes{};
  std::array<std::uint64_t, cause_names.size()> ryw_causes{};
  std::int64_t ru_thousandths = 0;
  std::int64_t bytes = 0;             // between regions
  std::uint64_t broker_calls = 0;
  std::uint64_t cross_region_calls = 0;
  std::uint64_t store_requests = 0;   // attempts
  void merge(const Counts&);
};

struct Cell {
  Counts counts;
  sim::Histogram latency;    // ns, of good operations: completed minus invoked
  sim::Histogram behind;     // ns, of stale reads
  void merge(const Cell&);
};

struct Shape {
  std::uint32_t phases = 0, regions = 0, data_classes = 0, kinds = 2;
  std::size_t cells() const { return std::size_t{phases} * regions * data_classes * kinds; }
};

struct RunSummary {
  Shape shape;
  std::vector<Cell> cells;  // by phase, region, data class, kind (the last varies fastest)
  models::RunTotals totals;
  sim::Hash128 digest;                      // of all observations and commits
  std::vector<sim::Hash128> checkpoints;    // cumulative digest at 256 equal steps of the timeline

  Cell& cell(models::PhaseId, models::RegionId, models::DataClassId, models::OperationKind);
  const Cell& cell(models::PhaseId, models::RegionId, models::DataClassId,
                   models::OperationKind) const;
};

}  // namespace seatrial::analysis
