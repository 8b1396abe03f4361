#include "analysis/statistics/slice.hpp"

#include <algorithm>

namespace seatrial::analysis {
namespace {

bool chosen(const std::vector<std::uint32_t>& phases, std::uint32_t phase) {
  return phases.empty() || std::find(phases.begin(), phases.end(), phase) != phases.end();
}

// Partitions hold documents of all classes, and what the store as a whole sends is of no region.
void merge_looks(const RunSummary& run, const Selection& selection, SliceOfReplication& slice) {
  if (selection.data_class) return;
  Looks& looks = slice.by_kind[0].counts.looks;
  for (std::uint32_t phase = 0; phase < run.shape.phases; ++phase) {
    if (!chosen(selection.phases, phase)) continue;
    for (std::uint32_t region = 0; region < run.shape.regions; ++region) {
      if (selection.region.value_or(region) != region) continue;
      const RegionLooks& here = run.region_looks[std::size_t{phase} * run.shape.regions + region];
      looks.merge(here.looks);
      slice.lag.merge(here.lag);
    }
    if (!selection.region) looks.merge(run.store_looks[phase]);
  }
}

SliceOfReplication merge_cells(const RunSummary& run, const Selection& selection) {
  SliceOfReplication slice;
  const Shape& shape = run.shape;
  std::size_t index = 0;
  for (std::uint32_t phase = 0; phase < shape.phases; ++phase)
    for (std::uint32_t region = 0; region < shape.regions; ++region)
      for (std::uint32_t data_class = 0; data_class < shape.data_classes; ++data_class) {
        const bool in = chosen(selection.phases, phase) &&
                        selection.region.value_or(region) == region &&
                        selection.data_class.value_or(data_class) == data_class;
        for (std::uint32_t kind = 0; kind < shape.kinds; ++kind, ++index)
          if (in) slice.by_kind[kind].merge(run.cells[index]);
      }
  merge_looks(run, selection, slice);
  return slice;
}

}  // namespace

Counts SliceOfReplication::all() const {
  Counts both = by_kind[0].counts;
  both.merge(by_kind[1].counts);
  return both;
}

Slice slice_of(const std::vector<RunSummary>& runs, const Selection& selection) {
  Slice slice;
  slice.replications.reserve(runs.size());
  for (const RunSummary& run : runs) {
    slice.replications.push_back(merge_cells(run, selection));
    for (std::size_t kind = 0; kind < 2; ++kind)
      slice.pooled_latency[kind].merge(slice.replications.back().by_kind[kind].latency);
    slice.pooled_lag.merge(slice.replications.back().lag);
  }
  return slice;
}

}  // namespace seatrial::analysis
