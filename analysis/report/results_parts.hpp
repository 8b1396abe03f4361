// Parts of results.json that have a file of their own, each as JSON text (docs/results.md).
#pragma once

#include <string>

#include "analysis/experiment/comparison.hpp"

namespace seatrial::analysis {

// A list of objects. 64-bit names are decimal strings, as not every reader of JSON has such
// numbers.
std::string violations_json(const scenarios::Scenario&, const Comparison&);

// Of one policy, an object: timeline, curves, since_write, blast, exercised.
std::string picture_json(const models::WorldConfig&, const PolicyResult&, const Timeline&);

// Of one policy, an object: the store as a whole in the windows of the timeline; what the scenario
// has none of is left out.
std::string store_timeline_json(const models::WorldConfig&, const Timeline&);

// Of one policy, a list: each fault of the store.
std::string recoveries_json(const models::WorldConfig&, const PolicyResult&);

}  // namespace seatrial::analysis
