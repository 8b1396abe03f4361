// When what a primary has in memory is durable: with the first flush that begins after the commit,
// in the order of the log. With the primary goes what was not durable; a flush that is under way
// then leaves nothing.
//
//   commit ──> end of the stretch of flush_every ──> + flush (its own draw) ──> durable
//
// Law: a pure function of the commits and the crashes; looking changes nothing.
#pragma once

#include <deque>

#include "models/store/partition_log.hpp"
#include "models/store/replication/plan.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

class Durability {
 public:
  Durability(const TierPlan& plan, const sim::RandomSource& random)
      : flush_every_{plan.flush_every},
        flush_{plan.flush},
        key_{random.key(sim::Purpose{"store/flush"})} {}

  // In the order of LSNs, at their commits. When the entry is durable.
  Instant add(const LogEntry& entry);

  // The LSN up to which a loss of the memory at `now` loses nothing. `now` never decreases.
  std::uint64_t durable(Instant now);
  // The log goes on after this LSN, and what it has until then is safe.
  void go_on_after(std::uint64_t lsn) {
    in_memory_.clear();
    durable_ = lsn;
    latest_ = {};
  }

  struct AtRisk {
    std::uint64_t entries = 0;
    Duration oldest;  // since its commit
  };
  AtRisk at_risk(Instant now);

 private:
  struct Entry {
    Instant committed;
    Instant durable;
  };

  Duration flush_every_;
  sim::Distribution flush_;
  sim::StreamKey key_;
  std::deque<Entry> in_memory_;  // alone, at the last look
  std::uint64_t durable_ = 0;
  Instant latest_;
};

}  // namespace seatrial::models
