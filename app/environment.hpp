// What a subcommand may touch of the outside: its streams, the simulation and the wish to stop.
// Tests put strings and synthetic runs in their place.
#pragma once

#include <functional>
#include <iosfwd>

#include "analysis/experiment/comparison.hpp"
#include "analysis/explain/explain.hpp"

namespace seatrial::app {

using SimulateWatched = std::function<analysis::RunSummary(
    const models::WorldConfig&, const models::RunOptions&, models::Observer&)>;

// The wrong reads worth showing, as the JSON of pairs_json().
using Explain = std::function<std::string(const scenarios::Scenario&, const analysis::Comparison&,
                                          const analysis::ExplainOptions&)>;

struct Environment {
  std::ostream& out;    // data
  std::ostream& error;  // everything else
  bool colour = false;  // of out: a terminal, and NO_COLOR is not set
  bool live = false;    // error is a terminal: show progress
  analysis::Simulate simulate;
  SimulateWatched simulate_watched;
  std::function<bool()> interrupted = [] { return false; };
  Explain explain = {};       // none: nothing is shown
  std::size_t columns = 100;  // of the terminal that `out` is; else of a page
};

// Exit codes: they mirror the verdicts, so that a pipeline can gate on them.
namespace exit_code {
inline constexpr int good = 0;
inline constexpr int failed = 1;        // --gate: an objective is missed
inline constexpr int usage = 2;         // arguments, scenario, or a path that cannot be used
inline constexpr int inconclusive = 3;  // --gate: none is missed, but not all are decided
inline constexpr int different = 4;     // verify: not the same experiment any more
inline constexpr int internal = 5;      // a fault of seatrial
inline constexpr int interrupted = 130;
}  // namespace exit_code

}  // namespace seatrial::app
