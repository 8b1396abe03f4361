#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis/report/results_parts.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

template <class Of>
Json series(const std::vector<StoreWindow>& windows, Of of) {
  Json values = Json::array();
  for (const StoreWindow& window : windows) values.push_back(of(window));
  return values;
}

// To three decimals; null where nobody looked.
template <class Number>
Json mean(Number sum, std::uint64_t looks) {
  if (looks == 0) return nullptr;
  const auto whole = static_cast<std::uint64_t>(sum);
  return static_cast<double>((whole * 1000 + looks / 2) / looks) / 1000;
}

template <class Of>
bool any(const std::vector<StoreWindow>& windows, Of of) {
  return std::any_of(windows.begin(), windows.end(), of);
}

Json region_of(const models::WorldConfig& world, const Peak& peak) {
  return peak.value > 0 ? Json(world.regions.users[peak.region].region) : Json(nullptr);
}

void add_throughput(const models::WorldConfig& world, const std::vector<StoreWindow>& windows,
                    Json& json) {
  json["limit_ru_thousandths"] =
      series(windows, [](const StoreWindow& w) { return w.limit_thousandths; });
  json["busiest_ru_thousandths"] =
      series(windows, [](const StoreWindow& w) { return w.busiest.value; });
  json["busiest_partition"] = series(windows, [](const StoreWindow& w) {
    return w.busiest.value > 0 ? Json(w.busiest.partition) : Json(nullptr);
  });
  json["busiest_region"] =
      series(windows, [&](const StoreWindow& w) { return region_of(world, w.busiest); });
}

}  // namespace

std::string store_timeline_json(const models::WorldConfig& world, const Timeline& timeline) {
  const std::vector<StoreWindow>& all = timeline.store;
  Json json = Json::object();
  json["request_bytes"] = series(all, [](const StoreWindow& w) { return w.request_bytes; });
  json["replication_bytes"] = series(all, [](const StoreWindow& w) { return w.replication_bytes; });
  if (world.store.catch_up.present)
    json["catch_up_bytes"] = series(all, [](const StoreWindow& w) { return w.catch_up_bytes; });
  if (any(all, [](const StoreWindow& w) { return w.bus_waiting > 0; }))
    json["bus_waiting"] =
        series(all, [](const StoreWindow& w) { return mean(w.bus_waiting, w.samples); });
  if (any(all, [](const StoreWindow& w) { return w.at_risk > 0; })) {
    json["writes_at_risk"] =
        series(all, [](const StoreWindow& w) { return mean(w.at_risk, w.samples); });
    json["most_writes_at_risk"] = series(all, [](const StoreWindow& w) { return w.most_at_risk; });
  }
  if (any(all, [](const StoreWindow& w) { return w.backups > 0; })) {
    json["backup_bytes"] = series(all, [](const StoreWindow& w) { return w.backup_bytes; });
    json["backup_age_ns"] =
        series(all, [](const StoreWindow& w) { return mean(w.backup_age_ns, w.backups); });
    json["greatest_backup_age_ns"] =
        series(all, [](const StoreWindow& w) { return w.greatest_backup_age_ns; });
  }
  if (any(all, [](const StoreWindow& w) { return w.limit_thousandths > 0; }))
    add_throughput(world, all, json);
  return json.dump();
}

}  // namespace seatrial::analysis
