// What a run will ask of pods, broker, store and links, and whether it will see enough to decide:
// closed forms, as lines for people and as the same content for machines.
#pragma once

#include <string>
#include <vector>

#include "analysis/capacity/evidence.hpp"
#include "analysis/capacity/offered_load.hpp"

namespace seatrial::analysis {

// One limit in one place; policies that load it alike share a row.
struct LoadRow {
  Demand demand;
  std::vector<std::string> policies;  // empty: all
};
std::vector<LoadRow> load_rows(const scenarios::Scenario&);

// A table: each limit, its use in every phase, and the load at which it is full.
std::vector<std::string> load_lines(const scenarios::Scenario&);

// What is full or nearly so in a phase, and what the simulation does not do about it.
std::vector<std::string> load_warnings(const scenarios::Scenario&);

// "own cart: needs 18,000 reads ...".
std::string evidence_text(const Evidence&, std::int64_t replications);
bool is_enough(const Evidence&, std::int64_t replications);

}  // namespace seatrial::analysis
