// n equal servers, one first-come-first-served queue, for work whose duration is known when it
// arrives: the end of each job is computed at once, so a job costs one event. Jobs must be offered
// in the order of time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/assert.hpp"
#include "sim/time.hpp"

namespace seatrial::sim {

class FifoServers {
 public:
  explicit FifoServers(std::size_t servers) : free_at_(servers) {
    SEATRIAL_ASSERT(servers > 0, "a queue without a server never ends");
  }

  // The instant at which a job that arrives now and needs `work` is done.
  Instant admit(Instant now, Duration work) {
    std::pop_heap(free_at_.begin(), free_at_.end(), later);
    const Instant start = std::max(now, free_at_.back());
    free_at_.back() = start + work;
    busy_ += work;
    const Instant done = free_at_.back();
    std::push_heap(free_at_.begin(), free_at_.end(), later);
    return done;
  }

  // Forgets all jobs: the place crashed. What they would still have cost is not counted as busy.
  void clear(Instant now) {
    busy_ = busy_time(now);
    std::fill(free_at_.begin(), free_at_.end(), now);
  }

  // Sum over the servers of the time at work until `now`, which is not before the last arrival.
  Duration busy_time(Instant now) const {
    Duration done = busy_;
    for (const Instant end : free_at_) done -= std::max(end - now, Duration{});
    return done;
  }

 private:
  static bool later(Instant a, Instant b) { return a > b; }

  std::vector<Instant> free_at_;  // a heap: the server that is free first is in front
  Duration busy_;                 // of all jobs, to their ends
};

}  // namespace seatrial::sim
