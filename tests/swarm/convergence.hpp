// When every fault has ended and everything has come that was under way, all replicas of a
// partition have applied its whole log.
#pragma once

#include "tests/swarm/check.hpp"

namespace seatrial::swarm {

class Convergence final : public Check {
 public:
  void at_end(const models::ReplicaAtEnd& replica) override;

  std::uint64_t replicas = 0;
};

}  // namespace seatrial::swarm
