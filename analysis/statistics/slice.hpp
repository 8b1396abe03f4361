// A slice of a policy's runs: some phases, one or all regions, one or all data classes, merged per
// replication. What every metric is computed from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "analysis/run_summary.hpp"

namespace seatrial::analysis {

struct Selection {
  std::vector<std::uint32_t> phases;        // indices; empty: all
  std::optional<std::uint32_t> region;      // none: all
  std::optional<std::uint32_t> data_class;  // none: all
};

struct SliceOfReplication {
  std::array<Cell, 2> by_kind;  // read, update
  sim::Histogram lag;           // ns, at looks; empty of a single data class
  Counts all() const;           // both kinds together
};

struct Slice {
  std::vector<SliceOfReplication> replications;
  std::array<sim::Histogram, 2> pooled_latency;  // by kind, over the replications
  sim::Histogram pooled_lag;
};

Slice slice_of(const std::vector<RunSummary>& runs, const Selection&);

}  // namespace seatrial::analysis
