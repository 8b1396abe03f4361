#include <nlohmann/json.hpp>

#include "analysis/report/results_parts.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

template <class Names, class Value>
Json name_of(const Names& names, Value value) {
  return names[static_cast<std::size_t>(value)];
}

Json version_json(const models::Version& version) {
  return {{"epoch", version.epoch}, {"lsn", version.lsn}, {"ordinal", version.ordinal}};
}

Json token_json(const models::TokenSent& token) {
  return {{"source", name_of(models::token_source_names, token.source)},
          {"epoch", token.epoch},
          {"lsn", token.lsn}};
}

void add_read(Json& json, const models::WorldConfig& world, const models::OperationObserved& read) {
  const auto region = [&](models::RegionId id) { return world.regions.users[id.value()].region; };
  json["user"] = std::to_string(read.user.value());
  json["session"] = std::to_string(read.session.value());
  json["device"] = read.device;
  json["index"] = read.index;
  json["phase"] = world.phases[read.phase.value()].name;
  json["region"] = region(read.region);
  json["data_class"] = world.data[read.document.data_class.value()].name;
  json["document"] = std::to_string(read.document.owner);
  json["partition"] = read.partition.value();
  json["pod"] = read.pod.value();
  json["served_by"] = region(read.served_by);
  json["replica"] = read.replica;
  json["attempts"] = read.attempts;
  json["invoked_ns"] = read.invoked.ns();
  json["completed_ns"] = read.completed.ns();
  json["returned"] = version_json(read.version);
  json["token"] = token_json(read.token);
  json["versions_behind"] = read.truth.versions_behind;
  json["degraded"] = name_of(models::degraded_names, read.degraded);
}

}  // namespace

std::string violations_json(const scenarios::Scenario& scenario, const Comparison& comparison) {
  Json all = Json::array();
  for (const NumberedViolation& one : comparison.violations) {
    const Violation& violation = one.violation;
    Json json;
    json["number"] = one.number;
    json["policy"] = scenario.policies[one.policy].name;
    json["replication"] = one.replication;
    json["guarantee"] = name_of(guarantee_names, violation.guarantee);
    json["cause"] = name_of(cause_names, violation.cause);
    json["floor"] = version_json(violation.floor);
    json["age_ns"] = violation.age.ns();
    add_read(json, scenario.policies[one.policy].world, violation.read);
    all.push_back(std::move(json));
  }
  return all.dump();
}

}  // namespace seatrial::analysis
