// Which values of a policy change nothing in its world: those of what it does not use, which the
// warnings name where somebody wrote them, and defaults that say "none". What a report counts as
// assumed must be able to move the answer.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// A value that acts only in some worlds, with all that stands below it.
struct Rule {
  std::string pointer;
  std::function<bool(const models::WorldConfig&)> used;
  std::string why;
};

// The workload is the same under every policy: one world of the scenario tells.
std::vector<Rule> rules_for(const models::WorldConfig&);

// JSON pointers, of the policy's `values`.
std::set<std::string> idle_values(const models::WorldConfig&,
                                  const std::vector<ResolvedValue>& values);

}  // namespace seatrial::scenarios
