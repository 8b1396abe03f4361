// Ways that keep for each entry when it left, or when it arrives.
#pragma once

#include <algorithm>
#include <deque>
#include <utility>

#include "models/network/network.hpp"
#include "models/store/replica_lag.hpp"
#include "models/store/replication/outbound.hpp"

namespace seatrial::models {

// Instants by LSN, from the first that is not forgotten on; never: none yet. An instant that is
// there stays where it is in memory.
class InstantsByLsn {
 public:
  Instant& at_or_add(std::uint64_t lsn) {
    while (first_ + instants_.size() <= lsn) instants_.push_back(Instant::never());
    return instants_[lsn - first_];
  }
  std::optional<Instant> find(std::uint64_t lsn) const {
    if (first_ + instants_.size() <= lsn) return std::nullopt;
    const Instant instant = instants_[lsn - first_];
    if (instant == Instant::never()) return std::nullopt;
    return instant;
  }
  void forget(std::uint64_t lsn) {
    for (; first_ <= lsn && !instants_.empty(); ++first_) instants_.pop_front();
  }
  void go_on_after(std::uint64_t lsn) {
    instants_.clear();
    first_ = lsn + 1;
  }
  void truncate_after(std::uint64_t lsn) {
    first_ = std::min(first_, lsn + 1);
    while (!instants_.empty() && first_ + instants_.size() - 1 > lsn) instants_.pop_back();
  }

 private:
  std::deque<Instant> instants_;
  std::uint64_t first_ = 1;
};

// Over links of which some have a limited bandwidth: an entry leaves behind what was sent before,
// requests and entries alike, and waits for a route where there is none.
//
// Law: what has not left when its sender or the whole region goes down leaves when both are up
// again, behind what is on the link then; what was on its way to a region that went down is sent
// anew.
class LimitedOutbound final : public Outbound {
 public:
  LimitedOutbound(Network& network, const ReplicaLag& lag, RegionId to)
      : network_{network}, lag_{lag}, to_{to} {}

  void send(std::uint64_t lsn, const LogEntry& entry, Instant now) override;
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry, const ReplicationSource&,
                                 Instant now) override;
  void forget(std::uint64_t lsn) override;
  void stop(Instant now) override;
  void lead(RegionId source, const PartitionLog& log, Instant now) override;
  void receiver_down(Instant now) override;
  void receiver_up(std::uint64_t first, const PartitionLog& log, Instant now) override;
  void leave_out(std::uint64_t lsn, Instant now) override;
  void truncate_after(std::uint64_t survived) override;
  void go_on_after(std::uint64_t) override {}  // its partition is not merged
  bool ends_at_a_takeover() const override { return true; }
  std::shared_ptr<Outbound> afterwards() const override;
  std::shared_ptr<Outbound> to(RegionId) const override { return nullptr; }
  std::shared_ptr<Outbound> copy(std::shared_ptr<BusFeed>&) const override { return nullptr; }

 private:
  struct Sent {
    Instant at = Instant::never();  // when it was given to the link for the first time
    Instant last;                   // and for the last
    Bytes bytes = 0;
    EntryFlight flight;  // must stay where it is in memory
  };

  std::uint64_t end() const { return first_ + sent_.size(); }
  void give(std::uint64_t lsn, const LogEntry& entry, Instant now);
  // What has not left by now.
  void withdraw(Instant now);
  void send_rest(const PartitionLog& log, Instant now);

  Network& network_;
  const ReplicaLag& lag_;
  RegionId to_;
  std::deque<Sent> sent_;  // by LSN
  std::uint64_t first_ = 1;
  bool is_led_ = true;    // its sender is up
  bool is_heard_ = true;  // the region is
};

// From a backend that gets entries later than they are committed: that of the write region, and
// after a takeover that of the new one, which has what had come to it.
class LaterOutbound final : public Outbound {
 public:
  LaterOutbound(const ReplicaLag& lag, RegionId to, InstantsByLsn sent = {})
      : lag_{lag}, to_{to}, sent_{std::move(sent)} {}

  void send(std::uint64_t lsn, const LogEntry&, Instant now) override {
    sent_.at_or_add(lsn) = now;
  }
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry,
                                 const ReplicationSource& from, Instant now) override {
    const std::optional<Instant> sent = sent_.find(lsn);
    if (!sent) return sent;
    return lag_.arrival_of(entry, from, to_, *sent, now);
  }
  void forget(std::uint64_t lsn) override { sent_.forget(lsn); }
  void truncate_after(std::uint64_t survived) override { sent_.truncate_after(survived); }
  void go_on_after(std::uint64_t lsn) override { sent_.go_on_after(lsn); }
  std::shared_ptr<Outbound> to(RegionId region) const override {
    return std::make_shared<LaterOutbound>(lag_, region, sent_);
  }
  std::shared_ptr<Outbound> copy(std::shared_ptr<BusFeed>&) const override { return to(to_); }

 private:
  const ReplicaLag& lag_;
  RegionId to_;
  InstantsByLsn sent_;
};

}  // namespace seatrial::models
