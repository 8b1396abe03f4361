#include <fmt/format.h>

#include <optional>
#include <ostream>

#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"
#include "app/output_directory.hpp"

namespace seatrial::app {
namespace {

std::size_t gated_policy(const CompareArguments& arguments, const scenarios::Scenario& scenario,
                         const analysis::Comparison& comparison) {
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    if (scenario.policies[i].name == arguments.gate) return i;
  return comparison.recommended;
}

int verdict_of_gate(const CompareArguments& arguments, const scenarios::Scenario& scenario,
                    const analysis::Comparison& comparison, Environment& environment) {
  const analysis::PolicyResult& policy =
      comparison.policies[gated_policy(arguments, scenario, comparison)];
  const int code = policy.failed > 0         ? exit_code::failed
                   : policy.inconclusive > 0 ? exit_code::inconclusive
                                             : exit_code::good;
  const char* const word = code == exit_code::good     ? "passed"
                           : code == exit_code::failed ? "failed"
                                                       : "inconclusive";
  environment.error << fmt::format("gate {}: \"{}\" meets {} of {}\n", word, policy.name,
                                   policy.passed,
                                   analysis::counted(policy.objectives.size(), "objective"));
  return code;
}

void check_gate(const CompareArguments& arguments, const scenarios::Scenario& scenario) {
  if (arguments.gate.empty() || arguments.gate == "*") return;
  scenarios::Scenario copy = scenario;
  restrict_policies(copy, {arguments.gate}, false);  // complains about an unknown name
}

void print(const CompareArguments& arguments, const scenarios::Scenario& scenario,
           const analysis::Experiment& experiment, const analysis::Comparison& comparison,
           Environment& environment) {
  if (arguments.experiment.json) {
    environment.out << analysis::results_json(scenario, experiment, comparison,
                                              {arguments.experiment.overrides});
    return;
  }
  environment.out << analysis::terminal_report(scenario, comparison, environment.colour);
  environment.out << '\n';
  if (!arguments.output.empty())
    environment.out << fmt::format("{0}/report.md  {0}/results.json     ", arguments.output);
  environment.out << fmt::format("seed {}, digest {}\n", experiment.seed,
                                 comparison.digest.hex().substr(0, 12));
}

}  // namespace

int compare(const CompareArguments& arguments, Environment& environment) {
  const scenarios::Scenario scenario = load(arguments.experiment);
  check_gate(arguments, scenario);
  const analysis::ExperimentOptions options = options_of(arguments.experiment, environment);
  std::optional<OutputDirectory> output;
  if (!arguments.output.empty()) output.emplace(arguments.output);
  const analysis::Experiment experiment =
      run_with_progress(scenario, options, environment.simulate, environment);
  if (experiment.replications == 0) {
    environment.error << "interrupted before the first replication was whole: nothing to say\n";
    return exit_code::interrupted;
  }
  const analysis::Comparison comparison = analysis::compare(scenario, experiment);
  if (output)
    output->write({{"report.md", analysis::markdown_report(scenario, experiment, comparison)},
                   {"results.json", analysis::results_json(scenario, experiment, comparison,
                                                           {arguments.experiment.overrides})}});
  print(arguments, scenario, experiment, comparison, environment);
  if (experiment.interrupted()) return exit_code::interrupted;
  if (arguments.gate.empty()) return exit_code::good;
  return verdict_of_gate(arguments, scenario, comparison, environment);
}

}  // namespace seatrial::app
