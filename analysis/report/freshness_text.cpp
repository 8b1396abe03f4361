#include "analysis/report/freshness_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/report/text.hpp"
#include "analysis/statistics/fresh.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t most_offsets = 5;  // in a sentence

std::string curve_text(const std::vector<FreshnessPoint>& curve) {
  const std::size_t shown = std::min(curve.size(), most_offsets);
  std::vector<std::string> points;
  bool all = false;  // and so at every later offset
  for (std::size_t i = 0; i < shown && !all; ++i) {
    const std::size_t index = shown == 1 ? 0 : i * (curve.size() - 1) / (shown - 1);
    all = curve[index].share.estimate == 1;
    const FreshnessPoint& point = curve[index];
    const std::string when = point.after == models::Duration{}
                                 ? "at once"
                                 : duration_text(static_cast<double>(point.after.ns())) + " later";
    points.push_back(fmt::format("{} {}", when, long_text(point.share, Shown::percent)));
  }
  return joined(points);
}

std::string visibility_text(const RegionFreshness& found, double level) {
  const std::string share = rounded(100 * level) + " %";
  const Interval& t = found.t_visibility;
  if (!t.defined) return fmt::format("{} at none of the offsets", share);
  if (t.high == 0) return share + " from the commit on";
  return fmt::format("{} from {} after the commit on{}", share, long_text(t, Shown::milliseconds),
                     found.is_exact ? "" : " (of the offsets)");
}

}  // namespace

std::vector<std::string> freshness_texts(const models::WorldConfig& world,
                                         const std::vector<RunSummary>& runs) {
  std::vector<std::string> texts;
  const models::FreshnessConfig& config = world.probes.freshness;
  for (const RegionFreshness& found : freshness_of(config, runs)) {
    const std::string where =
        world.regions.users.size() > 1 ? " in " + world.regions.users[found.region].region : "";
    texts.push_back(fmt::format("reads{} that see a commit: {}; {}", where, curve_text(found.curve),
                                visibility_text(found, config.level)));
  }
  return texts;
}

}  // namespace seatrial::analysis
