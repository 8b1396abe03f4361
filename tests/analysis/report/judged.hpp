// Synthetic experiments, judged: what reports are tested with.
#pragma once

#include "analysis/report/page_data.hpp"
#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis::synthetic {

// Without line ends and indents: where a text is wrapped is no law.
inline std::string flat(const std::string& text) {
  std::string words;
  for (const char letter : text) {
    const bool blank = letter == ' ' || letter == '\n';
    if (!blank || (!words.empty() && words.back() != ' ')) words += blank ? ' ' : letter;
  }
  return words;
}

struct Judged {
  scenarios::Scenario scenario;
  Experiment experiment;
  Comparison comparison;

  data::Report report(const std::string& pairs_json = "") const {
    return report_data(scenario, experiment, comparison, {}, pairs_json);
  }
  std::string terminal(const TerminalOptions& options = {}) const {
    return terminal_report(report(), options);
  }
  std::string markdown() const { return markdown_report(report()); }
};

inline Judged example(unsigned jobs = 1) {
  Behaviour wrong, cured;
  wrong.wrong_per_10000 = wrong.wrong_in_outage = 208;
  cured.ru_thousandths = 1500;
  const Behaviours behaviours{{"as is", wrong}, {"token", cured}};
  Judged judged;
  judged.scenario = scenario_of(behaviours, "as is");
  judged.scenario.objectives = {own_cart(0.001)};
  judged.scenario.resolved["token"] = {
      {"/regions/request_timeout", "\"30min\"", scenarios::Origin::file, "", 12},
      {"/pods/cpu", "2", scenarios::Origin::assumed, "assumed", 0}};
  ExperimentOptions options;
  options.jobs = jobs;
  judged.experiment = run_experiment(judged.scenario, options, simulation_of(behaviours));
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

// Whose best policy still misses or cannot decide `limit`.
inline Judged unmet(std::uint64_t wrong_in_outage, double limit) {
  Behaviour bad, better;
  bad.wrong_per_10000 = bad.wrong_in_outage = 500;
  bad.ru_thousandths = 1500;
  better.wrong_in_outage = wrong_in_outage;
  better.west_read_ns = 45'000'000;
  const Behaviours behaviours{{"as is", bad}, {"token", better}};
  Judged judged;
  judged.scenario = scenario_of(behaviours, "as is");
  judged.scenario.objectives = {own_cart(limit), own_cart(0.9)};
  judged.experiment = run_experiment(judged.scenario, {}, simulation_of(behaviours));
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

}  // namespace seatrial::analysis::synthetic
