// The data of a report, with the wrong reads worth showing: what `compare` writes and `verify`
// makes again.
#pragma once

#include "analysis/report/page_data.hpp"
#include "app/environment.hpp"

namespace seatrial::app {

// With `pairs`, wrong reads are simulated again to be shown; not of an interrupted experiment, so
// that what was written does not depend on when somebody lost patience.
analysis::data::Report report_of(const scenarios::Scenario&, const analysis::Experiment&,
                                 const analysis::Comparison&, const analysis::Request&, bool pairs,
                                 unsigned jobs, const Environment&);

// The wrong reads that a report shows, explained, as the JSON of pairs_json(): each runs again.
std::string worth_reading(const scenarios::Scenario&, const analysis::Comparison&,
                          const analysis::ExplainOptions&);

}  // namespace seatrial::app
