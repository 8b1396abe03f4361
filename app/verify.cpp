// Repeats the experiment of a results.json from what stands in it alone, and compares. The digests
// tell the first policy, replication and step of the timeline at which the two part.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <sstream>

#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "analysis/report/version.hpp"
#include "app/arguments.hpp"
#include "scenarios/load.hpp"

namespace seatrial::app {
namespace {

using Json = nlohmann::json;

std::string read_whole(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) throw UsageError{"cannot read " + path};
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

scenarios::Scenario scenario_of(const Json& results) {
  const Json& saved = results.at("scenario");
  const auto overrides = saved.at("overrides").get<std::vector<std::string>>();
  scenarios::Scenario scenario = scenarios::parse_scenario(
      saved.at("text").get<std::string>(), saved.at("file").get<std::string>(), overrides);
  std::vector<std::string> policies;
  for (const Json& policy : results.at("policies"))
    policies.push_back(policy.at("name").get<std::string>());
  restrict_policies(scenario, policies, false);
  return scenario;
}

analysis::ExperimentOptions options_of(const Json& results, const VerifyArguments& arguments,
                                       const Environment& environment) {
  analysis::ExperimentOptions options;
  const Json& run = results.at("run");
  options.seed = run.at("seed").get<std::uint64_t>();
  options.replications = run.at("replications").get<std::int64_t>();
  if (!run.at("shuffle_ties").is_null())
    options.shuffle_ties = run.at("shuffle_ties").get<std::uint64_t>();
  options.jobs = arguments.jobs;
  options.cancelled = environment.interrupted;
  return options;
}

// "replication 3, step 17 of 256, before 12.5 s of simulated time"
std::string where_they_part(const Json& before, const Json& after,
                            const models::WorldConfig& world) {
  const auto first_difference = [](const Json& one, const Json& other) {
    std::size_t i = 0;
    while (i < one.size() && i < other.size() && one[i] == other[i]) ++i;
    return i;
  };
  const std::size_t replication =
      first_difference(before.at("replications"), after.at("replications"));
  const Json& checkpoints = after.at("checkpoints");
  const std::size_t step = first_difference(before.at("checkpoints"), checkpoints);
  models::Duration timeline = world.warmup;
  for (const models::PhaseConfig& phase : world.phases) timeline += phase.length;
  const double seconds = timeline.s() * static_cast<double>(step + 1) /
                         static_cast<double>(std::max<std::size_t>(1, checkpoints.size()));
  return fmt::format("replication {}, step {} of {}, before {:.3f} s of simulated time",
                     replication, step + 1, checkpoints.size(), seconds);
}

// Empty when the digests of all policies are equal.
std::string first_parting(const Json& before, const Json& after,
                          const scenarios::Scenario& scenario) {
  for (std::size_t i = 0; i < scenario.policies.size(); ++i) {
    const Json& old_policy = before.at("policies").at(i);
    const Json& new_policy = after.at("policies").at(i);
    if (old_policy.at("digest") == new_policy.at("digest")) continue;
    return fmt::format("policy \"{}\", {}", scenario.policies[i].name,
                       where_they_part(old_policy, new_policy, scenario.policies[i].world));
  }
  return "";
}

std::string first_different_line(const std::string& before, const std::string& after) {
  std::istringstream one{before}, other{after};
  std::string old_line, new_line;
  for (std::size_t line = 1;; ++line) {
    const bool more = static_cast<bool>(std::getline(one, old_line));
    const bool also = static_cast<bool>(std::getline(other, new_line));
    if (!more || !also || old_line != new_line)
      return fmt::format("line {}: {} | {}", line, more ? old_line : "(end)",
                         also ? new_line : "(end)");
  }
}

Json parsed(const VerifyArguments& arguments, const std::string& text) {
  Json results = Json::parse(text, nullptr, false);
  if (results.is_discarded() || !results.is_object() ||
      results.value("format", "") != analysis::results_format)
    throw UsageError{
        fmt::format("{} is not a file of format {}", arguments.results, analysis::results_format)};
  return results;
}

int repeat(const VerifyArguments& arguments, const std::string& text, const Json& results,
           Environment& environment) {
  const scenarios::Scenario scenario = scenario_of(results);
  analysis::Experiment experiment = run_with_progress(
      scenario, options_of(results, arguments, environment), environment.simulate, environment);
  if (experiment.interrupted()) return exit_code::interrupted;
  experiment.replications_asked = results.at("run").at("replications_asked").get<std::uint32_t>();
  const std::string again = analysis::results_json(
      scenario, experiment, analysis::compare(scenario, experiment),
      {results.at("scenario").at("overrides").get<std::vector<std::string>>()});
  const std::string version = results.at("program").at("version").get<std::string>();
  const std::string parting = first_parting(results, Json::parse(again), scenario);
  if (!parting.empty()) {
    environment.out << "different: " << parting << '\n';
  } else if (again != text) {
    environment.out << "different: the runs are equal, what is computed from them is not; "
                    << first_different_line(text, again) << '\n';
  } else {
    environment.out << fmt::format(
        "equal: {}, {}, digest {}\n",
        analysis::counted(scenario.policies.size(), "policy", "policies"),
        analysis::counted(static_cast<std::uint64_t>(experiment.replications), "replication"),
        results.at("digest").get<std::string>().substr(0, 12));
    return exit_code::good;
  }
  if (version != analysis::program_version)
    environment.out << fmt::format("written by version {}, this is {}\n", version,
                                   analysis::program_version);
  return exit_code::different;
}

}  // namespace

int verify(const VerifyArguments& arguments, Environment& environment) {
  const std::string text = read_whole(arguments.results);
  const Json results = parsed(arguments, text);
  try {
    return repeat(arguments, text, results, environment);
  } catch (const Json::exception& error) {
    throw UsageError{fmt::format("{} is not whole: {}", arguments.results, error.what())};
  }
}

}  // namespace seatrial::app
