// The sentences of a report: who is recommended and why, what goes wrong without it, and why to
// believe it. Plain text; terminal and markdown lay it out.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// "3 of 4 objectives, 2.1 RU an operation (+0.3 over "as is")"; where more than the cost differs:
// "; against "as is": 27,700 per million fewer wrong reads, 0.21 % more served, +0.3 RU".
std::string standing_text(const Comparison&, std::size_t policy);

// "misses "other device" (1,300 > 200 per million in surge)", and what the scenario's
// warnings say of it: "mind: Azure blocks ..."; empty when all are met and nothing is doubtful.
std::string shortfall_text(const scenarios::Scenario&, const Comparison&, std::size_t policy);

// "27,700 per million fewer wrong reads", "0.21 % more served", "11 more writes lost a fault".
std::string outcome_text(const OutcomeDifference&);

// Why the recommended one stands before the runner-up, where their objectives do not decide after
// what clearly differs; empty without one.
std::string preference_text(const Comparison&);

// " in West, surge", " outside outage"; nothing where there is but one place.
std::string place_text(const scenarios::Scenario&, const scenarios::Objective&,
                       const ObjectivePart&);

// The same, without what the objective says itself: where it is worst, of several places.
std::string chosen_place_text(const scenarios::Scenario&, const scenarios::Objective&,
                              const ObjectivePart&);

// "1,300 > 200 per million in surge"; of one that is inconclusive also how many replications would
// decide. `objective` is the index in the scenario.
std::string against_limit_text(const scenarios::Scenario&, const Comparison&, std::size_t objective,
                               const ObjectiveResult&);

// Policy minus baseline, one text an objective, what clearly differs besides, and one for RU, in
// the order of concerns (analysis/statistics/concern.hpp): "own cart, outage: 20,000 per million
// fewer [19,000, 21,000]", "served: equivalent". Empty for the baseline.
std::vector<std::string> difference_texts(const scenarios::Scenario&, const Experiment&,
                                          const Comparison&, std::size_t policy);

// Values that change nothing under any policy: counted, they would make a scenario look less known
// than it is.
std::set<std::string> idle_everywhere(const scenarios::Scenario&);

// (what, line) pairs: inputs, self-checks, statistics.
std::vector<std::pair<std::string, std::string>> trust_lines(const scenarios::Scenario&,
                                                             const Comparison&);

}  // namespace seatrial::analysis
