// A diff for machines: docs/cli.md says what its keys hold.
#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/report/diff.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json interval_json(const Interval& interval) {
  if (!interval.defined) return nullptr;
  return {{"estimate", number(interval.estimate)},
          {"low", number(interval.low)},
          {"high", number(interval.high)}};
}

Json result_json(const SavedResults& results) {
  const SavedPolicy& choice = results.policies[results.recommended];
  return {{"digest", results.digest},
          {"program", results.version},
          {"recommended", choice.name},
          {"met", choice.met},
          {"objectives", choice.objectives.size()}};
}

Json verdict_json(const SavedVerdict& verdict) {
  const SavedPart& part = verdict.parts[verdict.decided_by];
  return {{"verdict", verdict_names[static_cast<std::size_t>(verdict.verdict)]},
          {"phase", part.phase},
          {"region", part.region.empty() ? Json(nullptr) : Json(part.region)},
          {"value", interval_json(part.interval)}};
}

Json verdicts_json(const ResultsDiff& diff) {
  static constexpr std::array<std::string_view, 3> turns{"worse", "inconclusive", "better"};
  Json all = Json::array();
  for (const VerdictChange& change : diff.verdicts)
    all.push_back({{"policy", change.policy},
                   {"objective", change.objective->name},
                   {"is", turns[static_cast<std::size_t>(change.turn)]},
                   {"before", verdict_json(*change.before)},
                   {"after", verdict_json(*change.after)}});
  return all;
}

Json moves_json(const ResultsDiff& diff) {
  const auto name = [](const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
  };
  Json all = Json::array();
  for (const MetricMove& move : diff.moves) {
    const std::optional<bool> better = move.better();
    all.push_back({{"policy", move.policy},
                   {"metric", move.metric},
                   {"phase", name(move.slice->phase)},
                   {"region", name(move.slice->region)},
                   {"data_class", name(move.slice->data_class)},
                   {"is", better ? Json(*better ? "better" : "worse") : Json(nullptr)},
                   {"before", interval_json(move.before)},
                   {"after", interval_json(move.after)}});
  }
  return all;
}

// Null where it is not there, which no value of a scenario is.
Json value_json(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json::parse(text);
}

Json stated_json(const ResultsDiff& diff) {
  Json all = Json::array();
  for (const ValueChange& change : diff.stated)
    all.push_back({{"what", change.what},
                   {"before", value_json(change.before)},
                   {"after", value_json(change.after)}});
  return all;
}

Json inputs_json(const ResultsDiff& diff) {
  const auto side = [](const std::string& value, const std::string& origin) {
    return value.empty() ? Json(nullptr) : Json{{"value", value_json(value)}, {"origin", origin}};
  };
  Json all = Json::array();
  for (const ValueChange& change : diff.inputs)
    all.push_back({{"pointer", change.what},
                   {"policies", change.policies.empty() ? Json(nullptr) : Json(change.policies)},
                   {"before", side(change.before, change.origin_before)},
                   {"after", side(change.after, change.origin_after)}});
  return all;
}

}  // namespace

std::string json_diff(const SavedResults& before, const SavedResults& after,
                      const ResultsDiff& diff) {
  Json json;
  json["format"] = "seatrial-diff/1";
  json["same_runs"] = diff.same_runs;
  json["nothing_changed"] = diff.nothing_changed();
  json["before"] = result_json(before);
  json["after"] = result_json(after);
  json["policies"] = {{"new", diff.added_policies}, {"gone", diff.gone_policies}};
  json["objectives"] = {{"new", diff.added_objectives}, {"gone", diff.gone_objectives}};
  json["verdicts"] = verdicts_json(diff);
  json["metrics"] = moves_json(diff);
  json["stated"] = stated_json(diff);
  json["inputs"] = inputs_json(diff);
  return json.dump(1, ' ', true) + "\n";  // in ASCII: no name of a file steers the terminal
}

}  // namespace seatrial::analysis
