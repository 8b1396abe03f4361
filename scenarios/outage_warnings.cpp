// The warnings of checks.hpp about regions that are down: faults that others hide, and failovers
// that come too late to act.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/checks.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {
namespace {

using models::FaultConfig;
using models::FaultKind;
using models::PhaseConfig;
using models::WorldConfig;

std::string shown(models::Duration duration) {
  return format_quantity(Dimension::duration, static_cast<double>(duration.ns()));
}

bool takes_store_down(const FaultConfig& fault) {
  return fault.kind == FaultKind::region || fault.kind == FaultKind::store;
}

bool is_down_in(const PhaseConfig& phase, const std::string& region, auto counts) {
  return std::any_of(phase.faults.begin(), phase.faults.end(), [&](const FaultConfig& fault) {
    return counts(fault) && fault.region == region;
  });
}

// A region that is down is so with its store.
void warn_of_hidden_faults(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  for (std::size_t p = 0; p < world.phases.size(); ++p) {
    const PhaseConfig& phase = world.phases[p];
    for (std::size_t f = 0; f < phase.faults.size(); ++f) {
      const FaultConfig& fault = phase.faults[f];
      if (fault.kind != FaultKind::store) continue;
      const auto whole = [](const FaultConfig& other) { return other.kind == FaultKind::region; };
      if (!is_down_in(phase, fault.region, whole)) continue;
      const std::string pointer = fmt::format("/phases/{}/faults/{}", p, f);
      problems.warn(place_of(*of.tree, pointer), pointer,
                    fmt::format("has no effect: all of {} is down in this phase, its store with it",
                                fault.region));
    }
  }
}

void warn_of_nothing_left(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const auto& users = world.regions.users;
  if (users.size() < 2) return;
  for (std::size_t p = 0; p < world.phases.size(); ++p) {
    const bool all_down = std::all_of(users.begin(), users.end(), [&](const auto& user) {
      return is_down_in(world.phases[p], user.region, takes_store_down);
    });
    if (!all_down) continue;
    const std::string pointer = fmt::format("/phases/{}/faults", p);
    problems.warn(place_of(*of.tree, pointer), pointer,
                  "the store is down in every region at once: nobody is served, and no region "
                  "can take over");
  }
}

bool may_switch_over(const WorldConfig& world) {
  return std::any_of(world.phases.begin(), world.phases.end(), [](const PhaseConfig& phase) {
    return std::any_of(phase.faults.begin(), phase.faults.end(), [](const FaultConfig& fault) {
      return fault.kind == FaultKind::switchover;
    });
  });
}

// The longest that a region whose loss a failover heeds is down: phases that follow each other
// with it down are one outage.
models::Duration longest_outage(const WorldConfig& world) {
  const bool any_region =
      world.store.consistency == models::Consistency::strong || may_switch_over(world);
  models::Duration longest;
  for (const auto& user : world.regions.users) {
    if (!any_region && user.region != world.store.write_region) continue;
    models::Duration outage;
    for (const PhaseConfig& phase : world.phases) {
      const bool is_down = is_down_in(phase, user.region, takes_store_down);
      outage = is_down ? outage + phase.length : models::Duration{};
      longest = std::max(longest, outage);
    }
  }
  return longest;
}

void warn_of_late_failover(const PolicyTree& of, Problems& problems) {
  const WorldConfig& world = of.policy->world;
  const auto& failover = world.store.failover;
  if (!failover.present || world.store.write_regions.size() > 1) return;
  if (models::quorum_of(world.store) != nullptr) return;
  const models::Duration outage = longest_outage(world);
  if (outage == models::Duration{} || failover.after < outage) return;
  const std::string pointer = "/store/failover/after";
  const Place place = place_of(*of.tree, pointer);
  problems.warn(place, cited(of, place, pointer),
                fmt::format("nothing is ever taken over: no outage lasts longer than {}, and a "
                            "region is given up after {}",
                            shown(outage), shown(failover.after)));
}

}  // namespace

void warn_of_outages(std::span<const PolicyTree> policies, Problems& problems) {
  warn_of_hidden_faults(policies.front(), problems);
  warn_of_nothing_left(policies.front(), problems);
  for (const PolicyTree& of : policies) warn_of_late_failover(of, problems);
}

}  // namespace seatrial::scenarios
