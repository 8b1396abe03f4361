// What a replication mode has decided, as plain data: a partition is built from it and asks no
// kind again.
//
//   commit   the write quorum of the write region has the entry, and of the other regions those
//            that must, and `needed` of those that count; or `at_most` has passed
//   leaves   for regions that are waited for at the append, for all others at the commit
//   travels  over the link between the regions, or an event bus
//
// Law: a partition has one plan, and so a data class with a mode of its own has partitions of its
// own.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "sim/random/distribution.hpp"

namespace seatrial::models {

// What a region's acknowledgement is to a commit.
enum class Vote : std::uint8_t {
  none,    // nothing: it gets the entry afterwards
  counts,  // one of those of which some number is needed
  must     // no commit without it
};

enum class Way : std::uint8_t { link, bus };

// An event bus (bus_feed.hpp).
struct BusPlan {
  std::int64_t partitions = 4;  // for each partition of the store
  Bytes batch = 16'384;
  Duration linger = Duration::milliseconds(5);
  sim::Distribution publish = sim::Distribution::constant(2e6);  // ns
  double lost = 0;
  double unacknowledged = 0;
  Duration retry_after = Duration::milliseconds(100);
  Duration poll_delay = Duration::seconds(5);
  double redelivered = 0;
  std::string upgrade_phase;  // empty: none
  Instant upgrade_from = Instant::never();
  Instant upgrade_until = Instant::never();
};

// A store in memory before a durable one (tiered.cpp).
struct TierPlan {
  Duration flush_every = Duration::seconds(1);
  sim::Distribution flush = sim::Distribution::constant(10e6);  // ns
  Duration hot_for = Duration::seconds(60);
  Duration each_use_adds = Duration::seconds(10);
  Duration hot_at_most = Duration::seconds(600);
  sim::Distribution cold_read = sim::Distribution::constant(10e6);  // ns
};

// When a partition's writes wait for other regions (adaptive.cpp).
struct AdaptivePlan {
  Duration synchronous_above;
  Duration asynchronous_below;
};

// What of a write travels to other regions, and what packing it takes.
enum class Ship : std::uint8_t { as_written, delta, full };
struct ShippingPlan {
  Ship ship = Ship::as_written;
  double compression = 1;    // bytes before, by bytes after
  Duration compress_per_mb;  // cpu at each end, of the bytes before
  Duration diff_per_mb;      // cpu at each end, of the document, where an update is no PATCH
};

struct ReplicationPlan {
  std::vector<Vote> votes;  // by region; of the write region itself: none
  std::vector<Way> ways;    // by region
  // Of the regions that count or must; more than there are: all of them.
  std::uint32_t needed = 0;
  // The longest wait for other regions; nothing: without end.
  std::optional<Duration> at_most;
  // Strong consistency: a region that must acknowledge is left out after this long; nothing: never.
  std::optional<Duration> drop_after;
  std::optional<BusPlan> bus;  // of the regions whose way it is
  std::optional<TierPlan> tier;
  std::optional<AdaptivePlan> adaptive;
  ShippingPlan shipping;

  Way way_of(RegionId region) const { return ways[region.value()]; }
  bool waits() const;
};

inline bool ReplicationPlan::waits() const {
  return std::any_of(votes.begin(), votes.end(), [&](Vote vote) {
    return vote == Vote::must || (vote == Vote::counts && needed > 0);
  });
}

}  // namespace seatrial::models
