#include "analysis/report/guarantees_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/text.hpp"

namespace seatrial::analysis {

namespace {

struct Column {
  const char* metric;
  const char* head;
  bool is_always_shown;  // where there was an opportunity; else only where one was broken
};

constexpr std::array columns{Column{"ryw", "own write missed", true},
                             Column{"ryw_user", "user's write missed, any device", true},
                             Column{"mr", "read went back", true},
                             Column{"mw", "write before an own earlier one", false},
                             Column{"wfr", "write before one that was read", false}};

std::vector<Slice> slices_of(const scenarios::Scenario& scenario, const Experiment& experiment) {
  std::vector<Slice> all;
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    all.push_back(slice_of(experiment.runs[i], {}));
  return all;
}

bool is_shown(const Column& column, const std::vector<Slice>& policies) {
  return std::any_of(policies.begin(), policies.end(), [&](const Slice& slice) {
    const Measurement whole = measure(*find_metric(column.metric), slice, 1, {});
    return whole.interval.defined && (column.is_always_shown || whole.numerator > 0);
  });
}

data::MeasureCell cell_of(const Metric& metric, const Slice& slice) {
  const Measurement whole = measure(metric, slice, burst_of(metric, slice), {});
  data::MeasureCell cell{short_text(whole.interval, Shown::per_million), ""};
  if (!whole.interval.defined || whole.interval.zero_bound) return cell;
  cell.note = bracket_text(whole.interval, Shown::per_million);
  if (slice.replications.size() > 1)
    cell.note += "; worst run " + value_text(*worst_replication(metric, slice), Shown::per_million);
  return cell;
}

}  // namespace

data::Measures guarantees_table(const scenarios::Scenario& scenario, const Experiment& experiment) {
  data::Measures table;
  const std::vector<Slice> slices = slices_of(scenario, experiment);
  for (const scenarios::Policy& policy : scenario.policies)
    table.rows.push_back({policy.name, "", {}});
  for (const Column& column : columns) {
    if (!is_shown(column, slices)) continue;
    table.heads.emplace_back(column.head);
    for (std::size_t i = 0; i < slices.size(); ++i)
      table.rows[i].cells.push_back(cell_of(*find_metric(column.metric), slices[i]));
  }
  if (table.heads.empty()) return {};
  table.legend = fmt::format(
      "Per million that had something to see, in all phases, regions and data classes together; "
      "the worst run is the highest of {}",
      counted(static_cast<std::uint64_t>(experiment.replications), "replication"));
  return table;
}

}  // namespace seatrial::analysis
