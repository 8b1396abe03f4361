#include "tests/swarm/convergence.hpp"

#include <fmt/format.h>

namespace seatrial::swarm {

void Convergence::at_end(const models::ReplicaAtEnd& replica) {
  ++replicas;
  expect(replica.applied == replica.log.length, "replicas converge", [&] {
    return fmt::format("replica {} of partition {} in region {} is at {} of {}", replica.replica,
                       replica.partition.value(), replica.region.value(), replica.applied,
                       replica.log.length);
  });
}

}  // namespace seatrial::swarm
