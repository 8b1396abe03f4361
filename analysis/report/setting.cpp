#include "analysis/report/setting.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "analysis/report/text.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/overlay.hpp"

namespace seatrial::analysis {
namespace {

using scenarios::ResolvedValue;

std::string unescaped(const std::string& pointer) {
  std::string text;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    const bool escape = pointer[i] == '~' && i + 1 < pointer.size();
    text += escape ? (pointer[i + 1] == '1' ? '/' : '~') : pointer[i];
    i += escape ? 1 : 0;
  }
  return text;
}

// "/session_token/carry/1" is an item of "session_token/carry".
std::string name_of(const std::string& pointer, bool& is_item) {
  const std::size_t slash = pointer.rfind('/');
  const std::string last = pointer.substr(slash + 1);
  is_item = !last.empty() && std::all_of(last.begin(), last.end(), [](unsigned char letter) {
    return std::isdigit(letter) != 0;
  });
  const std::string kept = is_item ? pointer.substr(0, slash) : pointer;
  return unescaped(kept.substr(kept.starts_with('/') ? 1 : 0));
}

std::string fault_text(const models::FaultConfig& fault) {
  switch (fault.kind) {
    case models::FaultKind::kill_pods:
      return fmt::format("{} of {} killed", counted(static_cast<std::uint64_t>(fault.kill), "pod"),
                         fault.region);
    case models::FaultKind::broker:
      return fmt::format("broker of {} {}", fault.region,
                         models::broker_state_names[static_cast<std::size_t>(fault.state)]);
    case models::FaultKind::partition:
      return joined(fault.regions) + " cut off";
    case models::FaultKind::slow_link:
      return fmt::format("{} slower x{}", fault.link, rounded(fault.factor));
    case models::FaultKind::cut_link:
      return fault.link + " cut";
    case models::FaultKind::region:
      return fault.region + " down";
    case models::FaultKind::store:
      return fmt::format("store of {} down", fault.region);
    case models::FaultKind::replicas:
      return fmt::format("{} of each partition crashed in {}",
                         counted(static_cast<std::uint64_t>(fault.crash), "replica"), fault.region);
    case models::FaultKind::split:
      return fmt::format("partition {} of the store splits", fault.split);
    case models::FaultKind::switchover:
      return fmt::format("writes switch over to {}", fault.region);
    case models::FaultKind::merge:
      return fmt::format("partitions {} and {} of the store are merged", fault.merge, fault.with);
  }
  return "";
}

// What a policy of the file takes away with null: "store/failover: none"; where a default stands
// there then, that.
std::vector<std::string> removed_by(const scenarios::Scenario& scenario,
                                    const std::string& policy) {
  std::vector<std::string> lines;
  const auto resolved = scenario.resolved.find(policy);
  if (scenario.text.empty() || resolved == scenario.resolved.end()) return lines;
  scenarios::Problems none{scenario.path, {}};  // the text has been read without one
  const scenarios::Node root = scenarios::read_tree(scenario.text, none);
  const scenarios::Node* const policies = root.find("policies");
  const scenarios::Node* const patch = policies == nullptr ? nullptr : policies->find(policy);
  if (patch == nullptr) return lines;
  for (const std::string& pointer : scenarios::removed(root, *patch)) {
    const auto value = std::find_if(resolved->second.begin(), resolved->second.end(),
                                    [&](const auto& one) { return one.pointer == pointer; });
    bool is_item = false;
    lines.push_back(name_of(pointer, is_item) + ": " +
                    (value == resolved->second.end() ? "none" : plain_value(value->value)));
  }
  return lines;
}

}  // namespace

std::string plain_value(const std::string& json) {
  std::string text;
  for (const char letter : json) {
    const bool blank = letter == '\n' || letter == ' ';
    if (letter == '"' || (blank && (text.empty() || text.back() == ' '))) continue;
    text += blank ? ' ' : letter;
  }
  if (text.size() > 4 && text.starts_with("{ ") && text.ends_with(" }"))
    text = text.substr(2, text.size() - 4);
  return text;
}

std::string users_text(const models::WorldConfig& world) {
  std::vector<std::string> names;
  for (const models::UserShare& users : world.regions.users)
    names.push_back(
        fmt::format("{} {} %{}", users.region, rounded(100 * users.share),
                    scenarios::takes_writes(world.store, users.region) ? " (writes)" : ""));
  return joined(names);
}

std::string phases_text(const models::WorldConfig& world) {
  std::vector<std::string> phases;
  for (const models::PhaseConfig& phase : world.phases) {
    std::string text = fmt::format("{} ({}, x{}", phase.name, seconds_text(phase.length.s()),
                                   rounded(phase.sessions));
    if (phase.ramp.ns() > 0) text += " after a ramp of " + seconds_text(phase.ramp.s());
    for (const std::string& fault : faults_of(phase)) text += ", " + fault;
    phases.push_back(text + ")");
  }
  return joined(phases);
}

std::vector<std::string> faults_of(const models::PhaseConfig& phase) {
  std::vector<std::string> texts;
  for (const models::FaultConfig& fault : phase.faults) texts.push_back(fault_text(fault));
  return texts;
}

std::string lag_text(const scenarios::Scenario& scenario) {
  constexpr std::string_view prefix = "/store/replication_lag";
  const auto found = scenario.resolved.find(scenario.baseline);
  if (found == scenario.resolved.end()) return "";
  std::vector<std::string> parts;
  for (const ResolvedValue& value : found->second) {
    if (!value.pointer.starts_with(prefix)) continue;
    std::string name = unescaped(value.pointer.substr(prefix.size()));
    if (name.starts_with('/')) name.erase(0, 1);
    parts.push_back(name + (name.empty() ? "" : " ") + plain_value(value.value));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::vector<std::string> values_of(const scenarios::Scenario& scenario, const std::string& policy,
                                   scenarios::Origin origin) {
  std::vector<std::string> lines;
  const auto found = scenario.resolved.find(policy);
  if (found == scenario.resolved.end()) return lines;
  std::string list;  // whose items are being collected
  for (const ResolvedValue& value : found->second) {
    if (value.origin != origin) continue;
    bool is_item = false;
    const std::string name = name_of(value.pointer, is_item);
    if (is_item && name == list)
      lines.back() += ", " + plain_value(value.value);
    else
      lines.push_back(name + ": " + plain_value(value.value));
    list = is_item ? name : "";
  }
  return lines;
}

std::string changes_text(const scenarios::Scenario& scenario, const std::string& policy) {
  std::vector<std::string> changes = values_of(scenario, policy, scenarios::Origin::policy);
  for (std::string& removed : removed_by(scenario, policy)) changes.push_back(std::move(removed));
  return fmt::format("{}", fmt::join(changes, "; "));
}

std::vector<std::pair<std::string, std::string>> setting_lines(
    const scenarios::Scenario& scenario) {
  const models::WorldConfig& world = scenario.policies.front().world;
  std::vector<std::pair<std::string, std::string>> lines;
  const auto say = [&](const char* what, const std::string& value) {
    if (!value.empty()) lines.emplace_back(what, value);
  };
  say("Users", users_text(world));
  say("Phases", fmt::format("{}; x1 is {} sessions/s", phases_text(world),
                            rounded(world.workload.sessions_per_second)));
  say("Replication lag beyond the wire", lag_text(scenario));
  std::vector<std::string> metrics;
  for (const scenarios::Objective& objective : scenario.objectives)
    metrics.push_back(fmt::format("\"{}\" is {} of {}", objective.name, objective.metric,
                                  objective.data_class.empty() ? "all" : objective.data_class));
  say("Objectives", fmt::format("{}", fmt::join(metrics, ", ")));
  if (scenario.prices_file)
    say("Prices",
        fmt::format("{}, from {}", scenario.prices.currency, scenario.prices_file->name()));
  const std::vector<std::string> given =
      values_of(scenario, scenario.baseline, scenarios::Origin::command_line);
  say(scenario.prices_file ? "By --set and --prices" : "By --set",
      fmt::format("{}", fmt::join(given, "; ")));
  return lines;
}

}  // namespace seatrial::analysis
