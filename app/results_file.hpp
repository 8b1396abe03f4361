// Reads the results of an earlier `compare` for the subcommands that go on from them: verify, diff
// and whoever repeats a run. The file is untrusted: it has a limit, and every complaint has a
// place.
#pragma once

#include <string>

#include "analysis/experiment/run.hpp"
#include "analysis/report/saved_results.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::app {

struct ResultsFile {
  std::string path;  // of the file itself
  std::string text;  // its bytes
  analysis::SavedResults results;
};

// A results.json, or a directory that holds one. Throws UsageError.
ResultsFile read_results_file(const std::string& path);

// The scenario that the results are of, with its overrides, restricted to their policies. Throws
// UsageError or ScenarioError where this program cannot read it.
scenarios::Scenario scenario_of(const ResultsFile&);

// The seed, replications and order of ties that the results were made with; jobs and cancelling
// are the caller's.
analysis::ExperimentOptions options_of(const analysis::SavedResults&);

}  // namespace seatrial::app
