#include <nlohmann/json.hpp>

#include "analysis/report/results_parts.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json spell_json(const Spell& spell) {
  Json json;
  const auto count = static_cast<std::int64_t>(spell.count);
  json["mean_ns"] = count == 0 ? Json(nullptr) : Json(spell.sum_ns / count);
  json["of"] = spell.count;
  json["not_over"] = spell.open;
  return json;
}

Json catch_up_json(const CatchUps& all) {
  Json json;
  json["by_log"] = all.by_log;
  json["by_snapshot"] = all.by_snapshot;
  json["log_bytes"] = all.log_bytes;
  json["snapshot_bytes"] = all.snapshot_bytes;
  return json;
}

Json recovery_json(const models::WorldConfig& world, const RecoveryCounts& counts) {
  Json json;
  json["writes_lost"] = counts.writes_lost;
  json["rpo"] = spell_json(counts.rpo);
  json["rto_writes"] = spell_json(counts.rto_writes);
  json["rto_reads"] = spell_json(counts.rto_reads);
  if (world.store.catch_up.present) json["catch_up"] = catch_up_json(counts.catch_up);
  return json;
}

}  // namespace

std::string recoveries_json(const models::WorldConfig& world, const PolicyResult& policy) {
  constexpr std::size_t most_partitions = 64;  // more would be a table that nobody reads
  Json all = Json::array();
  for (const FaultRecovery& fault : policy.recoveries) {
    Json json;
    json["fault"] = fault.number;
    json["phase"] = world.phases[fault.phase.value()].name;
    json["region"] = world.regions.users[fault.region.value()].region;
    json["runs"] = fault.whole.faults;
    json["unmoved"] = fault.unmoved;
    json.update(recovery_json(world, fault.whole));
    json["rto_lag"] = spell_json(fault.whole.rto_lag);
    json["partitions"] = Json::array();
    if (fault.partitions.size() <= most_partitions) {
      for (const RecoveryCounts& partition : fault.partitions)
        json["partitions"].push_back(recovery_json(world, partition));
    }
    all.push_back(std::move(json));
  }
  return all.dump();
}

}  // namespace seatrial::analysis
