#include "analysis/report/freshness_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/report/text.hpp"
#include "analysis/statistics/fresh.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t most_offsets = 5;  // as many as a screen has room for; results.json has all

struct Found {
  const scenarios::Policy* policy;
  RegionFreshness freshness;
};

// The first and the last, the first at which each row is fresh, however many, and of the others
// what there is room for, evenly.
std::set<std::size_t> shown_offsets(const std::vector<Found>& rows) {
  const std::vector<FreshnessPoint>& curve = rows.front().freshness.curve;
  std::set<std::size_t> shown;
  if (curve.empty()) return shown;
  shown = {0, curve.size() - 1};
  for (const Found& row : rows) {
    const Interval& t = row.freshness.t_visibility;
    const auto at = std::find_if(curve.begin(), curve.end(), [&](const FreshnessPoint& point) {
      return static_cast<double>(point.after.ns()) >= t.estimate;
    });
    if (t.defined && at != curve.end()) shown.insert(static_cast<std::size_t>(at - curve.begin()));
  }
  const std::size_t even = std::min(curve.size(), most_offsets);
  for (std::size_t i = 0; i < even && shown.size() < even; ++i)
    shown.insert(even == 1 ? 0 : i * (curve.size() - 1) / (even - 1));
  return shown;
}

// Of none, only the bound is said: "<0.01 %".
data::MeasureCell share_of(const Interval& share) {
  const std::string text = short_text(share, Shown::percent);
  if (!share.zero_bound) return {text, bracket_text(share, Shown::percent)};
  const std::size_t bound = text.find('<');
  return {bound == std::string::npos ? text : text.substr(bound), ""};
}

bool any_exact(const std::vector<Found>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Found& row) { return row.freshness.is_exact; });
}

data::Texts heads_of(const std::vector<Found>& rows, const std::set<std::size_t>& shown,
                     double level) {
  data::Texts heads;
  for (const std::size_t i : shown) {
    const models::Duration after = rows.front().freshness.curve[i].after;
    const std::string when = duration_text(static_cast<double>(after.ns())) + " later";
    heads.push_back(after == models::Duration{} ? "at once" : when);
  }
  const std::string share = rounded(100 * level) + " %";
  heads.push_back(any_exact(rows) ? share + " from" : "first offset with " + share);
  return heads;
}

// An interval of offsets that has but one says nothing. `marked`: other rows are exact.
data::MeasureCell visibility_of(const RegionFreshness& found, bool marked) {
  const Interval& t = found.t_visibility;
  if (!t.defined) return {"not reached", ""};
  if (t.high == 0) return {"at once", ""};
  const std::string text = short_text(t, Shown::milliseconds);
  const std::string bracket = bracket_text(t, Shown::milliseconds);
  if (found.is_exact) return {text, bracket};
  return {(marked ? "first offset: " : "") + text, t.low == t.high ? "" : bracket};
}

data::MeasureRow row_of(const Found& found, const std::set<std::size_t>& shown, bool marked) {
  const RegionFreshness& freshness = found.freshness;
  data::MeasureRow row{found.policy->name, "", {}};
  const auto& users = found.policy->world.regions.users;
  if (users.size() > 1) row.region = users[freshness.region].region;
  for (const std::size_t i : shown) row.cells.push_back(share_of(freshness.curve[i].share));
  row.cells.push_back(visibility_of(freshness, marked));
  return row;
}

std::string legend_of(const models::FreshnessConfig& config, std::size_t shown, bool is_exact) {
  std::string text = fmt::format(
      "Reads that see a commit, by how long after it they begin; and {} {} % of them do.",
      is_exact ? "from how long after it on" : "the first offset at which",
      rounded(100 * config.level));
  if (shown < config.after_commit.size())
    text +=
        fmt::format(" {} of {} offsets; results.json has all.", shown, config.after_commit.size());
  return text +
         " All phases together: replicas that are down, and times when the region takes writes "
         "and when it does not, are counted in one";
}

}  // namespace

data::Measures freshness_table(const scenarios::Scenario& scenario, const Experiment& experiment) {
  data::Measures table;
  // Probes are no policy's choice: all have the same offsets.
  const models::FreshnessConfig& config = scenario.policies.front().world.probes.freshness;
  std::vector<Found> rows;
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    for (RegionFreshness& found : freshness_of(config, experiment.runs[i]))
      rows.push_back({&scenario.policies[i], std::move(found)});
  if (rows.empty()) return table;
  const std::set<std::size_t> shown = shown_offsets(rows);
  const bool exact = any_exact(rows);
  for (const Found& row : rows) table.rows.push_back(row_of(row, shown, exact));
  table.heads = heads_of(rows, shown, config.level);
  table.legend = legend_of(config, shown.size(), exact);
  return table;
}

}  // namespace seatrial::analysis
