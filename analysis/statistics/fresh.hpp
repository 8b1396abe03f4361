// What /probes/freshness says of one policy: the share of reads that see a commit, by how long
// after it they begin, and t-visibility, from when on a given share does.
//
// A share has the interval of a share over replications; t-visibility, a percentile of the moments
// from which on each probe was fresh, that of a percentile (order statistics at the least). Where
// only the offsets were looked at it is the first offset whose share reaches the level, and its
// interval the offsets at which the share's interval begins and ends to reach it.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/run_summary.hpp"
#include "analysis/statistics/interval.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

struct FreshnessPoint {
  models::Duration after;
  Interval share;
};

struct RegionFreshness {
  std::uint32_t region = 0;
  std::uint64_t probes = 0;
  bool is_exact = true;
  std::vector<FreshnessPoint> curve;
  Interval t_visibility;  // ns; not defined: later than the last offset
};

// Of the regions where something was probed.
std::vector<RegionFreshness> freshness_of(const models::FreshnessConfig&,
                                          const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
