// Ways that keep for each entry when it left, or when it arrives.
#pragma once

#include <deque>

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

 private:
  std::deque<Instant> instants_;
  std::uint64_t first_ = 1;
};

// Over links of which some have a limited bandwidth: an entry leaves behind what was sent before,
// requests and entries alike, and waits for a route where there is none.
class LimitedOutbound final : public Outbound {
 public:
  LimitedOutbound(Network& network, const ReplicaLag& lag, RegionId to)
      : network_{network}, lag_{lag}, to_{to} {}

  void send(std::uint64_t lsn, const LogEntry& entry, Instant now) override;
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry, Instant now) override;
  void forget(std::uint64_t lsn) override {
    sent_.forget(lsn);
    arrivals_.forget(lsn);
  }

 private:
  Network& network_;
  const ReplicaLag& lag_;
  RegionId to_;
  InstantsByLsn sent_;
  InstantsByLsn arrivals_;
};

// From a backend that gets entries later than they are committed.
class LaterOutbound final : public Outbound {
 public:
  LaterOutbound(const ReplicaLag& lag, RegionId to) : lag_{lag}, to_{to} {}

  void send(std::uint64_t lsn, const LogEntry&, Instant now) override {
    sent_.at_or_add(lsn) = now;
  }
  std::optional<Instant> at_door(std::uint64_t lsn, const LogEntry& entry, Instant now) override {
    const std::optional<Instant> sent = sent_.find(lsn);
    if (!sent) return sent;
    return lag_.arrival_of(entry, to_, *sent, now);
  }
  void forget(std::uint64_t lsn) override { sent_.forget(lsn); }

 private:
  const ReplicaLag& lag_;
  RegionId to_;
  InstantsByLsn sent_;
};

}  // namespace seatrial::models
