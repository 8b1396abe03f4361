#include "app/report_of.hpp"

#include "analysis/explain/diagram.hpp"
#include "analysis/explain/explain.hpp"

namespace seatrial::app {

analysis::data::Report report_of(const scenarios::Scenario& scenario,
                                 const analysis::Experiment& experiment,
                                 const analysis::Comparison& comparison,
                                 const analysis::Request& request, bool pairs, unsigned jobs,
                                 const Environment& environment) {
  std::string shown;
  if (pairs && environment.explain && !experiment.interrupted()) {
    analysis::ExplainOptions options;
    options.seed = experiment.seed;
    options.shuffle_ties = experiment.shuffle_ties;
    options.jobs = jobs;
    options.cancelled = environment.interrupted;
    shown = environment.explain(scenario, comparison, options);
  }
  return analysis::report_data(scenario, experiment, comparison, request, shown);
}

std::string worth_reading(const scenarios::Scenario& scenario,
                          const analysis::Comparison& comparison,
                          const analysis::ExplainOptions& options) {
  constexpr std::size_t most_pairs = 3;
  return analysis::pairs_json(
      analysis::explain(scenario, options, analysis::worth_showing(comparison, most_pairs)));
}

}  // namespace seatrial::app
