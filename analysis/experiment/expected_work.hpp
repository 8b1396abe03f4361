// How much there is to simulate, by closed form, before anything runs: what `compare` says first.
#pragma once

#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

// Sessions that arrive in the warm-up and the phases of one run.
double expected_sessions(const models::WorldConfig&);

// Operations of those sessions, second devices included.
double expected_operations(const models::WorldConfig&);

// How often the gauges of one run look at a replica of a partition.
double expected_looks(const models::WorldConfig&);

// Seconds for all policies and replications on `jobs` cores, at the speed that one core of a
// machine of 2023 reached. A rough guess: the true speed shows after the first runs.
double expected_seconds(const scenarios::Scenario&, std::int64_t replications, unsigned jobs);

// Whether a fault or a limit that is full makes clients try again: how often is no closed form, so
// that work is not among the expected, and the seconds are the least.
bool is_lower_bound(const scenarios::Scenario&);

}  // namespace seatrial::analysis
