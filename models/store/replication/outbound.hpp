// The way of one partition's log to one other region, where an arrival is no function of the entry
// alone: a link with a limited bandwidth, an event bus, a backend that gets the entry first. Where
// it is, there is no such object (replica_lag.hpp).
//
// Law: send() is called when the entry leaves, in the order of LSNs; what at_door() has once
// answered never changes.
#pragma once

#include <optional>

#include "models/store/partition_log.hpp"

namespace seatrial::models {

struct ReplicationObserved;

class Outbound {
 public:
  virtual ~Outbound() = default;

  virtual void send(std::uint64_t lsn, const LogEntry& entry, Instant now) = 0;
  // When the entry comes to the region's door, as far as can be known at `now`. Nothing: it has
  // not left, or there is no route.
  virtual std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry, Instant now) = 0;
  // Whether entries can come to the door in another order than they left.
  virtual bool reorders() const { return false; }
  // Everything up to this LSN is applied in the region.
  virtual void forget(std::uint64_t lsn) = 0;
  // For the observer.
  virtual void count(ReplicationObserved&, Instant) {}
};

}  // namespace seatrial::models
