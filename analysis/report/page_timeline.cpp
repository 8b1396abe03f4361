#include <cmath>

#include "analysis/report/not_exercised.hpp"
#include "analysis/report/page_data.hpp"
#include "analysis/report/setting.hpp"

namespace seatrial::analysis {
namespace {

// Four digits are more than a picture shows, and there are thousands of these.
double short_number(double value) {
  if (value == 0 || !std::isfinite(value)) return 0;
  const double step = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
  return std::round(value / step) * step;
}

data::Number ratio(double some, double of) {
  return of > 0 ? data::Number{short_number(some / of)} : data::Number{};
}

data::Number p99_ms(const sim::WindowHistogram& latency) {
  if (latency.empty()) return {};
  return short_number(static_cast<double>(latency.quantile(0.99)) / 1e6);
}

void add_window(data::RegionTimeline& region, const Window& window, double seconds,
                bool has_broker) {
  const auto count = [](auto number) { return static_cast<double>(number); };
  region.operations.emplace_back(count(window.operations));
  region.wrong_per_million.push_back(
      ratio(1e6 * count(window.ryw_user.wrong), count(window.ryw_user.reads)));
  region.read_p99_ms.push_back(p99_ms(window.read_latency));
  region.update_p99_ms.push_back(p99_ms(window.update_latency));
  region.failed.emplace_back(count(window.failed));
  region.broker_calls_per_s.push_back(ratio(count(window.broker_calls), seconds));
  region.ru_per_s.push_back(ratio(count(window.ru_thousandths) / 1000, seconds));
  const GaugeSums& gauges = window.gauges;
  const double samples = count(gauges.samples);
  region.breakers_open.push_back(has_broker ? ratio(count(gauges.breakers_open), samples)
                                            : data::Number{});
  region.pods_ready.push_back(ratio(count(gauges.pods_ready), samples));
  region.lag_ms.push_back(gauges.samples > 0
                              ? data::Number{short_number(count(gauges.greatest_lag_ns) / 1e6)}
                              : data::Number{});
}

}  // namespace

std::vector<data::RegionTimeline> timeline_data(const models::WorldConfig& world,
                                                const Timeline& timeline) {
  std::vector<data::RegionTimeline> regions;
  const double seconds = timeline.windows.length.s() * static_cast<double>(timeline.runs);
  const bool has_broker = carries_by(world, "broker");
  for (std::uint32_t r = 0; r < timeline.regions; ++r) {
    data::RegionTimeline region;
    region.region = world.regions.users[r].region;
    for (std::size_t w = 0; w < timeline.windows.count; ++w)
      add_window(region, timeline.at(models::RegionId{r}, w), seconds, has_broker);
    regions.push_back(std::move(region));
  }
  return regions;
}

std::vector<data::Blast> blast_data(const models::WorldConfig& world, const PolicyResult& policy) {
  std::vector<data::Blast> all;
  const std::size_t regions = world.regions.users.size();
  for (std::size_t p = 0; p < world.phases.size() && (p + 1) * regions <= policy.blast.size();
       ++p) {
    if (world.phases[p].faults.empty()) continue;
    data::Blast blast;
    blast.phase = world.phases[p].name;
    blast.faults = faults_of(world.phases[p]);
    blast.regions = regions;
    BlastRadius sum;
    for (std::size_t r = 0; r < regions; ++r) {
      const BlastRadius& here = policy.blast[p * regions + r];
      sum.merge(here);
      if (here.hit > 0) blast.regions_hit.push_back(world.regions.users[r].region);
    }
    blast.users = sum.users;
    blast.wrong = sum.wrong;
    blast.failed = sum.failed;
    blast.degraded = sum.degraded;
    blast.hit = sum.hit;
    all.push_back(std::move(blast));
  }
  return all;
}

}  // namespace seatrial::analysis
