// What was simulated, as short text: users, phases, replication lag, what each policy changes,
// what was assumed. It makes a report readable without its scenario.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "scenarios/scenario.hpp"

namespace seatrial::analysis {

// "East US 50 % (writes) and West Europe 50 %".
std::string users_text(const models::WorldConfig&);

// "normal (60 s, x1) and outage (60 s, x5, broker of West Europe unreachable)".
std::string phases_text(const models::WorldConfig&);

// Of one phase: "broker of West Europe unreachable".
std::vector<std::string> faults_of(const models::PhaseConfig&);

// "link lognormal: { median: 20ms, p99: 120ms }, varies_every 250ms"; empty when the lag is not
// stated.
std::string lag_text(const scenarios::Scenario&);

// What a policy sets beside the base: "session_token/carry: client, broker; session_token/key:
// document". Empty when nothing.
std::string changes_text(const scenarios::Scenario&, const std::string& policy);

// Values of one origin, "pods/max_queue: 10000", in the order of the world.
std::vector<std::string> values_of(const scenarios::Scenario&, const std::string& policy,
                                   scenarios::Origin);

// A value of a scenario as people write it, from its JSON: without quotes and outer braces.
std::string plain_value(const std::string& json);

// ("Users", "East US 50 % (writes) and West Europe 50 %"): all that policies share.
std::vector<std::pair<std::string, std::string>> setting_lines(const scenarios::Scenario&);

}  // namespace seatrial::analysis
