// What is written of an experiment: the terminal's answer, report.md and results.json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

namespace data {
struct Report;  // analysis/report/page_data.hpp
}

// How the experiment was asked for, beyond the scenario's text: what `verify` needs to repeat it.
struct Request {
  std::vector<std::string> overrides;  // "/pointer=value", as given
};

struct TerminalOptions {
  bool colour = false;
  std::string results;  // where they were written; empty: nowhere, so nothing can be explained
};

// The first screen: recommendation, table, why, trust. Ends with a newline. Whatever names hold,
// nothing of them steers the terminal.
std::string terminal_report(const data::Report&, const TerminalOptions&);

// What is put into a pull request. Whatever names hold, GitHub shows them as text.
std::string markdown_report(const data::Report&);

// Everything, for machines: docs/results.md. Nothing of the machine, the clock or the build is in
// it, so equal experiments give equal bytes. `page` is the report's data as JSON; it stands last,
// in one line, and is left out when empty.
std::string results_json(const scenarios::Scenario&, const Experiment&, const Comparison&,
                         const Request&, std::string_view page = {});

// One policy's metrics over the whole run, by phase and by region: `seatrial run`.
std::string metrics_table(const scenarios::Scenario&, const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
