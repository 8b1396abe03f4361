// A small valid scenario, and the messages that a change of it brings.
#pragma once

#include <string>
#include <vector>

#include "scenarios/load.hpp"

namespace seatrial::scenarios {

inline std::string small_scenario() {
  return R"({
  "title": "Small",
  "question": "Does it load?",
  "regions": {
    "matrix": "azure-2026-07",
    "users": { "East US": "60%", "West Europe": "40%" }
  },
  "store": {
    "write_region": "East US",
    "consistency": "session",
    "replication_lag": "20ms"
  },
  "broker": {
    "client": { "timeout": "50ms", "timeout_check": "100ms" }
  },
  "pods": { "count": 2 }, "data": {
    "cart": { "owner": "user", "size": "4 KB" }
  },
  "workload": {
    "sessions": "5/s",
    "steps": {
      "add": { "share": "100%", "do": [ { "update": "cart" }, { "read": "cart" } ] }
    }
  },
  "phases": [
    { "name": "normal", "for": "2min" }
  ],
  "policies": {
    "as is": {},
    "redis": { "session_token": { "carry": [ "broker" ] } }
  },
  "objectives": {
    "own cart": { "metric": "ryw", "of": "cart", "at_most": "10 per million" }
  }
}
)";
}

// The small scenario with one text replaced, which must stand in it.
inline std::string changed(const std::string& from, const std::string& to) {
  std::string text = small_scenario();
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error{"not in the scenario: " + from};
  return text.replace(at, from.size(), to);
}

inline Scenario parsed(std::string text, const std::vector<std::string>& overrides = {}) {
  return parse_scenario(std::move(text), "a.json", overrides);
}

// One line a problem; empty if the scenario loads.
inline std::vector<std::string> errors_of(std::string text,
                                          const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> lines;
  try {
    parsed(std::move(text), overrides);
  } catch (const ScenarioError& error) {
    for (const Problem& problem : error.problems) lines.push_back(to_line(problem));
  }
  return lines;
}

}  // namespace seatrial::scenarios
