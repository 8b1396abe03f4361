// A planned switchover: another region takes over the writes with everything, and nothing is lost.
//
//   write region   stops: 403/3 ── what is appended commits ──┐                 a read region
//   the other      gets it ───────── a write quorum has all ──┴─> epoch + 1: takes the writes
//                                    or not by `at_most` ───────> the write region goes on
//
// Laws: all partitions stop at one instant and switch at one instant, or none does: the account has
// one write region again. Nothing that was appended is lost, so a token goes on to hold. A write
// region that goes down meanwhile ends the switchover: what follows is an outage like any other.
// Assumed: the moment is known as soon as it comes; clients are told by refusals (403/3) alone, as
// after an outage, and so repeat a refused write at once and then every second.
// Source: a change of the write region that is planned loses nothing: "Reliability in Azure Cosmos
// DB for NoSQL"; PostgreSQL's switchover (Patroni) and MongoDB's replSetStepDown wait for the other
// to catch up in the same way. How long it takes is published by nobody.
// Not modelled: drains of connections, new addresses by name lookup.
#include <algorithm>
#include <utility>

#include "models/store/replica_service.hpp"

namespace seatrial::models {

namespace {
constexpr Duration look_again = Duration::milliseconds(1);
}

// Of two the later counts.
void ReplicaService::switch_over(RegionId to, Duration at_most, std::function<void()> ended) {
  if (switchover_.is_under_way) end_switchover();
  switchover_.is_under_way = true;
  switchover_.to = to;
  switchover_.given_up_at = simulation_.now() + at_most;
  switchover_.ended = std::move(ended);
  const std::uint32_t number = ++switchover_.number;
  simulation_.schedule(Duration{}, [this, number] { look_at_switchover(number); });
}

void ReplicaService::end_switchover() {
  switchover_.is_under_way = false;
  const std::function<void()> ended = std::exchange(switchover_.ended, nullptr);
  if (ended) ended();
}

bool ReplicaService::writes_in(RegionId region) const {
  return std::any_of(partitions_.begin(), partitions_.end(), [&](const Partition& partition) {
    return partition.write_region() == region;
  });
}

void ReplicaService::look_at_switchover(std::uint32_t number) {
  if (!switchover_.is_under_way || switchover_.number != number) return;
  const Instant now = simulation_.now();
  Instant when = now;
  for (std::uint32_t i = 0; i < partitions_.size(); ++i) {
    if (documents_.family().is_retired(i) || !is_closed(partitions_[i])) continue;
    when = std::max(when, may_switch_at(partitions_[i]));
  }
  if (when > now && now < switchover_.given_up_at) {
    simulation_.schedule(std::min(when, switchover_.given_up_at),
                         [this, number] { look_at_switchover(number); });
    return;
  }
  for (std::uint32_t i = 0; when == now && i < partitions_.size(); ++i) {
    const bool is_retired = documents_.family().is_retired(i);
    if (!is_retired && is_closed(partitions_[i])) take_over(i, switchover_.to);
  }
  end_switchover();
}

Instant ReplicaService::may_switch_at(Partition& partition) const {
  const Instant now = simulation_.now();
  const Instant soon = now + look_again;
  const RegionId to = switchover_.to;
  if (outages_[to.value()].lasting != 0 || !partition.is_member(to)) return soon;
  const std::uint64_t last = partition.log().last();
  if (partition.committed() != last) return soon;
  if (last == 0) return now;
  const std::optional<Instant> quorum = partition.quorum_arrival(last, to, now);
  if (quorum && *quorum > now) return *quorum;
  // Independently applied, those before it may come after it.
  if (quorum) return partition.longest(to, now) == last ? now : soon;
  return std::max(partition.next_door(to, now).value_or(soon), soon);
}

}  // namespace seatrial::models
