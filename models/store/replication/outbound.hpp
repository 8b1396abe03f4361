// The way of one partition's log to one other region, where an arrival is no function of the entry
// alone: a link with a limited bandwidth, an event bus, a backend that gets the entry first. Where
// it is, there is no such object (replica_lag.hpp).
//
// Laws: send() is called when the entry leaves, in the order of LSNs; what at_door() has once
// answered never changes, while the entry is in the log. When another replica or region takes over
// the writes, or the primary is back, lead() says who sends from then on: what is in the log and
// has not left is sent by it.
#pragma once

#include <memory>
#include <optional>

#include "models/store/partition_log.hpp"
#include "models/store/replica_lag.hpp"

namespace seatrial::models {

struct ReplicationObserved;
class BusFeed;

class Outbound {
 public:
  virtual ~Outbound() = default;

  virtual void send(std::uint64_t lsn, const LogEntry& entry, Instant now) = 0;
  // When the entry comes to the region's door, as far as can be known at `now`. Nothing: it has
  // not left, or there is no route.
  virtual std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry,
                                         const ReplicationSource& from, Instant now) = 0;
  // Whether entries can come to the door in another order than they left.
  virtual bool reorders() const { return false; }
  // Everything up to this LSN is applied in the region.
  virtual void forget(std::uint64_t lsn) = 0;

  // The primary is down: what it had to itself and had not sent is gone.
  virtual void stop(Instant) {}
  virtual void lead(RegionId /*source*/, const PartitionLog&, Instant) {}
  // The region's replicas are all down, and up again, without anything from `first` on.
  virtual void receiver_down(Instant) {}
  virtual void receiver_up(std::uint64_t /*first*/, const PartitionLog&, Instant) {}
  // It comes to the region in another way (catch_up.hpp).
  virtual void leave_out(std::uint64_t /*lsn*/, Instant) {}
  // A new epoch: nothing after this LSN is in the log.
  virtual void truncate_after(std::uint64_t survived) = 0;
  // Of partitions that were merged: everything until this LSN has arrived.
  virtual void go_on_after(std::uint64_t lsn) = 0;

  // Whether it serves only those who wrote first; then the way from a takeover on. Null: an arrival
  // is a function of the entry.
  virtual bool ends_at_a_takeover() const { return false; }
  virtual std::shared_ptr<Outbound> afterwards() const { return nullptr; }
  // The same way to another region, which has not led to it before.
  virtual std::shared_ptr<Outbound> to(RegionId region) const = 0;
  // For a part of a partition that splits. Those of one partition that share a feed share its copy,
  // `feed`, which is null at first.
  virtual std::shared_ptr<Outbound> copy(std::shared_ptr<BusFeed>& feed) const = 0;

  // For the observer.
  virtual void count(ReplicationObserved&, Instant) {}
};

}  // namespace seatrial::models
