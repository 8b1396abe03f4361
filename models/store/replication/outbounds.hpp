// Which regions' logs travel in a way of their own, and which.
#pragma once

#include <memory>
#include <vector>

#include "models/store/replication/outbound.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

class Network;
class ReplicaLag;

// By region; null: an arrival is a function of the entry. `partition`: of the store.
std::vector<std::shared_ptr<Outbound>> outbounds(Network& network, const ReplicaLag& lag,
                                                 const sim::RandomSource& random,
                                                 std::uint32_t partition);

}  // namespace seatrial::models
