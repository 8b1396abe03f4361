#include "app/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ostream>

#include "analysis/experiment/expected_work.hpp"
#include "analysis/report/text.hpp"
#include "app/progress_bar.hpp"
#include "scenarios/load.hpp"

namespace seatrial::app {
namespace {

std::optional<std::uint64_t> tie_seed_of(const std::string& order) {
  constexpr std::string_view prefix = "shuffled:";
  if (order == "fifo") return std::nullopt;
  std::uint64_t seed = 0;
  const char* const end = order.data() + order.size();
  if (order.starts_with(prefix)) {
    const auto [rest, error] = std::from_chars(order.data() + prefix.size(), end, seed);
    if (error == std::errc{} && rest == end) return seed;
  }
  throw UsageError{"--tie-order is \"fifo\" or \"shuffled:NUMBER\", not \"" + order + "\""};
}

}  // namespace

void restrict_policies(scenarios::Scenario& scenario, const std::vector<std::string>& names,
                       bool keep_baseline) {
  if (names.empty()) return;
  const auto known = [&](const std::string& name) {
    return std::any_of(scenario.policies.begin(), scenario.policies.end(),
                       [&](const scenarios::Policy& policy) { return policy.name == name; });
  };
  for (const std::string& name : names) {
    if (known(name)) continue;
    std::vector<std::string> all;
    for (const scenarios::Policy& policy : scenario.policies)
      all.push_back('"' + policy.name + '"');
    throw UsageError{
        fmt::format("no policy \"{}\"; the scenario has {}", name, analysis::joined(all))};
  }
  std::erase_if(scenario.policies, [&](const scenarios::Policy& policy) {
    if (keep_baseline && policy.name == scenario.baseline) return false;
    return std::find(names.begin(), names.end(), policy.name) == names.end();
  });
  std::erase_if(scenario.resolved, [&](const auto& entry) { return !known(entry.first); });
  if (!known(scenario.baseline)) scenario.baseline = scenario.policies.front().name;
}

scenarios::Scenario load(const ExperimentArguments& arguments) {
  scenarios::Scenario scenario =
      arguments.prices.empty()
          ? scenarios::load_scenario(arguments.file, arguments.overrides)
          : scenarios::load_scenario(arguments.file, arguments.overrides, arguments.prices);
  restrict_policies(scenario, arguments.policies, true);
  return scenario;
}

void print_warnings(const scenarios::Scenario& scenario, Environment& environment) {
  for (const std::string& warning : scenario.warnings) environment.error << warning << '\n';
}

analysis::ExperimentOptions options_of(const ExperimentArguments& arguments,
                                       const Environment& environment) {
  analysis::ExperimentOptions options;
  options.jobs = arguments.jobs;
  options.seed = arguments.seed;
  options.replications = arguments.replications;
  options.shuffle_ties = tie_seed_of(arguments.tie_order);
  options.cancelled = environment.interrupted;
  return options;
}

std::string expected_time(const scenarios::Scenario& scenario, std::int64_t replications,
                          unsigned jobs) {
  const std::string text =
      analysis::seconds_text(analysis::expected_seconds(scenario, replications, jobs));
  return analysis::is_lower_bound(scenario) ? text + ", more where clients try again" : text;
}

analysis::Experiment run_with_progress(const scenarios::Scenario& scenario,
                                       analysis::ExperimentOptions options,
                                       const analysis::Simulate& simulate,
                                       Environment& environment) {
  ProgressBar bar{environment.error};
  if (environment.live) {
    const std::int64_t replications = options.replications.value_or(scenario.run.replications);
    double operations = 0;
    for (const scenarios::Policy& policy : scenario.policies)
      operations += analysis::expected_operations(policy.world);
    environment.error << fmt::format(
        "{}, {}, about {} operations; expected: {}\n",
        analysis::counted(scenario.policies.size(), "policy", "policies"),
        analysis::counted(static_cast<std::uint64_t>(replications), "replication"),
        analysis::count_text(operations * static_cast<double>(replications)),
        expected_time(scenario, replications, options.jobs));
    options.progress = [&bar](double share) { bar.show(share); };
  }
  analysis::Experiment experiment = analysis::run_experiment(scenario, options, simulate);
  if (environment.live) bar.clear();
  return experiment;
}

}  // namespace seatrial::app
