#include "tests/fuzz/laws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>

#include "models/network/link_name.hpp"
#include "models/world.hpp"
#include "scenarios/characters.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/limits.hpp"
#include "scenarios/load.hpp"
#include "tests/fuzz/resolved_document.hpp"
#include "tests/fuzz/targets.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Scenario;

class NoObserver final : public models::Observer {
 public:
  void operation(const models::OperationObserved&) override {}
  void commit(const models::CommitObserved&) override {}
  void user_left(const models::UserLeft&) override {}
  void late(const models::LateCost&) override {}
};

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

// Characters and one more: the end of a line is a place, too.
std::size_t columns_of(const std::string& line) {
  return 1 + static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
           return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
         }));
}

void check_place(const scenarios::Problem& problem, const std::vector<std::string>& lines) {
  const auto line = static_cast<std::size_t>(problem.line);
  law(line <= lines.size(), "the line is not in the file: " + to_line(problem));
  const auto column = static_cast<std::size_t>(problem.column);
  law(column >= 1 && column <= columns_of(lines[line - 1]),
      "the column is not in the line: " + to_line(problem));
}

std::set<std::pair<std::string, std::string>> values_of(const Scenario& scenario,
                                                        const std::string& policy) {
  std::set<std::pair<std::string, std::string>> values;
  for (const scenarios::ResolvedValue& value : scenario.resolved.at(policy)) {
    std::string pointer = value.pointer;
    // A kind is written by its name alone, or beside its parameters.
    if (pointer.ends_with("/kind")) pointer.resize(pointer.size() - std::strlen("/kind"));
    law(values.emplace(pointer, value.value).second, "resolved twice: " + value.pointer);
  }
  return values;
}

void check_resolved(const Scenario& scenario, const std::string& policy) {
  const std::string document = resolved_document(scenario, policy);
  try {
    const Scenario again = scenarios::parse_scenario(document, "resolved.json");
    for (const auto& [pointer, value] : values_of(again, policy)) {
      law(values_of(scenario, policy).contains({pointer, value}),
          "resolved values make another scenario, " + pointer + " is " + value + ": " + document);
    }
    law(values_of(again, policy) == values_of(scenario, policy),
        "resolved values make another scenario: " + document);
  } catch (const scenarios::ScenarioError& error) {
    throw LawBroken{fmt::format("resolved values are refused: {}\n{}", error.what(), document)};
  }
}

// Small enough to be played for a second of simulated time with every input.
bool is_small(const models::WorldConfig& world) {
  double in_step = 0, highest = 0;
  for (const auto& step : world.workload.steps) {
    in_step = std::max(in_step, static_cast<double>(step.actions.size()));
  }
  for (const auto& phase : world.phases) highest = std::max(highest, phase.sessions);
  const double operations = world.workload.sessions_per_second * highest * in_step *
                            world.workload.steps_per_session.quantile(0.9999);
  const auto regions = static_cast<std::int64_t>(world.regions.users.size());
  const std::int64_t places =
      regions * (world.pods.count + world.store.partitions * world.store.replicas);
  return operations <= 300 && places <= 300 && world.pods.max_in_flight <= 10'000;
}

// What the models assert of their configuration ends the process here, if the loader let it pass.
void check_world(const models::WorldConfig& world) {
  for (const std::string& problem : models::problems_of(world.regions)) throw LawBroken{problem};
  if (!is_small(world)) return;
  NoObserver observer;
  models::RunOptions options;
  options.cancelled = [] { return true; };
  models::run_world(world, options, observer);
}

}  // namespace

void law(bool holds, const std::string& what) {
  if (!holds) throw LawBroken{what};
}

void check_accepted(const Scenario& scenario) {
  law(!scenario.policies.empty(), "no policy");
  law(!scenario.objectives.empty(), "no objective");
  const auto is_baseline = [&](const auto& policy) { return policy.name == scenario.baseline; };
  law(std::any_of(scenario.policies.begin(), scenario.policies.end(), is_baseline),
      "the baseline is no policy");
  for (const std::string& warning : scenario.warnings) {
    law(!scenarios::first_unprintable(warning), "a warning that is not safe to print");
  }
  // These cost as much as all the rest: one policy of each scenario, another one of each.
  const std::size_t i = scenario.text.size() % scenario.policies.size();
  check_resolved(scenario, scenario.policies[i].name);
  check_world(scenario.policies[i].world);
}

void check_refused(const std::vector<scenarios::Problem>& problems, std::string_view text) {
  law(!problems.empty(), "refused without a reason");
  law(problems.size() <= scenarios::most_problems + 1, "more problems than anybody reads");
  const std::vector<std::string> lines = lines_of(text);
  bool has_place = false;
  for (const scenarios::Problem& problem : problems) {
    const std::string line = to_line(problem);
    law(!problem.message.empty(), "a problem without words");
    law(!scenarios::first_unprintable(line), "a message that is not safe to print");
    has_place = has_place || problem.line > 0 || problem.path.starts_with("--set ");
    if (problem.line > 0) check_place(problem, lines);
  }
  law(has_place, "refused without a place: " + to_line(problems.front()));
}

}  // namespace seatrial::fuzz
