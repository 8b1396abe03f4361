// The warnings of checks.hpp: values that nothing uses, and worlds that are doubtful.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/faults/timeline.hpp"
#include "models/network/azure_matrix.hpp"
#include "scenarios/checks.hpp"
#include "scenarios/idle_values.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

using models::WorldConfig;

bool uses_broker(const WorldConfig& world) { return carries(world.session_token, "broker"); }

bool publishes_later(const WorldConfig& world) {
  return uses_broker(world) && world.session_token.asynchronous;
}

bool has_several_regions(const WorldConfig& world) { return world.regions.users.size() > 1; }

bool has_several_write_regions(const WorldConfig& world) {
  return world.store.write_regions.size() > 1;
}

bool has_second_device(const WorldConfig& world) {
  return world.workload.second_device.present && world.workload.second_device.share > 0;
}

bool acts_on(const WorldConfig& world, const std::string& data_class, bool only_updates) {
  for (const auto& step : world.workload.steps) {
    for (const auto& action : step.actions) {
      const bool counts = action.kind == models::ActionKind::update ||
                          (action.kind != models::ActionKind::pause && !only_updates);
      if (counts && action.data_class == data_class) return true;
    }
  }
  return false;
}

// Whether a fault takes down a region that writes, or that a strong commit waits for.
bool fails_over(const WorldConfig& world) {
  if (models::quorum_of(world.store) != nullptr) return false;
  if (world.store.write_regions.size() > 1) return false;  // the others go on
  const bool any_region = world.store.consistency == models::Consistency::strong;
  for (const auto& phase : world.phases) {
    for (const auto& fault : phase.faults) {
      using enum models::FaultKind;
      if (fault.kind != region && fault.kind != store) continue;
      if (any_region || fault.region == world.store.write_region) return true;
    }
  }
  return false;
}

std::string why_no_failover(const WorldConfig& world) {
  if (models::quorum_of(world.store) != nullptr)
    return "a quorum has no leader whose writes could be taken over";
  if (has_several_write_regions(world)) return "the other write regions go on";
  return "no fault takes down the region that writes";
}

bool keeps_log(const WorldConfig& world) { return models::quorum_of(world.store) == nullptr; }

bool any_class(const WorldConfig& world, bool (*fits)(models::Consistency)) {
  return std::any_of(world.data.begin(), world.data.end(), [&](const auto& data) {
    return fits(level_of(data.consistency, world.store.consistency));
  });
}

bool heeds_tokens(const WorldConfig& world) {
  return any_class(world, [](models::Consistency level) { return heeds_token(level); });
}

bool leaves_region_early(const WorldConfig& world) {
  return world.store.session_retry.prefer == models::PreferredRegion::remote;
}

void add_retry_rules(std::vector<Rule>& rules) {
  const std::string no_token = "at this level no read heeds a token";
  const std::string retry = "/store/session_retry";
  const auto is_early = [](const WorldConfig& w) {
    return !heeds_tokens(w) || leaves_region_early(w);
  };
  rules.push_back({retry, heeds_tokens, no_token});
  for (const char* const key : {"/in_region_retries", "/min_in_region_time"})
    rules.push_back({retry + key, is_early, "only reads that prefer another region heed it"});
  rules.push_back({"/store/on_token_unsatisfied", heeds_tokens, no_token});
}

bool reads_one_by_one(const WorldConfig& world) {
  return keeps_log(world) &&
         any_class(world, [](models::Consistency level) { return !asks_quorum(level); });
}

void add_level_rules(std::vector<Rule>& rules) {
  rules.push_back({"/store/staleness_bound",
                   [](const WorldConfig& w) {
                     return w.store.consistency == models::Consistency::bounded_staleness &&
                            has_several_regions(w);
                   },
                   "no write is turned away but at \"bounded_staleness\", with several regions"});
  rules.push_back({"/store/hedge",
                   [](const WorldConfig& w) {
                     return has_several_regions(w) && reads_one_by_one(w) &&
                            !has_several_write_regions(w) &&
                            w.store.read_from != models::ReadFrom::primary;
                   },
                   "there is no other region, or every read asks several replicas of its own, or "
                   "several regions take writes"});
}

bool has_crashes(const WorldConfig& world) {
  return std::any_of(world.phases.begin(), world.phases.end(), [](const auto& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(),
                       [](const auto& fault) { return fault.kind == models::FaultKind::replicas; });
  });
}

// Whether a replica of a quorum may fail to acknowledge in time.
bool hands_off(const WorldConfig& world) {
  const models::QuorumConfig* const quorum = models::quorum_of(world.store);
  if (quorum == nullptr) return false;
  const double slowest = quorum->legs.write.quantile(1) + quorum->legs.write_ack.quantile(1);
  return quorum->lost_writes > 0 || has_crashes(world) ||
         slowest > static_cast<double>(quorum->hinted_handoff.after.ns());
}

bool compares_replicas(const WorldConfig& world) {
  const models::QuorumConfig* const quorum = models::quorum_of(world.store);
  return quorum != nullptr && quorum->anti_entropy.present &&
         models::end_of_phases(world).since_start() >= quorum->anti_entropy.every;
}

// What a store without a leader has no use for.
void add_log_rules(std::vector<Rule>& rules) {
  const std::string of_quorum = "a quorum has its own; did you mean /store/replication/";
  const std::string legs =
      "the legs of a quorum say how long its replicas take: /store/replication/legs";
  const std::array<std::pair<const char*, std::string>, 9> unused{{
      {"write_region", "a quorum has no leader: every replica takes writes"},
      {"replicas", of_quorum + "replicas?"},
      {"write_quorum", of_quorum + "write_quorum?"},
      {"sdk", "no read of a quorum waits for a session token"},
      {"read_from", "which replicas a quorum asks is said by /store/replication/read_fanout"},
      {"in_region_lag", legs},
      {"read_service", legs},
      {"write_service", legs},
      {"request_units_per_second", "a quorum turns nothing away (429): not modelled"},
  }};
  for (const auto& [key, why] : unused) {
    rules.push_back({std::string{"/store/"} + key, keeps_log, why});
  }
  rules.push_back({"/store/replication/hinted_handoff", hands_off,
                   "every replica acknowledges before a write would be sent again"});
  rules.push_back({"/store/replication/anti_entropy", compares_replicas,
                   "the run is over before replicas compare for the first time"});
  rules.push_back({"/session_token", keeps_log, "no answer of a quorum carries a session token"});
  rules.push_back({"/store/replication_lag",
                   [](const WorldConfig& w) { return has_several_regions(w) && keeps_log(w); },
                   "there is only one region, or no log"});
}

// Whether a primary may crash by itself: one of the region that writes, at the start or after a
// failover.
bool switches_over(const WorldConfig& world) {
  return std::any_of(world.phases.begin(), world.phases.end(), [](const auto& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(), [](const auto& fault) {
      return fault.kind == models::FaultKind::switchover;
    });
  });
}

bool may_elect(const WorldConfig& world) {
  if (!keeps_log(world)) return false;
  for (const auto& phase : world.phases) {
    for (const auto& fault : phase.faults) {
      if (fault.kind != models::FaultKind::replicas) continue;
      if (fault.region == world.store.write_region || world.store.failover.present) return true;
      if (switches_over(world)) return true;
    }
  }
  return false;
}

void add_data_rules(const WorldConfig& world, std::vector<Rule>& rules) {
  for (const auto& entry : world.data) {
    const std::string pointer = "/data/" + escaped(entry.name);
    const std::string name = entry.name;
    // The workload is the same under every policy: to ask once is enough.
    const bool is_used = acts_on(world, name, false);
    const bool is_updated = acts_on(world, name, true) ||
                            (is_used && entry.owner == models::Owner::user &&
                             has_second_device(world) && world.workload.second_device.updates);
    rules.push_back(
        {pointer, [is_used](const WorldConfig&) { return is_used; }, "no step uses it"});
    if (!is_used) continue;
    rules.push_back({pointer + "/update", [is_updated](const WorldConfig&) { return is_updated; },
                     "no step updates this class"});
    rules.push_back({pointer + "/paths", [is_updated](const WorldConfig&) { return is_updated; },
                     "no step updates this class"});
    rules.push_back({pointer + "/patch_size",
                     [name](const WorldConfig& w) {
                       return std::any_of(w.data.begin(), w.data.end(), [&](const auto& data) {
                         return data.name == name && models::patches(data.update);
                       });
                     },
                     "no policy updates this class by patch"});
  }
}

// Whether a replica or a region comes back that lacks something.
bool comes_back(const WorldConfig& world) {
  for (const auto& phase : world.phases) {
    for (const auto& fault : phase.faults) {
      using enum models::FaultKind;
      if (fault.kind == region || fault.kind == store || fault.kind == replicas) return true;
    }
  }
  return false;
}

bool has_narrow_link(const WorldConfig& world) {
  return std::any_of(world.regions.links.begin(), world.regions.links.end(),
                     [](const models::LinkConfig& link) { return link.bytes_per_second > 0; });
}

void add_family_rule(const std::string& pointer, std::vector<Rule>& rules) {
  rules.push_back({pointer, [](const WorldConfig& w) { return !has_narrow_link(w); },
                   "no partition splits or is merged while a link has a limited bandwidth: not "
                   "modelled"});
}

// Whether a switchover before this fault has taken the writes elsewhere.
bool may_have_moved(const WorldConfig& world, std::size_t phase, std::size_t fault) {
  for (std::size_t p = 0; p <= phase; ++p) {
    const auto& faults = world.phases[p].faults;
    for (std::size_t f = 0; f < (p == phase ? fault : faults.size()); ++f) {
      if (faults[f].kind == models::FaultKind::switchover) return true;
    }
  }
  return false;
}

void add_switchover_rule(const std::string& pointer, const std::string& to,
                         std::vector<Rule>& rules) {
  rules.push_back({pointer,
                   [to](const WorldConfig& w) {
                     return w.store.write_region != to || w.store.failover.present;
                   },
                   "the region takes the writes already"});
}

void add_fault_rules(const WorldConfig& world, std::vector<Rule>& rules) {
  for (std::size_t p = 0; p < world.phases.size(); ++p) {
    for (std::size_t f = 0; f < world.phases[p].faults.size(); ++f) {
      const auto& fault = world.phases[p].faults[f];
      if (fault.kind == models::FaultKind::split || fault.kind == models::FaultKind::merge) {
        add_family_rule(fmt::format("/phases/{}/faults/{}", p, f), rules);
      }
      if (fault.kind == models::FaultKind::switchover && !may_have_moved(world, p, f)) {
        add_switchover_rule(fmt::format("/phases/{}/faults/{}", p, f), fault.region, rules);
      }
      if (fault.kind != models::FaultKind::broker) continue;
      const std::string region = fault.region;
      rules.push_back({fmt::format("/phases/{}/faults/{}", p, f),
                       [region](const WorldConfig& w) {
                         const std::string& placement = w.broker.placement;
                         return uses_broker(w) &&
                                (placement == "per_region" || placement == region);
                       },
                       "no policy has a broker there"});
    }
  }
}

}  // namespace

std::vector<Rule> rules_for(const WorldConfig& world) {
  const std::string no_broker = "no policy carries tokens in the broker";
  std::vector<Rule> rules{
      {"/broker", uses_broker, no_broker},
      {"/session_token/key", uses_broker, no_broker},
      {"/session_token/publish", uses_broker, no_broker},
      {"/session_token/reads_publish", uses_broker, no_broker},
      {"/session_token/publish_after", publishes_later,
       "tokens are published synchronously, or not at all"},
      {"/workload/second_device", has_second_device, "no user has a second device"},
      {"/workload/pause",
       [](const WorldConfig& w) { return w.workload.steps_per_session.quantile(0.999999) > 1; },
       "a session has only one step"},
      {"/regions/jitter", [](const WorldConfig& w) { return w.regions.matrix != "none"; },
       "there is no matrix whose links could vary"},
      {"/store/election", may_elect, "no replica of the region that writes crashes"},
      {"/store/catch_up", comes_back, "no fault takes down a region or replicas of the store"},
      {"/store/failover", fails_over, why_no_failover(world)},
      {"/store/drop_region_after",
       [](const WorldConfig& w) {
         return w.store.consistency == models::Consistency::strong && w.regions.users.size() > 2;
       },
       "no policy has strong consistency in three or more regions"},
      {"/probes/freshness", [](const WorldConfig& w) { return !has_several_write_regions(w); },
       "a store with several write regions is not probed"},
      {"/store/conflict_clock", has_several_write_regions, "only one region takes writes"},
  };
  add_retry_rules(rules);
  add_level_rules(rules);
  add_log_rules(rules);
  add_data_rules(world, rules);
  add_fault_rules(world, rules);
  return rules;
}

namespace {

// The node, or the first in it, that the policy itself has written; `pointer` follows.
const Node* written_by_policy(const Node& node, std::string& pointer) {
  if (node.place.of_policy) return &node;
  for (const Member& member : node.members) {
    std::string below = pointer + '/' + escaped(member.key);
    const Node* const found = written_by_policy(member.value, below);
    if (found == nullptr) continue;
    pointer = std::move(below);
    return found;
  }
  return nullptr;
}

}  // namespace

// A price of what no policy has.
void warn_of_prices(const Scenario& scenario, const Node& root, Problems& problems) {
  const Prices& prices = scenario.prices;
  const auto nobody = [&](std::int64_t price, const std::string& key, const auto& has,
                          std::string why) {
    const auto& all = scenario.policies;
    if (price == 0 || std::any_of(all.begin(), all.end(), has)) return;
    const std::string pointer = "/prices/" + key;
    problems.warn(place_of(root, pointer), pointer, "has no effect: " + std::move(why));
  };
  warn_of_doubtful_prices(scenario, root, problems);
  nobody(
      prices.provisioned_hour, "provisioned_100_ru_per_second_hour",
      [](const Policy& policy) { return policy.world.store.request_units_per_second > 0; },
      "no policy says its /store/request_units_per_second");
  nobody(
      prices.broker_node_hour, "broker_node_hour",
      [](const Policy& policy) { return uses_broker(policy.world); },
      "no policy carries tokens in the broker");
  nobody(
      prices.gigabyte_between_regions, "gigabyte_between_regions",
      [](const Policy& policy) { return has_several_regions(policy.world); },
      "there is only one region");
}

void warn_of_unused(std::span<const PolicyTree> policies, Problems& problems) {
  if (policies.empty()) return;
  for (const Rule& rule : rules_for(policies.front().policy->world)) {
    const auto uses = [&](const PolicyTree& of) { return rule.used(of.policy->world); };
    const bool somebody = std::any_of(policies.begin(), policies.end(), uses);
    for (const PolicyTree& of : policies) {
      const Node* node = node_at(*of.tree, rule.pointer);
      if (node == nullptr || node->is(Node::Kind::null) || uses(of)) continue;
      std::string pointer = rule.pointer;
      if (somebody) node = written_by_policy(*node, pointer);
      if (node == nullptr) continue;
      problems.warn(node->place, cited(of, node->place, pointer),
                    somebody ? "has no effect under this policy" : "has no effect: " + rule.why);
    }
  }
}

}  // namespace seatrial::scenarios
