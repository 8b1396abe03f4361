// What the command line says, as plain data; each subcommand takes one of these.
#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "analysis/experiment/run.hpp"
#include "app/command_tree.hpp"
#include "app/environment.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::app {

struct ExperimentArguments {
  std::string file;
  std::vector<std::string> overrides;  // --set /pointer=value
  std::string prices;                  // --prices, a file; empty: the scenario's
  std::vector<std::string> policies;   // --policy; empty: all
  std::optional<std::uint64_t> seed;
  std::optional<std::int64_t> replications;
  std::string tie_order = "fifo";  // or "shuffled:SEED"
  unsigned jobs = 0;
  bool json = false;
};

struct CompareArguments {
  ExperimentArguments experiment;
  std::string output;   // -o; empty: nothing is written
  std::string gate;     // a policy; "*": the recommended one; empty: none
  std::string junit;    // a file; empty: none
  bool strict = false;  // what is inconclusive counts as missed, for --gate and --junit
};

struct RunArguments {
  ExperimentArguments experiment;
  std::string history;  // NDJSON of one replication
  std::uint32_t history_replication = 0;
};

struct ValidateArguments {
  ExperimentArguments experiment;
  std::string resolved;  // a policy: print its values instead
};

// A starting file. Reads what `az cosmosdb show` and `kubectl get deploy,hpa -o json` printed.
struct InitArguments {
  std::string output;  // empty: standard output
  std::string cosmos;
  std::vector<std::string> k8s;
  std::string deployment;  // of several, the one to take
  bool force = false;
};

struct VerifyArguments {
  std::string results;
  unsigned jobs = 0;
};

struct ReportArguments {
  std::string results;  // results.json, or a directory with one
  std::string output;   // -o; empty: where the results are
};

struct ExplainArguments {
  std::string results;  // results.json, or a directory with one
  std::optional<std::uint64_t> violation;
  std::string beside;  // a policy; empty: the recommended one, or the runner-up
  unsigned jobs = 0;
  bool json = false;
};

struct DiffArguments {
  std::string older, newer;  // results.json, or a directory with one
  std::string gate;          // a policy; "*": what each recommends; empty: none
  bool json = false;
  bool markdown = false;
};

struct CompletionArguments {
  std::string shell;     // bash, zsh, fish
  std::string policies;  // a scenario: print the names of its policies instead
};

struct TokenArguments {
  std::string token;    // a header x-ms-session-token
  std::string replica;  // how far replicas are, likewise; empty: not said
};

// The command line asks for something that cannot be: the message says what.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

int compare(const CompareArguments&, Environment&);
int run(const RunArguments&, Environment&);
int validate(const ValidateArguments&, Environment&);
int init(const InitArguments&, Environment&);
int verify(const VerifyArguments&, Environment&);
int report(const ReportArguments&, Environment&);
int explain(const ExplainArguments&, Environment&);
int diff(const DiffArguments&, Environment&);
int completion(const CommandNode&, const CompletionArguments&, Environment&);
int man(const CommandNode&, Environment&);
// `what`: strategies, faults, metrics, regions, distributions, defaults, reference; empty: all
// names of these.
int list(const std::string& what, Environment&);
// Reads session tokens in the public form, and holds them against replicas.
int token(const TokenArguments&, Environment&);
// The JSON Schema of scenario files.
int schema(Environment&);

// The scenario as the arguments want it, restricted to the policies asked for (the baseline stays).
scenarios::Scenario load(const ExperimentArguments&);

void print_warnings(const scenarios::Scenario&, Environment&);

// Only these policies, and the baseline where `keep_baseline`.
void restrict_policies(scenarios::Scenario&, const std::vector<std::string>& names,
                       bool keep_baseline);

analysis::ExperimentOptions options_of(const ExperimentArguments&, const Environment&);

// "92 s"; and that it is more where clients try again.
std::string expected_time(const scenarios::Scenario&, std::int64_t replications, unsigned jobs);

// Runs with a progress bar where somebody looks. Says the expected time first.
analysis::Experiment run_with_progress(const scenarios::Scenario&, analysis::ExperimentOptions,
                                       const analysis::Simulate&, Environment&);

}  // namespace seatrial::app
