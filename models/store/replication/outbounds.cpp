#include "models/store/replication/outbounds.hpp"

#include "models/store/replication/bus_outbound.hpp"
#include "models/store/replication/direct_outbound.hpp"

namespace seatrial::models {

std::vector<std::shared_ptr<Outbound>> outbounds(Network& network, const ReplicaLag& lag,
                                                 const sim::RandomSource& random,
                                                 std::uint32_t partition) {
  std::vector<std::shared_ptr<Outbound>> made(network.regions());
  std::shared_ptr<BusFeed> feed;
  for (std::uint32_t i = 0; i < network.regions(); ++i) {
    const RegionId to{i};
    if (to == lag.write_region()) continue;  // it gets one when it writes no more
    if (lag.plan().way_of(to) == Way::bus) {
      if (!feed) feed = std::make_shared<BusFeed>(network, lag, random, partition);
      made[i] = std::make_shared<BusOutbound>(feed, to);
    } else if (network.has_limits()) {
      made[i] = std::make_shared<LimitedOutbound>(network, lag, to);
    } else if (lag.plan().tier) {
      made[i] = std::make_shared<LaterOutbound>(lag, to);
    }
  }
  return made;
}

}  // namespace seatrial::models
