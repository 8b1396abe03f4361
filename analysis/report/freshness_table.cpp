#include "analysis/report/freshness_table.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/text.hpp"
#include "analysis/statistics/fresh.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t most_offsets = 5;  // as many as a screen has room for; results.json has all

// Evenly, the first and the last among them.
std::vector<std::size_t> shown_offsets(std::size_t all) {
  const std::size_t shown = std::min(all, most_offsets);
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < shown; ++i)
    indices.push_back(shown == 1 ? 0 : i * (all - 1) / (shown - 1));
  return indices;
}

// Of none, only the bound is said: "<0.01 %".
data::MeasureCell share_of(const Interval& share) {
  const std::string text = short_text(share, Shown::percent);
  if (!share.zero_bound) return {text, bracket_text(share, Shown::percent)};
  const std::size_t bound = text.find('<');
  return {bound == std::string::npos ? text : text.substr(bound), ""};
}

data::Texts heads_of(const models::FreshnessConfig& config) {
  data::Texts heads;
  for (const std::size_t i : shown_offsets(config.after_commit.size())) {
    const models::Duration after = config.after_commit[i];
    const std::string when = duration_text(static_cast<double>(after.ns())) + " later";
    heads.push_back(after == models::Duration{} ? "at once" : when);
  }
  heads.push_back(rounded(100 * config.level) + " % from");
  return heads;
}

data::MeasureCell visibility_of(const RegionFreshness& found) {
  const Interval& t = found.t_visibility;
  if (!t.defined) return {"not reached", ""};
  if (t.high == 0) return {"at once", ""};
  return {short_text(t, Shown::milliseconds),
          bracket_text(t, Shown::milliseconds) + (found.is_exact ? "" : " of the offsets")};
}

data::MeasureRow row_of(const scenarios::Policy& policy, const RegionFreshness& found) {
  data::MeasureRow row{policy.name, "", {}};
  const auto& users = policy.world.regions.users;
  if (users.size() > 1) row.region = users[found.region].region;
  for (const std::size_t i : shown_offsets(found.curve.size()))
    row.cells.push_back(share_of(found.curve[i].share));
  row.cells.push_back(visibility_of(found));
  return row;
}

}  // namespace

data::Measures freshness_table(const scenarios::Scenario& scenario, const Experiment& experiment) {
  data::Measures table;
  // Probes are no policy's choice: all have the same offsets.
  const models::FreshnessConfig& config = scenario.policies.front().world.probes.freshness;
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    for (const RegionFreshness& found : freshness_of(config, experiment.runs[i]))
      table.rows.push_back(row_of(scenario.policies[i], found));
  if (table.rows.empty()) return table;
  table.heads = heads_of(config);
  table.legend = fmt::format(
      "Reads that see a commit, by how long after it they begin; and from how long after it on "
      "{} % of them do",
      rounded(100 * config.level));
  return table;
}

}  // namespace seatrial::analysis
