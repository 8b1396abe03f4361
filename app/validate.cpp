#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <ostream>

#include "analysis/experiment/expected_work.hpp"
#include "analysis/experiment/objectives.hpp"
#include "analysis/report/capacity_text.hpp"
#include "analysis/report/read_back.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"

namespace seatrial::app {
namespace {

using nlohmann::ordered_json;
using scenarios::Scenario;

std::int64_t replications_of(const Scenario& scenario, const ExperimentArguments& arguments) {
  return arguments.replications.value_or(scenario.run.replications);
}

std::string work_text(const Scenario& scenario, const ExperimentArguments& arguments) {
  const std::int64_t replications = replications_of(scenario, arguments);
  const models::WorldConfig& world = scenario.policies.front().world;
  return fmt::format("{} of {}, each about {} sessions and {} operations; seed {}; expected {}",
                     analysis::counted(static_cast<std::uint64_t>(replications), "replication"),
                     analysis::counted(scenario.policies.size(), "policy", "policies"),
                     analysis::count_text(analysis::expected_sessions(world)),
                     analysis::count_text(analysis::expected_operations(world)),
                     arguments.seed.value_or(scenario.run.seed),
                     expected_time(scenario, replications, arguments.jobs));
}

std::size_t undecided(const std::vector<analysis::Evidence>& all, std::int64_t replications) {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const analysis::Evidence& evidence) {
        return !analysis::is_enough(evidence, replications);
      }));
}

void print_text(const Scenario& scenario, const ExperimentArguments& arguments,
                std::size_t warnings, std::ostream& out) {
  const auto say = [&](const std::string& what, const std::string& text) {
    out << fmt::format("{:<12} {}\n", what, text);
  };
  out << scenario.title << '\n';
  if (!scenario.question.empty()) out << scenario.question << '\n';
  out << '\n';
  for (const analysis::ReadBackLine& line : analysis::read_back(scenario))
    say(line.label, line.text);
  out << "\nbefore anything runs, by closed form: how much of each limit is in use\n";
  for (const std::string& line : analysis::load_lines(scenario)) out << "  " << line << '\n';
  out << fmt::format("\nenough to decide, at {} that hold together:\n",
                     analysis::counted(analysis::comparisons_of(scenario), "interval"));
  const std::vector<analysis::Evidence> all = analysis::evidence_for(scenario);
  for (const analysis::Evidence& evidence : all)
    out << fmt::format("  {}: {}\n", evidence.objective,
                       analysis::evidence_text(evidence, replications_of(scenario, arguments)));
  out << '\n';
  say("compare", work_text(scenario, arguments));
  out << "\nvalid";
  if (warnings > 0) out << ", with " << analysis::counted(warnings, "warning");
  const std::size_t open = undecided(all, replications_of(scenario, arguments));
  if (open > 0)
    out << fmt::format("; {} may stay inconclusive even where all is well",
                       analysis::counted(open, "objective"));
  out << '\n';
}

ordered_json number(double value) {
  return std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
}

ordered_json load_json(const Scenario& scenario) {
  ordered_json rows = ordered_json::array();
  for (const analysis::LoadRow& row : analysis::load_rows(scenario)) {
    const analysis::Demand& demand = row.demand;
    ordered_json entry{{"limit", analysis::limit_names[static_cast<std::size_t>(demand.limit)]},
                       {"where", demand.where},
                       {"policies", row.policies},
                       {"per_second_at_x1", number(demand.rate)},
                       {"used_at_x1", number(demand.used)},
                       {"full_at", number(1 / demand.used)}};
    for (const models::PhaseConfig& phase : scenario.policies.front().world.phases)
      entry["used"][phase.name] = number(demand.used * phase.sessions);
    rows.push_back(std::move(entry));
  }
  return rows;
}

ordered_json evidence_json(const Scenario& scenario, std::int64_t replications) {
  ordered_json all = ordered_json::object();
  for (const analysis::Evidence& evidence : analysis::evidence_for(scenario))
    all[evidence.objective] = {{"phase", evidence.phase},
                               {"region", evidence.region},
                               {"of", evidence.of},
                               {"needed", number(evidence.needed)},
                               {"each_replication", number(evidence.each_run)},
                               {"burst", number(evidence.burst)},
                               {"replications_needed", number(evidence.replications)},
                               {"enough", analysis::is_enough(evidence, replications)},
                               {"text", analysis::evidence_text(evidence, replications)}};
  return all;
}

ordered_json value_json(const scenarios::ResolvedValue& value) {
  auto parsed = ordered_json::parse(value.value, nullptr, false);
  return parsed.is_discarded() ? ordered_json(value.value) : parsed;
}

void print_json(const Scenario& scenario, const ExperimentArguments& arguments,
                const std::vector<std::string>& warnings, std::ostream& out) {
  ordered_json json{{"title", scenario.title},
                    {"question", scenario.question},
                    {"baseline", scenario.baseline},
                    {"warnings", warnings}};
  std::string section;
  for (const analysis::ReadBackLine& line : analysis::read_back(scenario)) {
    if (!line.label.empty()) section = line.label;
    json["read_back"][section].push_back(line.text);
  }
  json["load"] = load_json(scenario);
  json["objectives"] = evidence_json(scenario, replications_of(scenario, arguments));
  json["compare"] = work_text(scenario, arguments);
  json["policies"] = ordered_json::object();
  for (const auto& policy : scenario.policies) {
    ordered_json& values = json["policies"][policy.name] = ordered_json::object();
    for (const scenarios::ResolvedValue& value : scenario.resolved.at(policy.name))
      values[value.pointer] = value_json(value);
  }
  out << json.dump(1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

std::string origin_text(const Scenario& scenario, const scenarios::ResolvedValue& value) {
  const std::string source = value.source.empty() ? "" : ": " + value.source;
  const std::string place = fmt::format("{}:{}", scenario.path, value.line);
  switch (value.origin) {
    case scenarios::Origin::file:
      return place + source;
    case scenarios::Origin::policy:
      return "policy, " + place + source;
    case scenarios::Origin::command_line:
      return (scenario.prices_file && value.pointer.starts_with("/prices/") && !source.empty()
                  ? "--prices"
                  : "--set") +
             source;
    case scenarios::Origin::defaulted:
      return "default" + source;
    case scenarios::Origin::assumed:
      return value.line > 0             ? "assumed, " + place
             : source.starts_with(": ") ? source.substr(2)
                                        : "assumed";
  }
  return "";
}

void print_resolved(const Scenario& scenario, const std::string& policy, std::ostream& out) {
  constexpr std::size_t widest = 100;  // of what is aligned
  std::vector<std::pair<std::string, std::string>> lines;
  std::size_t width = 0;
  for (const scenarios::ResolvedValue& value : scenario.resolved.at(policy)) {
    lines.emplace_back(fmt::format("{} = {}", value.pointer, value.value),
                       origin_text(scenario, value));
    if (lines.back().first.size() <= widest) width = std::max(width, lines.back().first.size());
  }
  for (const auto& [value, origin] : lines)
    out << fmt::format("{:<{}}   {}\n", value, width, origin);
}

void print_resolved_json(const Scenario& scenario, const std::string& policy, std::ostream& out) {
  ordered_json json{{"policy", policy}, {"values", ordered_json::object()}};
  for (const scenarios::ResolvedValue& value : scenario.resolved.at(policy))
    json["values"][value.pointer] = {{"value", value_json(value)},
                                     {"origin", origin_text(scenario, value)}};
  out << json.dump(1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
}

}  // namespace

int validate(const ValidateArguments& all, Environment& environment) {
  const ExperimentArguments& arguments = all.experiment;
  Scenario scenario = load(arguments);
  print_warnings(scenario, environment);
  if (!all.resolved.empty()) {
    restrict_policies(scenario, {all.resolved}, false);
    if (arguments.json)
      print_resolved_json(scenario, all.resolved, environment.out);
    else
      print_resolved(scenario, all.resolved, environment.out);
    return exit_code::good;
  }
  std::vector<std::string> warnings = scenario.warnings;
  for (const std::string& text : analysis::load_warnings(scenario)) {
    warnings.push_back(fmt::format("{}: warning: {}", scenario.path, text));
    environment.error << warnings.back() << '\n';
  }
  if (arguments.json)
    print_json(scenario, arguments, warnings, environment.out);
  else
    print_text(scenario, arguments, warnings.size(), environment.out);
  return exit_code::good;
}

}  // namespace seatrial::app
