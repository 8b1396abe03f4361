// For the observer: how old the oldest committed write is that some replica lacks.
//
// Law: looking changes nothing; memory follows the writes that are under way, and at most as many
// that have ended.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/time.hpp"

namespace seatrial::models {

class UnappliedWrites {
 public:
  void add(sim::Instant committed, sim::Instant everywhere, sim::Instant now) {
    if (writes_.size() >= 2 * kept_ + 64) forget(now);
    if (everywhere > committed) writes_.push_back({committed, everywhere});
  }

  sim::Duration lag(sim::Instant now) {
    forget(now);
    sim::Instant oldest = now;
    for (const Write& write : writes_) oldest = std::min(oldest, write.committed);
    return now - oldest;
  }

 private:
  struct Write {
    sim::Instant committed;
    sim::Instant everywhere;
  };

  void forget(sim::Instant now) {
    std::erase_if(writes_, [now](const Write& write) { return write.everywhere <= now; });
    kept_ = writes_.size();
  }

  std::vector<Write> writes_;
  std::size_t kept_ = 0;  // when something was forgotten last
};

}  // namespace seatrial::models
