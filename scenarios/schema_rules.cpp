// The rules of the schema that are about two places of the file at a time: an objective's metric
// and its limit; a key that is never implicit, which the base has or else every policy gives.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/field_tree.hpp"
#include "scenarios/metrics.hpp"
#include "scenarios/overlay.hpp"
#include "scenarios/schema.hpp"

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::ordered_json;

// --- Limits --------------------------------------------------------------------------------------

Json perhaps_sourced(const Json& value) {
  return {{"if", {{"type", "object"}, {"required", {"value"}}}},
          {"then",
           {{"properties", {{"value", value}, {"source", {{"type", "string"}}}}},
            {"additionalProperties", false}}},
          {"else", value}};
}

Json limit_of(MetricDimension dimension) {
  switch (dimension) {
    case MetricDimension::share:
      return {{"$ref", "#/definitions/share"}};
    case MetricDimension::duration:
      return {{"$ref", "#/definitions/duration"}};
    case MetricDimension::request_units:
      return {{"$ref", "#/definitions/request_units"}};
    case MetricDimension::bytes:
      return {{"$ref", "#/definitions/bytes"}};
    case MetricDimension::count:
    case MetricDimension::money:
      break;
  }
  return {{"type", "number"}, {"minimum", 0}};
}

// Of these metrics one side is a limit; from the other side every policy would pass.
Json rule_of(MetricDimension dimension, bool higher_is_better, const Json& metrics) {
  const char* const right = higher_is_better ? "at_least" : "at_most";
  const char* const wrong = higher_is_better ? "at_most" : "at_least";
  const Json sourced = {{"type", "object"},
                        {"properties", {{"value", {{"enum", metrics}}}}},
                        {"required", {"value"}}};
  Json either = Json::array();
  either.push_back({{"enum", metrics}});
  either.push_back(sourced);
  Json limit = {{"description", "The limit, in the metric's unit."}};
  limit.update(perhaps_sourced(limit_of(dimension)));
  return {{"if", {{"properties", {{"metric", {{"anyOf", either}}}}}, {"required", {"metric"}}}},
          {"then",
           {{"properties", {{right, limit}, {wrong, false}}}, {"required", Json::array({right})}}}};
}

// --- Keys that the base or every policy gives
// ------------------------------------------------------

struct SharedKey {
  std::vector<std::string> path;
  std::size_t optional =
      0;  // length of the path to what may be left out as a whole; 0: nothing may
  bool section_has_kind = false;
  std::string not_required_under;  // a kind of /store/replication
};

using Keys = std::vector<std::string>;

// `inner` holds of what stands at the end of the path; all of the path stands there.
Json at(const Keys& path, std::size_t begin, std::size_t end, Json inner) {
  for (std::size_t i = end; i-- > begin;) {
    const Json below = std::move(inner);
    inner = {{"required", Json::array({path[i]})}};
    if (!below.is_boolean()) inner["properties"] = {{path[i], below}};
  }
  return inner;
}

Json has(const SharedKey& key, std::size_t begin = 0) {
  return at(key.path, begin, key.path.size(), true);
}

// Returns whether something below is never implicit.
bool collect(const FieldNode& node, SharedKey above, std::vector<SharedKey>& keys) {
  above.path.push_back(node.key);
  if (node.optional && above.optional == 0) above.optional = above.path.size();
  bool deeper = false;
  if (node.form == FieldNode::Form::object) {
    for (const FieldNode& member : node.members) {
      if (above.path.size() == 1 && member.key == "kind") above.section_has_kind = true;
    }
    for (const FieldNode& member : node.members) deeper = collect(member, above, keys) || deeper;
  }
  const bool is_one = !node.required.empty() && !deeper;
  above.not_required_under = node.not_required_under;
  if (is_one) keys.push_back(std::move(above));
  return deeper || is_one;
}

std::vector<SharedKey> shared_keys() {
  std::vector<SharedKey> keys;
  for (const FieldNode& section : field_tree().members) {
    const bool shared = section.key != "data" && std::find(policy_keys.begin(), policy_keys.end(),
                                                           section.key) != policy_keys.end();
    if (shared) collect(section, {}, keys);
  }
  return keys;
}

Json every_policy(Json is) {
  return {{"properties", {{"policies", {{"additionalProperties", std::move(is)}}}}}};
}

// Where what may be left out stands, this holds of it.
Json if_there(const SharedKey& key, Json inner) {
  for (std::size_t i = key.optional; i-- > 0;) {
    Json properties = Json::object();
    properties[key.path[i]] = std::move(inner);
    inner = Json::object();
    inner["properties"] = std::move(properties);
  }
  return inner;
}

// What the others must say when the base or some policy replicates in this way is the loader's to
// know.
Json replicates_by(const std::string& kind) {
  const Json of_kind = {{"properties", {{"kind", {{"const", kind}}}}}, {"required", {"kind"}}};
  const Json sourced = {{"properties", {{"value", of_kind}}}, {"required", {"value"}}};
  return at({"store", "replication"}, 0, 2, {{"anyOf", {of_kind, sourced}}});
}

Json somebody_replicates_by(const std::string& kind) {
  const Json replicates = replicates_by(kind);
  const Json some_policy = {{"not", every_policy({{"not", replicates}})}};
  return {{"anyOf", {replicates, some_policy}}};
}

// "then" and "else" of the rules stand where the key is missed, so that complaints do, too.
Json rule_of_base(const SharedKey& key) {
  if (!key.not_required_under.empty()) {
    const Json excused = somebody_replicates_by(key.not_required_under);
    return {{"if", {{"anyOf", {every_policy(has(key)), excused}}}}, {"else", has(key)}};
  }
  if (key.optional == 0) return {{"if", every_policy(has(key))}, {"else", has(key)}};
  Json given_or_gone = Json::array({has(key), at(key.path, 0, key.optional, {{"type", "null"}})});
  const Json complete = if_there(key, at(key.path, key.optional, key.path.size(), true));
  return {{"if", every_policy({{"anyOf", given_or_gone}})}, {"else", complete}};
}

// The base has no such thing: a policy that brings one brings it whole.
Json rule_of_new(const SharedKey& key) {
  const Json whole = {{"if", {{"type", "object"}}}, {"then", has(key, key.optional)}};
  return {{"if", at(key.path, 0, key.optional, true)},
          {"else", every_policy(if_there(key, whole))}};
}

}  // namespace

std::string schema_limits() {
  Json rules = Json::array();
  using enum MetricDimension;
  for (const MetricDimension dimension : {share, duration, request_units, count, bytes, money}) {
    for (const bool higher_is_better : {false, true}) {
      Json metrics = Json::array();
      for (const Metric& metric : metric_catalogue()) {
        if (metric.dimension != dimension || metric.higher_is_better != higher_is_better) continue;
        metrics.push_back(metric.name);
      }
      if (!metrics.empty()) rules.push_back(rule_of(dimension, higher_is_better, metrics));
    }
  }
  rules.push_back(
      {{"if", {{"required", {"during"}}}}, {"then", {{"properties", {{"outside", false}}}}}});
  return rules.dump();
}

std::string schema_of_shared_keys() {
  Json rules = Json::array();
  for (const SharedKey& key : shared_keys()) {
    rules.push_back(rule_of_base(key));
    if (key.optional > 0) rules.push_back(rule_of_new(key));
  }
  return rules.dump();
}

std::string schema_of_whole_choices() {
  Json rules = Json::array();
  for (const SharedKey& key : shared_keys()) {
    if (!key.section_has_kind) continue;
    Json names_kind = at(key.path, 0, 1, {{"required", {"kind"}}, {"type", "object"}});
    if (!key.not_required_under.empty()) names_kind["not"] = replicates_by(key.not_required_under);
    // What may be left out inside of the section is whole where it stands.
    const bool inside = key.optional > 1;
    const Json complete =
        inside ? if_there(key, at(key.path, key.optional, key.path.size(), true)) : has(key);
    rules.push_back({{"if", names_kind}, {"then", complete}});
  }
  return rules.dump();
}

}  // namespace seatrial::scenarios
