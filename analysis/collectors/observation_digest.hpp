// The digest of a run: a running hash of every operation, commit and conflict, in the order in
// which they were observed, with cumulative values at 256 equal steps of the timeline. The first
// checkpoint that differs tells where two runs parted.
//
// Law: integers only, and all of them: every field of the records is part of the simulated truth
// (no handles, addresses, event counts), so a change in any field changes the digest, and nothing
// about machine, build or engine does. user_left() is bookkeeping and does not enter.
// Checkpoint i covers what happened before (i + 1) / 256 of the timeline; the last covers all,
// whatever came after the end of the timeline included.
#pragma once

#include <vector>

#include "models/observation.hpp"
#include "sim/digest.hpp"

namespace seatrial::analysis {

class ObservationDigest {
 public:
  explicit ObservationDigest(models::Duration timeline);

  void operation(const models::OperationObserved&);
  void commit(const models::CommitObserved&);
  void takeover(const models::TakeoverObserved&);
  void conflict(const models::ConflictObserved&);

  sim::Hash128 value() const { return digest_.value(); }
  // 256 values; the last is value().
  std::vector<sim::Hash128> checkpoints() const;

 private:
  void advance_to(models::Instant);

  models::Duration timeline_;
  models::Instant next_step_;
  std::vector<sim::Hash128> steps_;  // those that are past
  sim::Digest digest_;
};

}  // namespace seatrial::analysis
