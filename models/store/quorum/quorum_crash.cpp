// Single replicas of a quorum crash and restart.
//
// A replica that is down answers nothing, and what is sent to it is lost; what it had it keeps, and
// answers with it from its restart on. Nobody stands in for it, so a read or a write that needs it
// times out. What it missed comes by hints, by read repair, by anti-entropy, or never.
//
// Laws: which replicas crash is drawn by the fault and the partition, as for a store of logs. A
// crash changes no arrival before it.
// Assumed: no answer, rather than a refusal: the process is gone, and a coordinator has no list of
// who is down. A refusal would change nothing here, for nobody else could be asked.
#include <algorithm>

#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

void QuorumProtocol::crash_replicas(RegionId, std::int64_t count, std::uint64_t fault,
                                    Duration restart_after) {
  const Instant now = simulation_.now();
  const ReplicaOutages before = outages_;
  std::vector<std::vector<std::size_t>> crashed;
  for (std::uint32_t partition = 0; partition < partitions(); ++partition) {
    crashed.push_back(victims(partition, count, fault));
    for (const std::size_t replica : crashed.back()) {
      outages_.add(partition, replica, now, now + restart_after);
    }
  }
  settle_anew(crashed, before);
}

std::vector<std::size_t> QuorumProtocol::victims(std::uint32_t partition, std::int64_t count,
                                                 std::uint64_t fault) const {
  std::vector<std::size_t> up;
  for (std::size_t i = 0; i < static_cast<std::size_t>(config_.replicas); ++i) {
    if (outages_.is_up(partition, i, simulation_.now())) up.push_back(i);
  }
  std::vector<std::size_t> drawn;
  sim::Stream draws{victim_key_, fault, partition};
  for (std::int64_t i = 0; i < count && !up.empty(); ++i) {
    const auto chosen = static_cast<std::ptrdiff_t>(draws.below(up.size()));
    drawn.push_back(up[static_cast<std::size_t>(chosen)]);
    up.erase(up.begin() + chosen);
  }
  return drawn;
}

void QuorumProtocol::settle_anew(const std::vector<std::vector<std::size_t>>& victims,
                                 const ReplicaOutages& before) {
  for (std::uint32_t slot = 0; slot < chains_.size(); ++slot) {
    const DeliveryConditions under = conditions_of(slot);
    const DeliveryConditions as_it_was{draws_, config_, before, under.partition};
    for (const std::size_t replica : victims[under.partition]) {
      const auto arrival_of = [&](const OperationName& write, Instant sent) {
        const ReplicaDelivery delivery{under, {write, sent}, replica};
        const ReplicaDelivery planned{as_it_was, {write, sent}, replica};
        traffic_.hints += delivery.hints;
        traffic_.hints -= planned.hints;
        const Bytes payload = payload_of(slot);
        traffic_.hint_bytes += payload * (Bytes{delivery.hints} - Bytes{planned.hints});
        return delivery.arrives;
      };
      chains_[slot].settle_anew(replica, simulation_.now(), arrival_of);
    }
  }
}

}  // namespace seatrial::models
