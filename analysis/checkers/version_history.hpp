// What somebody knew of one document as time went on: the newest version completed so far, at any
// past instant that an operation still under way may have been invoked at.
//
// A staircase: a point stands for "from `completed` on, at least `version`"; a version that is not
// newer than one completed before adds no step. Points that no operation can ask for any more,
// because their successor is older than the longest operation, go when the staircase would grow.
//
// Law: add() is called in the order of completion; versions compare by epoch, then lsn.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis {

// The ordinal is left out: after a lossy failover it may number another version.
constexpr bool is_older(const models::Version& one, const models::Version& other) {
  return one.epoch != other.epoch ? one.epoch < other.epoch : one.lsn < other.lsn;
}

class VersionHistory {
 public:
  struct Point {
    models::Instant completed;
    models::Version version;
  };

  void add(models::Instant completed, const models::Version& version,
           models::Duration longest_operation) {
    if (present_ && !is_older(newest_.version, version)) return;
    if (present_) {
      if (older_.size() == older_.capacity()) forget_before(completed - longest_operation);
      older_.push_back(newest_);
    }
    newest_ = {completed, version};
    present_ = true;
  }

  // The newest version completed by `instant`, or nothing. Nearly always the newest of all.
  const Point* at(models::Instant instant) const {
    if (!present_) return nullptr;
    if (newest_.completed <= instant) return &newest_;
    for (auto point = older_.rbegin(); point != older_.rend(); ++point)
      if (point->completed <= instant) return &*point;
    return nullptr;
  }

  void clear() {
    present_ = false;
    if (older_.capacity() > usual_points)
      older_ = {};
    else
      older_.clear();
  }

  std::size_t points() const { return older_.size() + (present_ ? 1 : 0); }

 private:
  static constexpr std::size_t usual_points = 16;

  // Half at least, or none: so that add() costs the same however long the staircase is.
  void forget_before(models::Instant instant) {
    if (newest_.completed <= instant) return older_.clear();
    const auto later = std::upper_bound(
        older_.begin(), older_.end(), instant,
        [](models::Instant sought, const Point& point) { return sought < point.completed; });
    const auto useless = later - older_.begin() - 1;
    if (useless * 2 >= std::ssize(older_)) older_.erase(older_.begin(), older_.begin() + useless);
  }

  std::vector<Point> older_;  // ascending in time and in version
  Point newest_;
  bool present_ = false;
};

}  // namespace seatrial::analysis
