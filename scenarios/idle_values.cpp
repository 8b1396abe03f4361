#include "scenarios/idle_values.hpp"

#include <algorithm>
#include <map>
#include <string_view>

#include "scenarios/json_tree.hpp"

namespace seatrial::scenarios {
namespace {

using models::WorldConfig;

bool is_at_or_below(std::string_view pointer, std::string_view above) {
  return pointer.starts_with(above) &&
         (pointer.size() == above.size() || pointer[above.size()] == '/');
}

bool is_default(const ResolvedValue& value) {
  return value.origin == Origin::defaulted || value.origin == Origin::assumed;
}

bool kills_pods(const WorldConfig& world) {
  return std::any_of(world.phases.begin(), world.phases.end(), [](const auto& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(), [](const auto& fault) {
      return fault.kind == models::FaultKind::kill_pods;
    });
  });
}

// Defaults by which a feature is off: the value of the key says "none".
bool says_none(const ResolvedValue& value) {
  static const std::map<std::string_view, std::string_view> none{
      {"compression", "1"},
      {"request_units_per_second", "0"},
      {"ttl", "\"0s\""},
      {"replication", "\"as_the_store\""},
      {"consistency", "\"account\""}};
  const std::string_view key =
      std::string_view{value.pointer}.substr(value.pointer.find_last_of('/') + 1);
  const auto found = none.find(key);
  return found != none.end() && found->second == value.value;
}

// Ways and costs of what is off.
class Defaults {
 public:
  Defaults(const WorldConfig& world, const std::vector<ResolvedValue>& values) : world_{world} {
    for (const ResolvedValue& value : values) values_[value.pointer] = value.value;
  }

  bool is_idle(const ResolvedValue& value) const {
    const std::vector<std::string> path = pointer_tokens(value.pointer);
    const std::string& key = path.back();
    const std::string above = value.pointer.substr(0, value.pointer.find_last_of('/') + 1);
    if (says_none(value)) return true;
    if (key == "compress_per_mb") return is(above + "compression", "1");
    if (key == "diff_per_mb") return !is(above + "ship", "\"delta\"");
    if (key == "restart_after" && path.front() == "pods") return !kills_pods(world_);
    if (key == "ramp" && path.front() == "phases") return !is_another_load(path[1]);
    if (key == "changes") return !has_paths(above);
    if (path.front() == "data" && (key == "documents" || key == "zipf"))
      return is("/data/" + escaped(path[1]) + "/owner", "\"user\"");
    return false;
  }

 private:
  bool is(const std::string& pointer, std::string_view text) const {
    const auto found = values_.find(pointer);
    return found != values_.end() && found->second == text;
  }

  bool is_another_load(const std::string& phase) const {
    const std::size_t index = list_index(phase).value_or(0);
    const double before = index == 0 ? 1 : world_.phases[index - 1].sessions;
    return index < world_.phases.size() && world_.phases[index].sessions != before;
  }

  // Whether the class of an action tells paths apart.
  bool has_paths(const std::string& action) const {
    for (const auto& data : world_.data)
      if (is(action + "update", quoted(data.name))) return data.paths > 0;
    return false;
  }

  const WorldConfig& world_;
  std::map<std::string, std::string> values_;
};

}  // namespace

std::set<std::string> idle_values(const WorldConfig& world,
                                  const std::vector<ResolvedValue>& values) {
  std::vector<std::string> unused;
  for (const Rule& rule : rules_for(world))
    if (!rule.used(world)) unused.push_back(rule.pointer);
  const Defaults defaults{world, values};
  std::set<std::string> idle;
  for (const ResolvedValue& value : values) {
    const bool is_unused = std::any_of(
        unused.begin(), unused.end(),
        [&](const std::string& pointer) { return is_at_or_below(value.pointer, pointer); });
    if (is_unused || (is_default(value) && defaults.is_idle(value))) idle.insert(value.pointer);
  }
  return idle;
}

}  // namespace seatrial::scenarios
