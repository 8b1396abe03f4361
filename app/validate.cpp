#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "analysis/experiment/expected_work.hpp"
#include "analysis/experiment/objectives.hpp"
#include "analysis/report/setting.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"

namespace seatrial::app {
namespace {

std::string names_of(const std::vector<scenarios::Policy>& policies) {
  std::vector<std::string> names;
  for (const scenarios::Policy& policy : policies) names.push_back(policy.name);
  return analysis::joined(names);
}

void read_back(const scenarios::Scenario& scenario, const ExperimentArguments& arguments,
               std::ostream& out) {
  const models::WorldConfig& world = scenario.policies.front().world;
  const std::int64_t replications = arguments.replications.value_or(scenario.run.replications);
  const auto say = [&](const char* what, const std::string& text) {
    if (!text.empty()) out << fmt::format("{:<12} {}\n", what, text);
  };
  out << scenario.title << '\n';
  if (!scenario.question.empty()) out << scenario.question << '\n';
  out << '\n';
  say("users", analysis::users_text(world));
  say("phases", analysis::phases_text(world));
  say("policies", names_of(scenario.policies) + "; baseline: " + scenario.baseline);
  say("objectives", fmt::format("{}, read from {}", scenario.objectives.size(),
                                analysis::counted(analysis::comparisons_of(scenario), "interval")));
  say("each run", fmt::format("about {} sessions and {} operations",
                              analysis::count_text(analysis::expected_sessions(world)),
                              analysis::count_text(analysis::expected_operations(world))));
  say("compare",
      fmt::format("{} of {}, seed {}: expected {}",
                  analysis::counted(static_cast<std::uint64_t>(replications), "replication"),
                  analysis::counted(scenario.policies.size(), "policy", "policies"),
                  arguments.seed.value_or(scenario.run.seed),
                  analysis::seconds_text(
                      analysis::expected_seconds(scenario, replications, arguments.jobs))));
  out << "\nvalid";
  if (!scenario.warnings.empty())
    out << ", with " << analysis::counted(scenario.warnings.size(), "warning");
  out << '\n';
}

void print_json(const scenarios::Scenario& scenario, std::ostream& out) {
  nlohmann::ordered_json json;
  json["title"] = scenario.title;
  json["baseline"] = scenario.baseline;
  json["warnings"] = scenario.warnings;
  json["policies"] = nlohmann::ordered_json::object();
  for (const scenarios::Policy& policy : scenario.policies) {
    auto& values = json["policies"][policy.name] = nlohmann::ordered_json::object();
    const auto found = scenario.resolved.find(policy.name);
    if (found == scenario.resolved.end()) continue;
    for (const scenarios::ResolvedValue& value : found->second) {
      auto parsed = nlohmann::ordered_json::parse(value.value, nullptr, false);
      values[value.pointer] = parsed.is_discarded() ? nlohmann::ordered_json(value.value) : parsed;
    }
  }
  out << json.dump(1) << '\n';
}

}  // namespace

int validate(const ExperimentArguments& arguments, Environment& environment) {
  const scenarios::Scenario scenario = load(arguments);
  print_warnings(scenario, environment);
  if (arguments.json)
    print_json(scenario, environment.out);
  else
    read_back(scenario, arguments, environment.out);
  return exit_code::good;
}

}  // namespace seatrial::app
