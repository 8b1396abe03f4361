// The way of a log over an event bus to one region.
#pragma once

#include <memory>
#include <utility>

#include "models/store/replication/bus_feed.hpp"

namespace seatrial::models {

class BusOutbound final : public Outbound {
 public:
  BusOutbound(std::shared_ptr<BusFeed> feed, RegionId to) : feed_{std::move(feed)}, to_{to} {
    feed_->add_consumer(to_);
  }

  void send(std::uint64_t lsn, const LogEntry& entry, Instant now) override {
    feed_->publish(lsn, entry, now);
  }
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry&, Instant now) override {
    return feed_->at_door(lsn, to_, now);
  }
  bool reorders() const override { return true; }
  void forget(std::uint64_t lsn) override { feed_->forget(lsn, to_); }
  void count(ReplicationObserved& seen, Instant now) override {
    if (feed_->is_first(to_)) feed_->count(seen, now);  // of all its consumers
  }

 private:
  std::shared_ptr<BusFeed> feed_;
  RegionId to_;
};

}  // namespace seatrial::models
