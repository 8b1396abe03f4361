// For the observer: how many committed writes some replica lacks, and how old the oldest of them
// is.
//
// A write that nothing but its own messages brings to the replicas is known to be everywhere at a
// moment that is settled. Of others it is asked at every look (`lacks(write)`), for a newer version
// or a repair may come at any time.
//
// Law: looking changes nothing; memory follows the writes that some replica lacks, and at most as
// many that none does.
#pragma once

#include <algorithm>
#include <vector>

#include "models/store/store.hpp"

namespace seatrial::models {

struct UnappliedWrite {
  Instant committed;
  Instant everywhere = Instant::never();  // never: ask
  DocumentHandle document;
  Version version;
};

class UnappliedWrites {
 public:
  template <class Lacks>
  void add(const UnappliedWrite& write, Instant now, const Lacks& lacks) {
    if (writes_.size() >= 2 * kept_ + 64) forget(now, lacks);
    if (write.everywhere > write.committed) writes_.push_back(write);
  }

  template <class Lacks>
  ReplicationState state(Instant now, const Lacks& lacks) {
    forget(now, lacks);
    Instant oldest = now;
    for (const UnappliedWrite& write : writes_) oldest = std::min(oldest, write.committed);
    const Duration lag = now - oldest;
    ReplicationState state;
    state.greatest_lag = state.mean_lag = lag;
    state.entries_lacking = writes_.size();
    return state;
  }

 private:
  template <class Lacks>
  void forget(Instant now, const Lacks& lacks) {
    std::erase_if(writes_, [&](const UnappliedWrite& write) {
      if (write.everywhere != Instant::never()) return write.everywhere <= now;
      return !lacks(write);
    });
    kept_ = writes_.size();
  }

  std::vector<UnappliedWrite> writes_;
  std::size_t kept_ = 0;  // when something was forgotten last
};

}  // namespace seatrial::models
