#include <fmt/format.h>

#include <algorithm>
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

// `seconds`: of this window in all runs together, so that a rate is the mean of the replications.
void add_window(data::RegionTimeline& region, const Window& window, double seconds,
                bool has_broker) {
  const auto count = [](auto number) { return static_cast<double>(number); };
  region.operations_per_s.push_back(ratio(count(window.operations), seconds));
  region.opportunities_per_s.push_back(ratio(count(window.ryw_user.reads), seconds));
  region.wrong_per_million.push_back(
      ratio(1e6 * count(window.ryw_user.wrong), count(window.ryw_user.reads)));
  region.read_p99_ms.push_back(p99_ms(window.read_latency));
  region.update_p99_ms.push_back(p99_ms(window.update_latency));
  region.failed_per_s.push_back(ratio(count(window.failed), seconds));
  region.broker_calls_per_s.push_back(ratio(count(window.broker_calls), seconds));
  region.ru_per_s.push_back(ratio(count(window.ru_thousandths) / 1000, seconds));
  const GaugeSums& gauges = window.gauges;
  const double samples = count(gauges.samples);
  region.breakers_open.push_back(has_broker ? ratio(count(gauges.breakers_open), samples)
                                            : data::Number{});
  region.pods_ready.push_back(ratio(count(gauges.pods_ready), samples));
  region.lag_ms.push_back(
      gauges.samples > 0 ? data::Number{short_number(count(gauges.greatest_lag_ns.value) / 1e6)}
                         : data::Number{});
  region.lag_partition.push_back(gauges.greatest_lag_ns.value > 0
                                     ? data::Number{count(gauges.greatest_lag_ns.partition)}
                                     : data::Number{});
  region.entries_lacking.push_back(ratio(count(gauges.entries_lacking), samples));
  region.bytes_waiting.push_back(ratio(count(gauges.waiting), samples));
}

bool is_nothing(const data::Numbers& series) {
  return std::all_of(series.begin(), series.end(),
                     [](const data::Number& value) { return value.value_or(0) == 0; });
}

void add_window(data::StoreTimeline& store, const models::WorldConfig& world,
                const StoreWindow& window, double seconds) {
  const auto count = [](auto number) { return static_cast<double>(number); };
  const double samples = count(window.samples);
  store.request_bytes_per_s.push_back(ratio(count(window.request_bytes), seconds));
  store.replication_bytes_per_s.push_back(ratio(count(window.replication_bytes), seconds));
  store.backup_bytes_per_s.push_back(ratio(count(window.backup_bytes), seconds));
  store.catch_up_bytes_per_s.push_back(ratio(count(window.catch_up_bytes), seconds));
  store.bus_waiting.push_back(ratio(count(window.bus_waiting), samples));
  store.at_risk.push_back(ratio(count(window.at_risk), samples));
  store.backup_age_s.push_back(ratio(count(window.backup_age_ns) / 1e9, count(window.backups)));
  store.busiest_ru_per_s.push_back(short_number(count(window.busiest.value) / 1000));
  store.busiest.push_back(window.busiest.value == 0
                              ? ""
                              : fmt::format("partition {}, {}", window.busiest.partition,
                                            world.regions.users[window.busiest.region].region));
  if (window.limit_thousandths > 0) store.ru_limit_per_s = count(window.limit_thousandths) / 1000;
}

using ByRegion = std::vector<BlastRadius>;

ByRegion of_phase(const PolicyResult& policy, std::size_t phase, std::size_t regions) {
  const auto first = policy.blast.begin() + static_cast<std::ptrdiff_t>(phase * regions);
  return {first, first + static_cast<std::ptrdiff_t>(regions)};
}

BlastRadius sum_of(const ByRegion& regions) {
  BlastRadius sum;
  for (const BlastRadius& here : regions) sum.merge(here);
  return sum;
}

// What the policy's users meet in each region while nothing is broken: in the first phases without
// a fault, as those that follow one still suffer from it.
ByRegion without_faults(const models::WorldConfig& world, const PolicyResult& policy) {
  ByRegion usual(world.regions.users.size());
  for (std::size_t p = 0; p < world.phases.size() && (p + 1) * usual.size() <= policy.blast.size();
       ++p) {
    if (!world.phases[p].faults.empty()) {
      if (sum_of(usual).users > 0) break;
      continue;
    }
    const ByRegion here = of_phase(policy, p, usual.size());
    for (std::size_t r = 0; r < usual.size(); ++r) usual[r].merge(here[r]);
  }
  return usual;
}

// Whether clearly more users are hit than without a fault: by three standard errors of the
// difference of two shares (a report compares dozens of them; chance passes that in one of 700),
// and twice as many (wrong reads come in bursts, and a phase's load and length move their share,
// too). Where there is nothing to compare with, every user counts.
bool is_hit(const BlastRadius& here, const BlastRadius& usual) {
  if (here.users == 0 || usual.users == 0) return here.hit > 0;
  const auto count = [](std::uint64_t number) { return static_cast<double>(number); };
  const double before = count(usual.hit) / count(usual.users);
  const double excess = count(here.hit) / count(here.users) - before;
  const double both = count(here.hit + usual.hit) / count(here.users + usual.users);
  const double error =
      std::sqrt(both * (1 - both) * (1 / count(here.users) + 1 / count(usual.users)));
  return excess > 3 * error && excess > before;
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
    for (data::Numbers* series : {&region.entries_lacking, &region.bytes_waiting})
      if (is_nothing(*series)) series->clear();
    regions.push_back(std::move(region));
  }
  return regions;
}

data::StoreTimeline store_timeline_data(const models::WorldConfig& world,
                                        const Timeline& timeline) {
  data::StoreTimeline store;
  const double seconds = timeline.windows.length.s() * static_cast<double>(timeline.runs);
  for (const StoreWindow& window : timeline.store) add_window(store, world, window, seconds);
  for (data::Numbers* series :
       {&store.request_bytes_per_s, &store.replication_bytes_per_s, &store.backup_bytes_per_s,
        &store.catch_up_bytes_per_s, &store.bus_waiting, &store.at_risk, &store.backup_age_s,
        &store.busiest_ru_per_s})
    if (is_nothing(*series)) series->clear();
  if (store.busiest_ru_per_s.empty()) store.busiest.clear();
  return store;
}

std::vector<data::Blast> blast_data(const models::WorldConfig& world, const PolicyResult& policy) {
  std::vector<data::Blast> all;
  const std::size_t regions = world.regions.users.size();
  const ByRegion usual = without_faults(world, policy);
  const BlastRadius usual_sum = sum_of(usual);
  for (std::size_t p = 0; p < world.phases.size() && (p + 1) * regions <= policy.blast.size();
       ++p) {
    if (world.phases[p].faults.empty()) continue;
    const ByRegion here = of_phase(policy, p, regions);
    const BlastRadius sum = sum_of(here);
    data::Blast blast;
    blast.phase = world.phases[p].name;
    blast.faults = faults_of(world.phases[p]);
    blast.users = sum.users;
    blast.wrong = sum.wrong;
    blast.failed = sum.failed;
    blast.degraded = sum.degraded;
    blast.hit = sum.hit;
    if (usual_sum.users > 0)
      blast.usual = static_cast<double>(usual_sum.hit) / static_cast<double>(usual_sum.users);
    for (std::size_t r = 0; r < regions; ++r)
      if (is_hit(here[r], usual[r])) blast.regions_hit.push_back(world.regions.users[r].region);
    blast.regions = regions;
    all.push_back(std::move(blast));
  }
  return all;
}

}  // namespace seatrial::analysis
