#include "models/faults/fault_schedule.hpp"

#include <algorithm>

#include "sim/assert.hpp"

namespace seatrial::models {

namespace {
constexpr sim::Purpose start_purpose{"fault/start"};
constexpr sim::Purpose victim_purpose{"fault/victims"};
}  // namespace

FaultSchedule::FaultSchedule(FaultTargets targets, const Timeline& timeline,
                             const sim::RandomSource& random)
    : targets_{std::move(targets)},
      victim_key_{random.key(victim_purpose)},
      outages_(targets_.network.regions(), 0) {
  const sim::StreamKey start_key = random.key(start_purpose);
  for (std::uint32_t p = 0; p != targets_.config.phases.size(); ++p) {
    const PhaseConfig& phase = targets_.config.phases[p];
    for (std::size_t f = 0; f != phase.faults.size(); ++f) {
      const FaultConfig& fault = phase.faults[f];
      sim::Stream draws{start_key, p, f};
      const Duration latest = std::min(fault.start_within, phase.length);
      const double part = draws.uniform();
      const auto wait = static_cast<std::int64_t>(part * static_cast<double>(latest.ns()));
      const Instant begin = timeline.start_of(PhaseId{p}) + Duration::nanoseconds(wait);
      planned_.push_back({&fault, planned_.size(), begin, timeline.end_of(PhaseId{p})});
    }
  }
}

void FaultSchedule::start() {
  for (const Planned& planned : planned_) {
    targets_.simulation.schedule(planned.begin, [this, &planned] { begin(planned); });
  }
}

void FaultSchedule::begin(const Planned& planned) {
  switch (planned.fault->kind) {
    case FaultKind::kill_pods:
      return kill_pods(planned);
    case FaultKind::broker:
      return begin_broker_fault(planned);
    case FaultKind::partition:
    case FaultKind::slow_link:
    case FaultKind::cut_link:
      return act_on_network(planned);
    case FaultKind::region:
    case FaultKind::store:
      return begin_outage(planned);
    case FaultKind::replicas:
      return crash_replicas(planned);
    case FaultKind::split:
      return targets_.store.split(PartitionId{static_cast<std::uint32_t>(planned.fault->split)});
    case FaultKind::switchover:
      return switch_over(planned);
    case FaultKind::merge:
      return targets_.store.merge(PartitionId{static_cast<std::uint32_t>(planned.fault->merge)},
                                  PartitionId{static_cast<std::uint32_t>(planned.fault->with)});
  }
}

// Kills pods of the region that are ready, drawn at random; each restarts by itself.
void FaultSchedule::kill_pods(const Planned& planned) {
  const RegionId region = region_named(planned.fault->region);
  std::vector<Pod*> ready;
  for (Pod* pod : targets_.pods[region.value()]) {
    if (pod->is_ready()) ready.push_back(pod);
  }
  sim::Stream draws{victim_key_, planned.number};
  const std::int64_t wanted = planned.fault->kill;
  for (std::int64_t killed = 0; killed != wanted && !ready.empty(); ++killed) {
    const std::size_t chosen = draws.below(ready.size());
    Pod* const victim = ready[chosen];
    ready.erase(ready.begin() + static_cast<std::ptrdiff_t>(chosen));
    victim->kill();
    restart_later(*victim);
  }
}

void FaultSchedule::restart_later(Pod& pod) {
  targets_.simulation.schedule(targets_.config.pods.restart_after, [this, pod = &pod] {
    const RegionId region = pod->place().region;
    if (outages_[region.value()] == 0 && !pod->is_ready()) pod->restart();
  });
}

void FaultSchedule::begin_outage(const Planned& planned) {
  const RegionId region = region_named(planned.fault->region);
  tell(planned, region, true);
  targets_.store.take_down(region);
  targets_.simulation.schedule(planned.end, [this, planned = &planned] { end_outage(*planned); });
  if (planned.fault->kind == FaultKind::store) return;
  ++outages_[region.value()];
  if (Broker* const broker = broker_in(region)) set_state_of(*broker);
  for (Pod* const pod : targets_.pods[region.value()]) {
    if (pod->is_ready()) pod->kill();
  }
}

void FaultSchedule::end_outage(const Planned& planned) {
  const RegionId region = region_named(planned.fault->region);
  tell(planned, region, false);
  targets_.store.bring_up(region);
  if (planned.fault->kind == FaultKind::store || --outages_[region.value()] != 0) return;
  if (Broker* const broker = broker_in(region)) set_state_of(*broker);
  for (Pod* const pod : targets_.pods[region.value()]) {
    if (!pod->is_ready()) restart_later(*pod);
  }
}

void FaultSchedule::crash_replicas(const Planned& planned) {
  const RegionId region = region_named(planned.fault->region);
  const Duration restart_after = planned.fault->restart_after;
  tell(planned, region, true);
  targets_.store.crash_replicas(region, planned.fault->crash, planned.number, restart_after);
  targets_.simulation.schedule(
      restart_after, [this, planned = &planned, region] { tell(*planned, region, false); });
}

// Is over when the other region writes, or when it is given up.
void FaultSchedule::switch_over(const Planned& planned) {
  const RegionId from = targets_.store.write_region();
  tell(planned, from, true);
  targets_.store.switch_over(region_named(planned.fault->region), planned.fault->at_most,
                             [this, planned = &planned, from] { tell(*planned, from, false); });
}

void FaultSchedule::tell(const Planned& planned, RegionId region, bool begins) const {
  FaultObserved seen;
  seen.number = static_cast<std::uint32_t>(planned.number);
  seen.region = region;
  seen.begins = begins;
  seen.is_switchover = planned.fault->kind == FaultKind::switchover;
  seen.at = targets_.simulation.now();
  targets_.observer.fault(seen);
}

// Where a policy has one.
Broker* FaultSchedule::broker_in(RegionId region) const {
  Broker* const broker = targets_.brokers[region.value()];
  return broker != nullptr && broker->place().region == region ? broker : nullptr;
}

// By the fault that began last; by nothing else while its region is down.
void FaultSchedule::set_state_of(Broker& broker) const {
  BrokerState state = BrokerState::up;
  for (const BrokerFault& fault : broker_faults_) {
    if (fault.broker == &broker) state = fault.planned->fault->state;
  }
  if (outages_[broker.place().region.value()] != 0) state = BrokerState::unreachable;
  broker.set_state(state);
}

void FaultSchedule::begin_broker_fault(const Planned& planned) {
  Broker* const broker = broker_in(region_named(planned.fault->region));
  if (broker == nullptr) return;
  const BrokerFault fault{broker, &planned};
  broker_faults_.push_back(fault);
  set_state_of(*broker);
  targets_.simulation.schedule(planned.end, [this, fault] { end_broker_fault(fault); });
}

void FaultSchedule::end_broker_fault(const BrokerFault& ended) {
  std::erase_if(broker_faults_,
                [&](const BrokerFault& fault) { return fault.planned == ended.planned; });
  set_state_of(*ended.broker);
}

void FaultSchedule::act_on_network(const Planned& planned) {
  const NetworkFaultId id = begin_network_fault(*planned.fault);
  targets_.simulation.schedule(
      planned.end, [network = &targets_.network, simulation = &targets_.simulation, id] {
        network->heal(id, simulation->now());
      });
}

NetworkFaultId FaultSchedule::begin_network_fault(const FaultConfig& fault) {
  const Instant now = targets_.simulation.now();
  if (fault.kind == FaultKind::partition) {
    std::vector<RegionId> group;
    for (const std::string& name : fault.regions) group.push_back(region_named(name));
    return targets_.network.partition(group, now);
  }
  const std::optional<LinkEnds> link = targets_.network.link_named(fault.link);
  SEATRIAL_ASSERT(link.has_value(), "a fault names a link that does not exist");
  if (fault.kind == FaultKind::cut_link) return targets_.network.cut(*link, now);
  return targets_.network.slow(*link, fault.factor, now);
}

RegionId FaultSchedule::region_named(const std::string& name) const {
  const std::optional<RegionId> region = targets_.network.region_named(name);
  SEATRIAL_ASSERT(region.has_value(), "a fault names a region that does not exist");
  return *region;
}

}  // namespace seatrial::models
