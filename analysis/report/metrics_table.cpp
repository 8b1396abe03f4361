#include <fmt/format.h>

#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

std::string row_of(const Metric& metric, const Slice& slice, double burst) {
  const Measurement measured = measure(metric, slice, burst, {});
  if (!measured.interval.defined) return "";
  const Shown shown = shown_as(metric);
  const std::string unit = unit_text(shown);
  return fmt::format("  {:<20} {:>34}  {:<12} of {} {}\n", metric.name,
                     long_text(measured.interval, shown), unit, count_text(measured.denominator),
                     metric.of);
}

}  // namespace

std::string metrics_table(const scenarios::Scenario& scenario,
                          const std::vector<RunSummary>& runs) {
  const auto& phases = scenario.policies.front().world.phases;
  const Slice everything = slice_of(runs, {});
  std::string text;
  const auto add = [&](const std::string& title, const Slice& slice) {
    text += title + "\n";
    for (const Metric& metric : metrics())
      text += row_of(metric, slice, burst_of(metric, everything));
  };
  add("all phases and regions", everything);
  const auto& users = scenario.policies.front().world.regions.users;
  for (std::uint32_t phase = 0; phases.size() > 1 && phase < phases.size(); ++phase)
    add("phase " + phases[phase].name, slice_of(runs, {{phase}, {}, {}}));
  for (std::uint32_t region = 0; users.size() > 1 && region < users.size(); ++region)
    add("region " + users[region].region, slice_of(runs, {{}, region, {}}));
  return text;
}

}  // namespace seatrial::analysis
