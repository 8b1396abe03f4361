// What is written of an experiment: the terminal's answer, report.md and results.json.
#pragma once

#include <string>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// How the experiment was asked for, beyond the scenario's text: what `verify` needs to repeat it.
struct Request {
  std::vector<std::string> overrides;  // "/pointer=value", as given
};

// The first screen: recommendation, table, why, trust. Ends with a newline.
std::string terminal_report(const scenarios::Scenario&, const Comparison&, bool colour);

// What is put into a pull request.
std::string markdown_report(const scenarios::Scenario&, const Experiment&, const Comparison&);

// Everything, for machines: docs/results.md. Nothing of the machine, the clock or the build is in
// it, so equal experiments give equal bytes.
std::string results_json(const scenarios::Scenario&, const Experiment&, const Comparison&,
                         const Request&);

// One policy's metrics over the whole run, by phase and by region: `seatrial run`.
std::string metrics_table(const scenarios::Scenario&, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
