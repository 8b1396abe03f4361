#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/results_parts.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json p99_of(const sim::WindowHistogram& latency) {
  return latency.empty() ? Json(nullptr) : Json(latency.quantile(0.99));
}

// To three decimals; null where nobody looked.
Json mean_of(std::uint64_t sum, std::uint64_t samples) {
  if (samples == 0) return nullptr;
  return static_cast<double>((sum * 1000 + samples / 2) / samples) / 1000;
}

void add_gauges(const models::WorldConfig& world, bool has_limits, Json& series,
                const GaugeSums& gauges) {
  const bool looked = gauges.samples > 0;
  series["pods_ready"].push_back(mean_of(gauges.pods_ready, gauges.samples));
  series["breakers_open"].push_back(mean_of(gauges.breakers_open, gauges.samples));
  series["broker_down"].push_back(mean_of(gauges.broker_down, gauges.samples));
  const auto peak = [&](const char* key, std::int64_t value) {
    series[key].push_back(looked ? Json(value) : Json(nullptr));
  };
  // Which partition or region it is; null where it is none.
  const auto place = [&](const char* key, const Peak& most, Json where) {
    series[key].push_back(most.value > 0 ? std::move(where) : Json(nullptr));
  };
  peak("replication_lag_ns", gauges.greatest_lag_ns.value);
  place("lag_partition", gauges.greatest_lag_ns, gauges.greatest_lag_ns.partition);
  series["mean_replication_lag_ns"].push_back(
      mean_of(static_cast<std::uint64_t>(gauges.lag_ns), gauges.samples));
  series["entries_lacking"].push_back(mean_of(gauges.entries_lacking, gauges.samples));
  peak("most_entries_lacking", gauges.most_lacking.value);
  place("lacking_partition", gauges.most_lacking, gauges.most_lacking.partition);
  if (!has_limits) return;
  series["bytes_waiting"].push_back(
      mean_of(static_cast<std::uint64_t>(gauges.waiting), gauges.samples));
  peak("most_bytes_waiting", gauges.most_waiting.value);
  place("waiting_from", gauges.most_waiting,
        world.regions.users[gauges.most_waiting.region].region);
}

void add_window(const models::WorldConfig& world, bool has_limits, Json& series,
                const Window& window) {
  series["operations"].push_back(window.operations);
  series["failed"].push_back(window.failed);
  series["degraded"].push_back(window.degraded);
  series["ryw_reads"].push_back(window.ryw.reads);
  series["ryw_wrong"].push_back(window.ryw.wrong);
  series["ryw_user_reads"].push_back(window.ryw_user.reads);
  series["ryw_user_wrong"].push_back(window.ryw_user.wrong);
  series["read_p99_ns"].push_back(p99_of(window.read_latency));
  series["update_p99_ns"].push_back(p99_of(window.update_latency));
  series["ru_thousandths"].push_back(window.ru_thousandths);
  series["store_requests"].push_back(window.store_requests);
  series["cross_region_calls"].push_back(window.cross_region_calls);
  series["broker_calls"].push_back(window.broker_calls);
  series["reads_by_write_region"].push_back(window.to_write_region);
  add_gauges(world, has_limits, series, window.gauges);
}

Json timeline_json(const models::WorldConfig& world, const Timeline& timeline) {
  Json regions = Json::array();
  const auto& links = world.regions.links;
  const bool has_limits = std::any_of(links.begin(), links.end(),
                                      [](const auto& link) { return link.bytes_per_second > 0; });
  for (std::uint32_t region = 0; region < timeline.regions; ++region) {
    Json series;
    series["region"] = world.regions.users[region].region;
    for (std::size_t window = 0; window < timeline.windows.count; ++window) {
      const Window& here = timeline.at(models::RegionId{region}, window);
      add_window(world, has_limits, series, here);
      if (!world.store.catch_up.present) continue;
      series["catch_up_left_bytes"].push_back(
          mean_of(static_cast<std::uint64_t>(here.gauges.catch_up_left), here.gauges.samples));
    }
    regions.push_back(std::move(series));
  }
  return regions;
}

Json curve_json(const Curve& curve) {
  Json points = Json::array();
  for (const CurvePoint& point : curve)
    points.push_back({point.percentile, std::llround(point.ns)});
  return points;
}

Json curves_json(const models::WorldConfig& world, const std::vector<Curves>& curves) {
  Json all = Json::array();
  for (std::size_t i = 0; i < curves.size(); ++i) {
    Json json;
    json["region"] = i == 0 ? Json(nullptr) : Json(world.regions.users[i - 1].region);
    json["read"] = curve_json(curves[i].read);
    json["update"] = curve_json(curves[i].update);
    json["staleness"] = curve_json(curves[i].staleness);
    all.push_back(std::move(json));
  }
  return all;
}

// Violations lie in buckets that have an opportunity: both rise together.
Json by_age_json(const ByAge& by_age) {
  std::vector<std::pair<std::int64_t, std::uint64_t>> wrong;
  by_age.violations.for_each_bucket(
      [&](std::int64_t low, std::int64_t, std::uint64_t count) { wrong.emplace_back(low, count); });
  Json buckets = Json::array();
  auto next = wrong.begin();
  by_age.opportunities.for_each_bucket(
      [&](std::int64_t low, std::int64_t high, std::uint64_t count) {
        const bool has_wrong = next != wrong.end() && next->first == low;
        buckets.push_back({{"from_ns", low},
                           {"to_ns", high},
                           {"reads", count},
                           {"wrong", has_wrong ? next->second : 0}});
        if (has_wrong) ++next;
      });
  return buckets;
}

Json blast_json(const models::WorldConfig& world, const std::vector<BlastRadius>& blast) {
  Json all = Json::array();
  const std::size_t regions = world.regions.users.size();
  for (std::size_t i = 0; i < blast.size(); ++i)
    all.push_back({{"phase", world.phases[i / regions].name},
                   {"region", world.regions.users[i % regions].region},
                   {"users", blast[i].users},
                   {"wrong", blast[i].wrong},
                   {"failed", blast[i].failed},
                   {"degraded", blast[i].degraded},
                   {"hit", blast[i].hit}});
  return all;
}

template <class Names, class Counts>
Json counts_by_name(const Names& names, const Counts& counts, std::size_t first = 0) {
  Json json = Json::object();
  for (std::size_t i = first; i < names.size(); ++i) json[std::string{names[i]}] = counts[i];
  return json;
}

Json exercised_json(const Exercised& exercised) {
  return {{"reads_by_token", counts_by_name(models::token_source_names, exercised.token_sources)},
          {"degraded", counts_by_name(models::degraded_names, exercised.degraded, 1)},
          {"degraded_without_a_call", exercised.degraded_without_a_call},
          {"outcomes", counts_by_name(models::outcome_names, exercised.outcomes)},
          {"reads_sent_back", exercised.reads_sent_back},
          {"reads_ended_elsewhere", exercised.reads_ended_elsewhere},
          {"second_device_reads", exercised.second_device_reads},
          {"updates_over_unseen", exercised.updates_over_unseen},
          {"late_answers", exercised.late_answers},
          {"takeovers", exercised.takeovers},
          {"looks",
           {{"pods_missing", exercised.pods_missing},
            {"no_pod_ready", exercised.no_pod_ready},
            {"breaker_open", exercised.breaker_open},
            {"broker_refused", exercised.broker_refused},
            {"broker_unreachable", exercised.broker_unreachable}}}};
}

}  // namespace

std::string picture_json(const models::WorldConfig& world, const PolicyResult& policy,
                         const Timeline& timeline) {
  Json json;
  json["blast"] = blast_json(world, policy.blast);
  json["exercised"] = exercised_json(policy.exercised);
  json["since_write"] = {{"ryw", by_age_json(policy.since_write.ryw)},
                         {"ryw_user", by_age_json(policy.since_write.ryw_user)}};
  json["curves"] = curves_json(world, policy.curves);
  json["timeline"] = timeline_json(world, timeline);
  json["store_timeline"] = Json::parse(store_timeline_json(world, timeline));
  return json.dump();
}

}  // namespace seatrial::analysis
