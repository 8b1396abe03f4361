#include "app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <ostream>
#include <system_error>

#include "analysis/report/excerpt.hpp"
#include "analysis/report/version.hpp"
#include "app/arguments.hpp"
#include "scenarios/problems.hpp"

namespace seatrial::app {
namespace {

constexpr const char* exit_codes =
    "Exit codes: 0 good; with --gate 1 an objective is missed, 3 inconclusive (--strict: 1); 2 "
    "wrong "
    "usage, scenario\nor path; 4 verify or explain found a difference; 5 a fault of seatrial; 130 "
    "interrupted.";

struct Commands {
  CompareArguments compare;
  RunArguments run;
  ValidateArguments validate;
  InitArguments init;
  VerifyArguments verify;
  ReportArguments report;
  ExplainArguments explain;
  DiffArguments diff;
  CompletionArguments completion;
  TokenArguments token;
  std::string list;
};

// Reading an unsigned number accepts a minus and wraps around.
std::string not_negative(const std::string& value) {
  return value.find('-') == std::string::npos ? "" : "a seed is not negative: " + value;
}

void add_scenario_options(CLI::App& command, ExperimentArguments& arguments) {
  command.add_option("FILE", arguments.file, "scenario file")->required();
  command.add_option("--set", arguments.overrides, "replace a value: /pointer=value; repeatable")
      ->take_all()
      ->allow_extra_args(false)
      ->option_text("/POINTER=VALUE");
  command
      .add_option("--prices", arguments.prices,
                  "file with your prices, instead of the scenario's: the keys of /prices")
      ->option_text("FILE");
  command.add_option("--seed", arguments.seed, "seed, instead of the scenario's")
      ->check(not_negative)
      ->option_text("N");
  command
      .add_option("--replications", arguments.replications,
                  "replications, instead of the scenario's")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000}))
      ->option_text("N");
  command.add_option("-j,--jobs", arguments.jobs, "runs at the same time; 0: one for each core");
  command.add_flag("--json", arguments.json, "machine-readable data on standard output");
}

void add_run_options(CLI::App& command, ExperimentArguments& arguments) {
  add_scenario_options(command, arguments);
  command
      .add_option("--tie-order", arguments.tie_order,
                  "order of events of one instant: fifo or shuffled:SEED; a verdict that "
                  "depends on it is not one")
      ->option_text("ORDER");
}

void add_compare(CLI::App& app, CompareArguments& arguments) {
  CLI::App& command = *app.add_subcommand(
      "compare", "run all policies under the same load and say which one to take");
  add_run_options(command, arguments.experiment);
  command
      .add_option("--policy", arguments.experiment.policies,
                  "only this policy and the baseline; repeatable")
      ->allow_extra_args(false)
      ->option_text("NAME");
  command
      .add_option("-o,--output", arguments.output,
                  "directory for report.html, report.md and results.json")
      ->option_text("DIR");
  command
      .add_flag("--gate{*}", arguments.gate,
                "exit with the verdict of the recommended policy, or of the one named")
      ->option_text("[=POLICY]");
  command
      .add_option("--junit", arguments.junit,
                  "write one test case for each policy and objective, as JUnit XML")
      ->option_text("FILE");
  command.add_flag("--strict", arguments.strict,
                   "with --gate or --junit: what is inconclusive counts as missed");
  command.footer(exit_codes);
}

void add_run(CLI::App& app, RunArguments& arguments) {
  CLI::App& command = *app.add_subcommand("run", "run one policy and print its metrics");
  add_run_options(command, arguments.experiment);
  command.add_option("--policy", arguments.experiment.policies, "which; left out: the baseline")
      ->expected(1);
  command.add_option("--history", arguments.history,
                     "write everything observed in one replication (0, or that of "
                     "--history-replication), one JSON object a line");
  command.add_option("--history-replication", arguments.history_replication,
                     "which replication --history writes, from 0; left out: 0");
}

void add_report(CLI::App& app, ReportArguments& arguments) {
  CLI::App& command = *app.add_subcommand(
      "report", "make report.html and report.md anew from a results.json; simulate nothing");
  command.add_option("RESULTS", arguments.results, "results.json, or a directory with one")
      ->required();
  command.add_option("-o,--output", arguments.output,
                     "directory for both; left out: where the results are");
}

void add_diff(CLI::App& app, DiffArguments& arguments) {
  CLI::App& command = *app.add_subcommand("diff", "say what changed between two results");
  command.add_option("OLD", arguments.older, "results.json, or a directory with one")->required();
  command.add_option("NEW", arguments.newer, "the same, of the newer one")->required();
  CLI::Option* const json =
      command.add_flag("--json", arguments.json, "machine-readable data on standard output");
  command.add_flag("--markdown", arguments.markdown, "for a pull request")->excludes(json);
  command
      .add_flag(
          "--gate{*}", arguments.gate,
          "exit with 1 if a verdict of what is recommended, or of the policy named, got "
          "worse; with 3 if one is no longer decided, or an objective is gone or defined anew")
      ->option_text("[=POLICY]");
}

void add_explain(CLI::App& app, ExplainArguments& arguments) {
  CLI::App& command = *app.add_subcommand(
      "explain", "show one wrong read beside the same read under another policy");
  command.add_option("RESULTS", arguments.results, "results.json, or a directory with one")
      ->required();
  command
      .add_option("--violation", arguments.violation,
                  "its number in the results; left out: all are listed")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{UINT32_MAX}))
      ->option_text("N");
  command
      .add_option("--beside", arguments.beside,
                  "the other policy; left out: the recommended one, or the runner-up")
      ->option_text("POLICY");
  command.add_option("-j,--jobs", arguments.jobs, "runs at the same time; 0: one a core")
      ->option_text("N");
  command.add_flag("--json", arguments.json, "machine-readable data on standard output");
}

void add_shell(CLI::App& app, CompletionArguments& arguments) {
  CLI::App& command = *app.add_subcommand("completion", "print the completion of a shell");
  CLI::Option* const shell =
      command
          .add_option("SHELL", arguments.shell, "for example: source <(seatrial completion bash)")
          ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command
      .add_option("--policies", arguments.policies,
                  "print the names of this scenario's policies instead, one a line")
      ->option_text("FILE")
      ->excludes(shell);
  app.add_subcommand("man", "print the man page: seatrial man | man -l -");
}

void add_validate(CLI::App& app, ValidateArguments& arguments) {
  CLI::App& command =
      *app.add_subcommand("validate", "check a scenario and read it back; simulate nothing");
  add_scenario_options(command, arguments.experiment);
  command
      .add_option("--resolved", arguments.resolved,
                  "print every value of this policy's world with its origin instead")
      ->option_text("POLICY");
}

void add_init(CLI::App& app, InitArguments& arguments) {
  CLI::App& command =
      *app.add_subcommand("init", "write a commented starting file; \"?\" marks what you must say");
  command.add_option("-o,--output", arguments.output, "file; left out: standard output");
  command
      .add_option("--cosmos", arguments.cosmos,
                  "take regions and consistency from the output of az cosmosdb show")
      ->option_text("FILE");
  command
      .add_option("--k8s", arguments.k8s,
                  "take pods from the output of kubectl get deploy,hpa -o json; repeatable")
      ->take_all()
      ->allow_extra_args(false)
      ->option_text("FILE");
  command
      .add_option("--deployment", arguments.deployment,
                  "which deployment of --k8s, if there are several")
      ->option_text("NAME");
  command.add_flag("--force", arguments.force, "replace a file that exists");
}

void add_others(CLI::App& app, Commands& commands) {
  CLI::App& verify = *app.add_subcommand(
      "verify", "repeat the experiment of a results.json and compare it, step by step");
  verify.add_option("RESULTS", commands.verify.results, "results.json")->required();
  verify.add_option("-j,--jobs", commands.verify.jobs, "runs at the same time; 0: one a core");
  CLI::App& token =
      *app.add_subcommand("token", "read session tokens as the store's client libraries send them");
  token.add_option("TOKEN", commands.token.token, "a header x-ms-session-token, as 0:1#57#1=57")
      ->required();
  token
      .add_option("--replica", commands.token.replica,
                  "how far a replica is, likewise: may it answer, and what is remembered then")
      ->option_text("TOKEN");
  app.add_subcommand("schema", "the JSON Schema of scenario files, for editors");
  CLI::App& list = *app.add_subcommand("list", "what a scenario can name");
  list.add_option("WHAT", commands.list, "what to list; left out: what there is to list")
      ->check(CLI::IsMember({"strategies", "faults", "metrics", "regions", "distributions",
                             "defaults", "reference"}));
}

int dispatch(const CLI::App& app, const Commands& commands, Environment& environment) {
  if (app.got_subcommand("compare")) return compare(commands.compare, environment);
  if (app.got_subcommand("run")) return run(commands.run, environment);
  if (app.got_subcommand("validate")) return validate(commands.validate, environment);
  if (app.got_subcommand("report")) return report(commands.report, environment);
  if (app.got_subcommand("diff")) return diff(commands.diff, environment);
  if (app.got_subcommand("completion"))
    return completion(tree_of(app), commands.completion, environment);
  if (app.got_subcommand("man")) return man(tree_of(app), environment);
  if (app.got_subcommand("init")) return init(commands.init, environment);
  if (app.got_subcommand("verify")) return verify(commands.verify, environment);
  if (app.got_subcommand("explain")) return explain(commands.explain, environment);
  if (app.got_subcommand("token")) return token(commands.token, environment);
  if (app.got_subcommand("schema")) return schema(environment);
  return list(commands.list, environment);
}

// A message may quote names of a file that somebody else wrote: none steers the terminal.
void complain(std::string_view message, Environment& environment) {
  environment.error << "seatrial: " << analysis::printable(message) << '\n';
}

int guarded(const CLI::App& app, const Commands& commands, Environment& environment) {
  try {
    return dispatch(app, commands, environment);
  } catch (const scenarios::ScenarioError& error) {
    for (const scenarios::Problem& problem : error.problems)
      environment.error << to_line(problem) << '\n';
    return exit_code::usage;
  } catch (const UsageError& error) {
    complain(error.what(), environment);
    return exit_code::usage;
  } catch (const std::system_error& error) {
    complain(error.what(), environment);
    return exit_code::usage;
  } catch (const std::exception& error) {
    complain(std::string{"internal error: "} + error.what(), environment);
    return exit_code::internal;
  }
}

// "--gate NAME" is no gate on NAME: the name is read as a stray argument.
void hint_at_gate(const std::vector<std::string>& arguments, Environment& environment) {
  const auto gate = std::find(arguments.begin(), arguments.end(), "--gate");
  if (gate == arguments.end() || gate + 1 == arguments.end() || (gate + 1)->starts_with('-'))
    return;
  environment.error << "to gate on a policy, write --gate=POLICY\n";
}

// CLI11 says of an unknown command only that one is required.
bool complain_of_unknown_command(const CLI::App& app, const std::vector<std::string>& arguments,
                                 Environment& environment) {
  if (arguments.empty() || arguments.front().starts_with('-')) return false;
  std::string names;
  for (const CLI::App* command : app.get_subcommands({})) {
    if (command->get_name() == arguments.front()) return false;
    names += (names.empty() ? "" : ", ") + command->get_name();
  }
  environment.error << "seatrial: no command \"" << arguments.front() << "\"; there are " << names
                    << '\n';
  return true;
}

}  // namespace

int run_command_line(const std::vector<std::string>& arguments, Environment& environment) {
  Commands commands;
  CLI::App app{"seatrial compares session-token policies of a system before you deploy one.",
               "seatrial"};
  app.set_version_flag("--version", "seatrial " + std::string{analysis::program_version});
  app.require_subcommand(1);
  add_compare(app, commands.compare);
  add_run(app, commands.run);
  add_report(app, commands.report);
  add_explain(app, commands.explain);
  add_diff(app, commands.diff);
  add_validate(app, commands.validate);
  add_init(app, commands.init);
  add_others(app, commands);
  add_shell(app, commands.completion);
  app.footer(exit_codes);
  if (complain_of_unknown_command(app, arguments, environment)) return exit_code::usage;
  std::vector<std::string> reversed{arguments.rbegin(), arguments.rend()};  // as CLI11 wants them
  try {
    app.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error, environment.out, environment.error);
    if (code == 0) return exit_code::good;
    hint_at_gate(arguments, environment);
    return exit_code::usage;
  }
  return guarded(app, commands, environment);
}

}  // namespace seatrial::app
