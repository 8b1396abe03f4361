// The way of a log over an event bus to one region.
#pragma once

#include <memory>
#include <utility>

#include "models/store/replication/bus_feed.hpp"
#include "models/store/replication/outbound.hpp"

namespace seatrial::models {

class BusOutbound final : public Outbound {
 public:
  BusOutbound(std::shared_ptr<BusFeed> feed, RegionId to) : feed_{std::move(feed)}, to_{to} {
    feed_->add_consumer(to_);
  }

  void send(std::uint64_t lsn, const LogEntry& entry, Instant now) override {
    feed_->publish(lsn, entry, now);
  }
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry&, const ReplicationSource&,
                                 Instant now) override {
    return feed_->at_door(lsn, to_, now);
  }
  bool reorders() const override { return true; }
  void forget(std::uint64_t lsn) override { feed_->forget(lsn, to_); }
  void count(ReplicationObserved& seen, Instant now) override {
    if (feed_->is_first(to_)) feed_->count(seen, now);  // of all its consumers
  }
  void stop(Instant now) override { feed_->stop(now); }
  void lead(RegionId source, const PartitionLog& log, Instant now) override {
    feed_->lead(source, log, now);
  }
  void truncate_after(std::uint64_t survived) override { feed_->truncate_after(survived); }
  void go_on_after(std::uint64_t lsn) override { feed_->go_on_after(lsn); }
  std::shared_ptr<Outbound> to(RegionId region) const override {
    return std::make_shared<BusOutbound>(feed_, region);
  }
  std::shared_ptr<Outbound> copy(std::shared_ptr<BusFeed>& feed) const override {
    if (!feed) feed = std::make_shared<BusFeed>(feed_->copy_that_counts_nothing());
    return std::make_shared<BusOutbound>(feed, to_);
  }

 private:
  std::shared_ptr<BusFeed> feed_;
  RegionId to_;
};

}  // namespace seatrial::models
