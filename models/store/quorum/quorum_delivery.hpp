// When a quorum's write comes to each replica, and when its coordinator knows.
//
//   coordinator ──write──x                              lost, or the replica is down when it comes
//               ── after ──> hint ──write──> replica    not acknowledged: sent again, where the
//                                                       replica is down when it is back
//
// Laws:
//  1. A function of the operation that wrote it, the moment at which it was sent, and the crashes
//     so far.
//  2. A crash makes no arrival earlier, and leaves alone what came before it: what is settled about
//     the past stays.
// Source: hinted handoff of Dynamo (DeCandia et al., SOSP 2007, section 4.6) as Cassandra has it:
// kept by the coordinator, for replicas that are down or do not acknowledge in time (hints.adoc).
// Assumed: the coordinator knows when a replica is back, and sends all hints for it at once.
// Not modelled: hints that are gone with their coordinator (a pod that dies loses none), throttled
// or batched replay, hints that count as acknowledgements (Cassandra's ANY).
#pragma once

#include "models/store/quorum/quorum_draws.hpp"
#include "models/store/quorum/replica_outages.hpp"

namespace seatrial::models {

struct QuorumWrite {
  OperationName name;
  Instant sent;
};

// What a delivery hangs on besides the write.
struct DeliveryConditions {
  const QuorumDraws& draws;
  const QuorumConfig& config;
  const ReplicaOutages& outages;
  std::uint32_t partition = 0;
};

// To one replica; never: by no message.
struct ReplicaDelivery {
  ReplicaDelivery(const DeliveryConditions& under, const QuorumWrite& write, std::size_t replica);

  Instant arrives = Instant::never();
  Instant acknowledged = Instant::never();
  std::uint8_t hints = 0;  // messages besides the write's own
};

struct QuorumDelivery {
  QuorumDelivery(const DeliveryConditions& under, const QuorumWrite& write);

  std::span<const Instant> arrivals() const { return {arrives.data(), replicas}; }
  // The moment of the quorum's last acknowledgement; never, where too few come.
  Instant committed(std::int64_t quorum) const;

  std::size_t replicas;
  std::array<Instant, QuorumConfig::most_replicas> arrives;  // by replica
  std::array<Instant, QuorumConfig::most_replicas> acknowledged;
  std::uint64_t hints = 0;
};

}  // namespace seatrial::models
