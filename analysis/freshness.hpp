// How soon after a commit reads see it, in one region: what /probes/freshness found.
//
// Law: integers only; two of one probe merge by addition, in any order.
#pragma once

#include <cstdint>
#include <vector>

#include "models/observation.hpp"
#include "sim/statistics/histogram.hpp"

namespace seatrial::analysis {

struct Freshness {
  std::uint64_t probes = 0;
  std::vector<std::uint64_t> fresh;  // by offset of the probe: reads that saw the commit
  sim::Histogram fresh_after;        // ns; of those that are ever fresh
  bool is_exact = true;              // else only the offsets were looked at

  void add(const models::FreshnessObserved&, const std::vector<models::Duration>& offsets);
  void merge(const Freshness&);
  bool operator==(const Freshness&) const = default;
};

}  // namespace seatrial::analysis
