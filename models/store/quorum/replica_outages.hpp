// When single replicas of a quorum were down, as far as is known.
//
// Law: a crash is told when it happens, with the restart that will end it; so what was so about a
// moment that has passed never changes.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/time.hpp"

namespace seatrial::models {

class ReplicaOutages {
 public:
  void add(std::uint32_t partition, std::size_t replica, sim::Instant from, sim::Instant until) {
    if (partition >= outages_.size()) outages_.resize(partition + 1);
    outages_[partition].push_back({replica, from, until});
  }

  // Nothing has crashed yet.
  bool none() const { return outages_.empty(); }

  // The moment itself where the replica is up then, else when it restarts.
  sim::Instant up_from(std::uint32_t partition, std::size_t replica, sim::Instant moment) const {
    if (partition >= outages_.size()) return moment;
    for (const Outage& outage : outages_[partition]) {  // a later one may follow at once
      const bool is_in = outage.from <= moment && moment < outage.until;
      if (outage.replica == replica && is_in) moment = outage.until;
    }
    return moment;
  }
  bool is_up(std::uint32_t partition, std::size_t replica, sim::Instant moment) const {
    return up_from(partition, replica, moment) == moment;
  }

 private:
  struct Outage {
    std::size_t replica;
    sim::Instant from;
    sim::Instant until;
  };

  std::vector<std::vector<Outage>> outages_;  // by partition
};

}  // namespace seatrial::models
