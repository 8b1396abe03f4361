#include "analysis/report/not_exercised.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/read_level.hpp"
#include "analysis/report/text.hpp"

namespace seatrial::analysis {
namespace {

using models::FaultConfig;
using models::FaultKind;

template <class Fits>
bool any_fault(const models::WorldConfig& world, Fits fits) {
  for (const models::PhaseConfig& phase : world.phases)
    if (std::any_of(phase.faults.begin(), phase.faults.end(), fits)) return true;
  return false;
}

bool any_fault(const models::WorldConfig& world, FaultKind kind) {
  return any_fault(world, [&](const FaultConfig& fault) { return fault.kind == kind; });
}

bool any_broker_fault(const models::WorldConfig& world, models::BrokerState state) {
  return any_fault(world, [&](const FaultConfig& fault) {
    return fault.kind == FaultKind::broker && fault.state == state;
  });
}

bool is_strategy(const models::WorldConfig& world, std::string_view name) {
  return world.broker.on_unavailable && world.broker.on_unavailable->name() == name;
}

// The age of the oldest write that a read had to see.
std::int64_t oldest_needed(const PolicyResult& policy) {
  return std::max(policy.since_write.ryw.opportunities.max(),
                  policy.since_write.ryw_user.opportunities.max());
}

std::uint64_t times(const Exercised& exercised, models::Degraded reason) {
  return exercised.degraded[static_cast<std::size_t>(reason)];
}

std::uint64_t times(const Exercised& exercised, models::TokenSource source) {
  return exercised.token_sources[static_cast<std::size_t>(source)];
}

using Say = std::vector<std::string>;

void add_broker(const models::WorldConfig& world, const PolicyResult& policy, Say& say) {
  const Exercised& exercised = policy.exercised;
  if (!carries_by(world, "broker")) {
    for (const models::PhaseConfig& phase : world.phases)
      for (const FaultConfig& fault : phase.faults)
        if (fault.kind == FaultKind::broker)
          say.push_back(
              fmt::format("the broker's fault in {}: it keeps nothing in a broker", phase.name));
    return;
  }
  if (times(exercised, models::TokenSource::broker) == 0)
    say.emplace_back("a broker's token: no read went out with one");
  if (world.broker.client.breaker.present && exercised.breaker_open == 0)
    say.emplace_back("its breaker: never open when looked at");
  const bool failed = is_strategy(world, "fail");
  const std::uint64_t refused =
      exercised.outcomes[static_cast<std::size_t>(models::Outcome::broker_unavailable)];
  const std::uint64_t degraded = times(exercised, models::Degraded::read_without_token) +
                                 times(exercised, models::Degraded::read_from_write_region);
  if ((failed ? refused : degraded) == 0)
    say.emplace_back("what it does without its broker: no read had to");
  if (oldest_needed(policy) < world.broker.ttl.ns())
    say.push_back(fmt::format("expiry of tokens: no read needed one older than {}",
                              duration_text(static_cast<double>(world.broker.ttl.ns()))));
}

// What acts only when something is slow, full or gone.
void add_mechanisms(const models::WorldConfig& world, const PolicyResult& policy, Say& say) {
  const models::StoreConfig& store = world.store;
  const models::ReplicationObserved& seen = policy.replication;
  if (store.hedge.present && seen.hedges == 0)
    say.emplace_back("its hedges: no read went out to a further region");
  if (store.consistency == models::Consistency::bounded_staleness && seen.bound_refusals == 0)
    say.emplace_back("its staleness bound: no write was turned away");
  if (store.failover.present && policy.exercised.takeovers == 0)
    say.emplace_back("its failover: no region took over the writes");
  const bool may_drop =
      store.consistency == models::Consistency::strong && world.regions.users.size() > 2;
  if (may_drop && seen.regions_dropped == 0)
    say.emplace_back("its dynamic quorum: no region was dropped");
}

void add_store(const models::WorldConfig& world, const PolicyResult& policy, Say& say) {
  const Exercised& exercised = policy.exercised;
  const std::vector<bool> heeding = classes_that_heed_tokens(world);
  if (std::find(heeding.begin(), heeding.end(), true) != heeding.end()) {
    if (exercised.reads_sent_back == 0)
      say.emplace_back("the client library's retries: no read was sent back with 404/1002");
    else if (exercised.reads_ended_elsewhere == 0)
      say.emplace_back("the last resort: no read that was sent back had to go to another region");
    const bool may_give_up = world.store.on_token_unsatisfied != models::OnTokenUnsatisfied::error;
    if (may_give_up && times(exercised, models::Degraded::token_given_up) == 0)
      say.emplace_back("what it does with a token that nobody has: no read had to");
  }
  add_mechanisms(world, policy, say);
  const auto updates_by = [&](models::UpdateBy by) {
    return std::any_of(world.data.begin(), world.data.end(),
                       [&](const models::DataClassConfig& data) { return data.update == by; });
  };
  if (updates_by(models::UpdateBy::replace_if_match) &&
      exercised.outcomes[static_cast<std::size_t>(models::Outcome::precondition_failed)] == 0)
    say.emplace_back("a lost race of replace_if_match: no update failed with 412");
  if (updates_by(models::UpdateBy::patch_if_unchanged) &&
      exercised.outcomes[static_cast<std::size_t>(models::Outcome::precondition_failed)] == 0)
    say.emplace_back("a lost race of a conditional PATCH: no update failed with 412");
  if (updates_by(models::UpdateBy::replace) && exercised.updates_over_unseen == 0)
    say.emplace_back("a lost update: no replace overwrote a version that it had not seen");
}

}  // namespace

bool carries_by(const models::WorldConfig& world, std::string_view transport) {
  const auto& carry = world.session_token.carry;
  return std::any_of(carry.begin(), carry.end(),
                     [&](const auto& kind) { return kind->name() == transport; });
}

std::vector<std::string> not_exercised(const scenarios::Scenario& scenario) {
  const models::WorldConfig& world = scenario.policies.front().world;
  const bool several_regions = world.regions.users.size() > 1;
  const bool broker = std::any_of(
      scenario.policies.begin(), scenario.policies.end(),
      [](const scenarios::Policy& policy) { return carries_by(policy.world, "broker"); });
  const bool link_fault = any_fault(world, FaultKind::partition) ||
                          any_fault(world, FaultKind::slow_link) ||
                          any_fault(world, FaultKind::cut_link);
  Say say;
  const auto unless = [&](bool exercised, const char* what) {
    if (!exercised) say.emplace_back(what);
  };
  unless(any_fault(world, FaultKind::kill_pods), "loss of pods");
  unless(any_fault(world, FaultKind::replicas), "crash of replicas");
  if (broker) {
    unless(any_broker_fault(world, models::BrokerState::refused), "a broker that refuses");
    unless(any_broker_fault(world, models::BrokerState::unreachable), "a broker out of reach");
  }
  if (several_regions) {
    unless(any_fault(world, FaultKind::partition), "a partition");
    unless(any_fault(world, FaultKind::cut_link), "a cut link");
    unless(any_fault(world, FaultKind::slow_link), "a slow link");
    unless(link_fault, "a spike of replication lag");
    unless(any_fault(world, FaultKind::region) || any_fault(world, FaultKind::store),
           "failover of a region");
  }
  unless(std::any_of(world.phases.begin(), world.phases.end(),
                     [](const models::PhaseConfig& phase) { return phase.sessions > 1; }),
         "a surge");
  unless(world.workload.second_device.present && world.workload.second_device.share > 0,
         "a user's second device");
  return say;
}

std::vector<std::string> not_exercised(const models::WorldConfig& world,
                                       const PolicyResult& policy) {
  Say say;
  add_broker(world, policy, say);
  if (carries_by(world, "client") && times(policy.exercised, models::TokenSource::client) == 0)
    say.emplace_back("a device's token: no read went out with one");
  if (carries_by(world, "message") && times(policy.exercised, models::TokenSource::message) == 0)
    say.emplace_back("a message's token: no read went out with one");
  add_store(world, policy, say);
  if (world.pods.affinity == models::Affinity::cookie && policy.exercised.pods_missing == 0)
    say.emplace_back("its affinity after a loss: no pod was missing");
  if (world.workload.second_device.present && policy.exercised.second_device_reads == 0)
    say.emplace_back("second devices: none read anything");
  return say;
}

}  // namespace seatrial::analysis
