#include "analysis/statistics/slice.hpp"

#include <algorithm>

namespace seatrial::analysis {
namespace {

bool chosen(const std::vector<std::uint32_t>& phases, std::uint32_t phase) {
  return phases.empty() || std::find(phases.begin(), phases.end(), phase) != phases.end();
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
  }
  return slice;
}

}  // namespace seatrial::analysis
