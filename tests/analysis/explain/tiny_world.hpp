// A world in which every instant of a wrong read can be computed by hand: users in East, writes in
// West 40 ms away, 100 ms of lag beyond the wire, two pods that take turns; nothing else takes
// time.
#pragma once

#include "scenarios/scenario.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::analysis {

inline models::WorldConfig tiny_world() {
  using namespace models;
  WorldConfig config = quiet_world();
  config.regions.users = {{"West", 0}, {"East", 1}};
  config.regions.links = {link_of("West <> East", milliseconds(40))};
  config.store.replication_lag.link = constant(milliseconds(100));
  config.pods.count = 2;
  config.pods.balance = make_kind(balancing_axis(), "round_robin");
  config.workload.sessions_per_second = 1;
  config.workload.steps[0].actions = {action_of(ActionKind::update), pause_of(milliseconds(60)),
                                      action_of(ActionKind::read)};
  return config;
}

// "as is", "client", "broker", "strong" and "eventual".
inline scenarios::Scenario tiny_scenario(const models::WorldConfig& base = tiny_world()) {
  scenarios::Scenario scenario;
  scenario.baseline = "as is";
  scenario.policies.assign(5, scenarios::Policy{"as is", base});
  scenario.policies[1].name = "client";
  models::carry(scenario.policies[1].world, {"client"});
  scenario.policies[2].name = "broker";
  models::carry(scenario.policies[2].world, {"broker"});
  scenario.policies[2].world.session_token.key = models::TokenKey::document;
  scenario.policies[3].name = "strong";
  scenario.policies[3].world.store.consistency = models::Consistency::strong;
  scenario.policies[4].name = "eventual";
  scenario.policies[4].world.store.consistency = models::Consistency::eventual;
  return scenario;
}

}  // namespace seatrial::analysis
