#include "models/store/quorum/quorum_delivery.hpp"

#include <algorithm>

namespace seatrial::models {

ReplicaDelivery::ReplicaDelivery(const DeliveryConditions& under, const QuorumWrite& write,
                                 std::size_t replica) {
  constexpr std::uint8_t most_hints = UINT8_MAX;
  const HintedHandoffConfig& handoff = under.config.hinted_handoff;
  Instant leaves = write.sent;
  for (;; ++hints) {
    const WriteDraw drawn = under.draws.write(write.name, replica, hints);
    const Instant at = leaves + drawn.there;
    if (!drawn.is_lost && under.outages.is_up(under.partition, replica, at)) {
      arrives = std::min(arrives, at);
      acknowledged = std::min(acknowledged, at + drawn.back);
    }
    if (!handoff.present || hints == most_hints) return;
    const Instant next = under.outages.up_from(under.partition, replica, leaves + handoff.after);
    if (acknowledged <= next || next - write.sent > handoff.at_most) return;
    leaves = next;
  }
}

QuorumDelivery::QuorumDelivery(const DeliveryConditions& under, const QuorumWrite& write)
    : replicas{static_cast<std::size_t>(under.config.replicas)} {
  for (std::size_t i = 0; i < replicas; ++i) {
    const ReplicaDelivery one{under, write, i};
    arrives[i] = one.arrives;
    acknowledged[i] = one.acknowledged;
    hints += one.hints;
  }
}

Instant QuorumDelivery::committed(std::int64_t quorum) const {
  std::array<Instant, QuorumConfig::most_replicas> sorted = acknowledged;
  const auto nth = sorted.begin() + static_cast<std::ptrdiff_t>(quorum - 1);
  std::nth_element(sorted.begin(), nth, sorted.begin() + static_cast<std::ptrdiff_t>(replicas));
  return *nth;
}

}  // namespace seatrial::models
