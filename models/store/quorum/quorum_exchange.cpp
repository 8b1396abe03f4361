// Anti-entropy: in every round each replica of a partition compares what it has with the next one,
// the last with the first, and both take the newer versions of the other.
//
//   round    0 <─> 1,  1 <─> 2,  2 <─> 0       all at one instant: what they had then
//            └── the leg of a write ──> exchanged
//
// Laws: what a replica gets in a round it passes on in the next: a version that one replica of N
// has is everywhere after N/2 rounds, rounded down; with N = 3 after one. An exchange with a
// replica that is down at either end does not take place. One event an exchange, none a version;
// rounds end with the last phase. It loses no message. Source: DeCandia et al., "Dynamo", SOSP
// 2007, section 4.7. Assumed: an exchange takes as long as a write's leg, drawn once for a pair and
// round, for all partitions alike. Not modelled: hash trees, so what comparing costs in time, bytes
// and work; the load of it all.
#include "models/store/quorum/quorum_protocol.hpp"

namespace seatrial::models {

void QuorumProtocol::exchange_later() {
  const Duration every = config_.anti_entropy.every;
  if (end_ - simulation_.now() < every) return;
  simulation_.schedule(every, [this] {
    const auto replicas = static_cast<std::size_t>(config_.replicas);
    const std::size_t pairs = replicas == 2 ? 1 : replicas;
    for (std::size_t i = 0; i < pairs; ++i) {
      const Instant compared = simulation_.now();
      simulation_.schedule(draws_.exchange(rounds_, i),
                           [this, i, compared] { exchange(i, compared); });
    }
    ++rounds_;
    exchange_later();
  });
}

void QuorumProtocol::exchange(std::size_t replica, Instant compared) {
  for (std::uint32_t slot = 0; slot < chains_.size(); ++slot) exchange_of(slot, replica, compared);
  if (witness_ == nullptr) return;
  witness_->exchanged({static_cast<std::uint8_t>(replica), compared, simulation_.now()});
}

void QuorumProtocol::exchange_of(std::uint32_t document, std::size_t replica, Instant compared) {
  const std::size_t next = (replica + 1) % static_cast<std::size_t>(config_.replicas);
  const Instant now = simulation_.now();
  for (const std::size_t i : {replica, next}) {
    if (!is_up(document, i, compared) || !is_up(document, i, now)) return;
  }
  VersionChain& chain = chains_[document];
  const Version here = chain.newest_at(replica, compared);
  const Version there = chain.newest_at(next, compared);
  if (here == there) return;
  chain.bring(std::max(here, there), here < there ? replica : next, now);
  ++traffic_.exchanged;
  traffic_.exchanged_bytes += size_of(document);
}

}  // namespace seatrial::models
