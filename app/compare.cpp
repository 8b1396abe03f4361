#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <ostream>
#include <thread>

#include "analysis/report/junit.hpp"
#include "analysis/report/page.hpp"
#include "analysis/report/page_json.hpp"
#include "analysis/report/report.hpp"
#include "analysis/report/text.hpp"
#include "app/arguments.hpp"
#include "app/output_directory.hpp"
#include "app/report_of.hpp"

namespace seatrial::app {
namespace {

using Clock = std::chrono::steady_clock;

std::size_t gated_policy(const CompareArguments& arguments, const scenarios::Scenario& scenario,
                         const analysis::Comparison& comparison) {
  for (std::size_t i = 0; i < scenario.policies.size(); ++i)
    if (scenario.policies[i].name == arguments.gate) return i;
  return comparison.recommended;
}

// Behind a gate the file says what the gate says: of one policy.
std::string junit_of(const CompareArguments& arguments, const scenarios::Scenario& scenario,
                     const analysis::Comparison& comparison) {
  analysis::JunitOptions options;
  options.strict = arguments.strict;
  if (!arguments.gate.empty()) options.only = gated_policy(arguments, scenario, comparison);
  return analysis::junit_xml(scenario, comparison, options);
}

int verdict_of_gate(const CompareArguments& arguments, const scenarios::Scenario& scenario,
                    const analysis::Comparison& comparison, Environment& environment) {
  const analysis::PolicyResult& policy =
      comparison.policies[gated_policy(arguments, scenario, comparison)];
  const std::size_t failed = policy.failed + (arguments.strict ? policy.inconclusive : 0);
  const int code = failed > 0                ? exit_code::failed
                   : policy.inconclusive > 0 ? exit_code::inconclusive
                                             : exit_code::good;
  const char* const word = code == exit_code::good     ? "passed"
                           : code == exit_code::failed ? "failed"
                                                       : "inconclusive";
  std::string line = fmt::format("gate {}: \"{}\" meets {} of {}", word, policy.name, policy.passed,
                                 analysis::counted(policy.objectives.size(), "objective"));
  if (policy.failed > 0) line += fmt::format(", misses {}", policy.failed);
  if (policy.inconclusive > 0) line += fmt::format(", {} inconclusive", policy.inconclusive);
  environment.error << line << '\n';
  return code;
}

void check_gate(const CompareArguments& arguments, const scenarios::Scenario& scenario) {
  if (arguments.strict && arguments.gate.empty() && arguments.junit.empty())
    throw UsageError{
        "--strict changes what --gate and --junit say of an objective that is "
        "inconclusive; without one of them it does nothing"};
  if (arguments.gate.empty() || arguments.gate == "*") return;
  scenarios::Scenario copy = scenario;
  restrict_policies(copy, {arguments.gate}, false);  // complains about an unknown name
}

// A file by itself, as whole as those of a directory.
struct OutputFile {
  explicit OutputFile(const std::filesystem::path& path)
      : directory{existing(path.has_parent_path() ? path.parent_path() : ".", path)},
        name{path.filename().string()} {
    if (name.empty() || std::filesystem::is_directory(path))
      throw UsageError{"cannot write " + path.string() + ": it is a directory"};
  }

  OutputDirectory directory;
  std::string name;

 private:
  // A file makes no directories: a slip in its path would become one.
  static std::filesystem::path existing(std::filesystem::path directory,
                                        const std::filesystem::path& path) {
    if (!std::filesystem::exists(directory))
      throw UsageError{"cannot write " + path.string() + ": there is no directory " +
                       directory.string()};
    return directory;
  }
};

std::string written_text(const std::string& directory) {
  return fmt::format("{0}/report.html{1}  {0}/report.md  {0}/results.json", directory,
                     analysis::has_page() ? "" : " (left out of this build)");
}

// "92 s on 8 cores, seed 7, digest 5f1c09ab77e2"
std::string effort_text(const analysis::Experiment& experiment,
                        const analysis::Comparison& comparison, unsigned jobs,
                        Clock::time_point started) {
  const double seconds = std::chrono::duration<double>(Clock::now() - started).count();
  const unsigned cores = jobs > 0 ? jobs : std::max(1U, std::thread::hardware_concurrency());
  return fmt::format("{} on {}, seed {}, digest {}", analysis::seconds_text(seconds),
                     analysis::counted(cores, "core"), experiment.seed,
                     comparison.digest.hex().substr(0, 12));
}

// Where what goes; made before the hours of simulation, so that a path that cannot be used is known
// by then.
struct Outputs {
  explicit Outputs(const CompareArguments& arguments) {
    if (!arguments.output.empty()) directory.emplace(arguments.output);
    if (!arguments.junit.empty()) junit.emplace(arguments.junit);
  }

  std::optional<OutputDirectory> directory;
  std::optional<OutputFile> junit;
};

}  // namespace

int compare(const CompareArguments& arguments, Environment& environment) {
  const Clock::time_point started = Clock::now();
  const scenarios::Scenario scenario = load(arguments.experiment);
  check_gate(arguments, scenario);
  const ExperimentArguments& asked = arguments.experiment;
  const analysis::ExperimentOptions options = options_of(asked, environment);
  Outputs outputs{arguments};
  const analysis::Experiment experiment =
      run_with_progress(scenario, options, environment.simulate, environment);
  if (experiment.replications == 0) {
    environment.error << "interrupted before the first replication was whole: nothing to say\n";
    return exit_code::interrupted;
  }
  const analysis::Comparison comparison = analysis::compare(scenario, experiment);
  const analysis::Request request{asked.overrides};
  const bool is_kept = outputs.directory || asked.json;
  const analysis::data::Report report =
      report_of(scenario, experiment, comparison, request, is_kept, asked.jobs, environment);
  const std::string data = is_kept ? analysis::page_json(report) : "";
  const std::string results =
      is_kept ? analysis::results_json(scenario, experiment, comparison, request, data) : "";
  if (outputs.directory)
    outputs.directory->write({{"report.html", analysis::page(data)},
                              {"report.md", analysis::markdown_report(report)},
                              {"results.json", results}});
  if (outputs.junit)
    outputs.junit->directory.write(
        {{outputs.junit->name, junit_of(arguments, scenario, comparison)}});
  if (asked.json)
    environment.out << results;
  else
    environment.out << analysis::terminal_report(report, {environment.colour, arguments.output})
                    << '\n'
                    << (outputs.directory ? written_text(arguments.output) + "     " : "")
                    << effort_text(experiment, comparison, asked.jobs, started) << '\n';
  if (experiment.interrupted()) return exit_code::interrupted;
  if (arguments.gate.empty()) return exit_code::good;
  return verdict_of_gate(arguments, scenario, comparison, environment);
}

}  // namespace seatrial::app
