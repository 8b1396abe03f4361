#include "app/report_of.hpp"

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

}  // namespace seatrial::app
