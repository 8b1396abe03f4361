#include <fmt/format.h>

#include <ostream>

#include "analysis/collectors/history_writer.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"

namespace seatrial::app {
namespace {

// Simulates as usual, and writes the history of one replication beside it.
analysis::Simulate with_history(const RunArguments& arguments, const scenarios::Scenario& scenario,
                                const Environment& environment) {
  return [&](const models::WorldConfig& world, const models::RunOptions& options) {
    if (options.replication != arguments.history_replication)
      return environment.simulate(world, options);
    analysis::HistoryWriter history{
        arguments.history,
        world,
        {scenario.title, scenario.policies.front().name, options.seed, options.replication}};
    analysis::RunSummary summary = environment.simulate_watched(world, options, history);
    if (!summary.totals.cancelled) history.finish();
    return summary;
  };
}

}  // namespace

int run(const RunArguments& arguments, Environment& environment) {
  const ExperimentArguments& asked = arguments.experiment;
  scenarios::Scenario scenario = load(asked);
  print_warnings(scenario, environment);
  if (asked.policies.empty())
    restrict_policies(scenario, {scenario.baseline}, false);
  else
    restrict_policies(scenario, asked.policies, false);
  if (scenario.policies.size() != 1) throw UsageError{"`run` runs one policy; `compare` several"};
  const analysis::ExperimentOptions options = options_of(asked, environment);
  if (!arguments.history.empty() &&
      arguments.history_replication >= options.replications.value_or(scenario.run.replications))
    throw UsageError{fmt::format("there is no replication {} to write the history of",
                                 arguments.history_replication)};
  const analysis::Experiment experiment =
      run_with_progress(scenario, options,
                        arguments.history.empty() ? environment.simulate
                                                  : with_history(arguments, scenario, environment),
                        environment);
  if (experiment.replications == 0) {
    environment.error << "interrupted before the first replication was whole: nothing to say\n";
    return exit_code::interrupted;
  }
  if (asked.json)
    environment.out << analysis::results_json(
        scenario, experiment, analysis::compare(scenario, experiment), {asked.overrides});
  else
    environment.out << fmt::format(
                           "{}\npolicy \"{}\", {}, seed {}, digest {}\n\n", scenario.title,
                           scenario.policies.front().name,
                           analysis::counted(static_cast<std::uint64_t>(experiment.replications),
                                             "replication"),
                           experiment.seed,
                           analysis::digest_of(experiment.runs.front()).hex().substr(0, 12))
                    << analysis::metrics_table(scenario, experiment.runs.front());
  return experiment.interrupted() ? exit_code::interrupted : exit_code::good;
}

}  // namespace seatrial::app
