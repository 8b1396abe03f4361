// What somebody knew of one document as time went on: the newest version completed so far, at any
// past instant that an operation still under way may have been invoked at.
//
// A staircase: a step stands for "from `completed` on, at least `version`"; a version that is not
// newer than one completed before adds no step. Nearly every question is about the newest step,
// which therefore stands in the history itself; the older ones are a list in a common pool:
//
//   VersionHistory [ newest | older ]──> pool [ step | next ]──> [ step | next ] ...
//
// Steps that no operation can ask for any more, because their successor is older than the longest
// operation, go when they are the greater part of a long list.
//
// Law: add() is called in the order of completion; versions compare by epoch, then lsn; a history
// is cleared before its memory is used for another.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis {

// The ordinal is left out: after a takeover with losses it may number another version.
constexpr bool is_older(const models::Version& one, const models::Version& other) {
  return one.epoch != other.epoch ? one.epoch < other.epoch : one.lsn < other.lsn;
}

struct Step {
  models::Instant completed;
  models::Version version;
  models::PartitionId partition;  // that the document was in when the operation was invoked
};

// Steps of all histories in one piece of memory, as large as the most that were alive at once.
class StepPool {
 public:
  using Place = std::uint32_t;
  static constexpr Place none = UINT32_MAX;

  struct Node {
    Step step;
    Place next = none;
  };

  Node& operator[](Place place) { return nodes_[place]; }
  const Node& operator[](Place place) const { return nodes_[place]; }

  Place add(const Step& step, Place next) {
    if (free_ == none) {
      nodes_.push_back({step, next});
      return static_cast<Place>(nodes_.size() - 1);
    }
    const Place place = std::exchange(free_, nodes_[free_].next);
    nodes_[place] = {step, next};
    return place;
  }

  // The whole list.
  void free(Place first) {
    while (first != none) {
      const Place following = std::exchange(nodes_[first].next, free_);
      free_ = std::exchange(first, following);
    }
  }

  std::size_t capacity() const { return nodes_.size(); }

 private:
  std::vector<Node> nodes_;
  Place free_ = none;
};

class VersionHistory {
 public:
  void add(StepPool& pool, const Step& step, models::Duration longest_operation) {
    if (steps_ > 0) {
      if (!is_older(newest_.version, step.version)) return;
      if (is_long()) forget_before(pool, step.completed - longest_operation);
      older_ = pool.add(newest_, older_);
    }
    newest_ = step;
    ++steps_;
  }

  // The newest version completed by `instant` of which `counts(step)`, or nothing.
  template <class Counts>
  const Step* at(const StepPool& pool, models::Instant instant, Counts counts) const {
    if (steps_ == 0) return nullptr;
    const auto is_it = [&](const Step& step) { return step.completed <= instant && counts(step); };
    if (is_it(newest_)) return &newest_;
    for (StepPool::Place place = older_; place != StepPool::none; place = pool[place].next)
      if (is_it(pool[place].step)) return &pool[place].step;
    return nullptr;
  }
  const Step* at(const StepPool& pool, models::Instant instant) const {
    return at(pool, instant, [](const Step&) { return true; });
  }

  void clear(StepPool& pool) {
    pool.free(std::exchange(older_, StepPool::none));
    steps_ = 0;
  }

  bool empty() const { return steps_ == 0; }
  std::uint32_t steps() const { return steps_; }

 private:
  // At powers of two, so that looking costs little for each step added.
  bool is_long() const { return steps_ >= 16 && (steps_ & (steps_ - 1)) == 0; }

  // All that lies behind the newest step completed by `instant`, if that is the greater part.
  void forget_before(StepPool& pool, models::Instant instant) {
    if (newest_.completed <= instant) return cut(pool, older_, 1);
    std::uint32_t kept = 2;
    StepPool::Place place = older_;
    while (place != StepPool::none && pool[place].step.completed > instant) {
      place = pool[place].next;
      ++kept;
    }
    if (place != StepPool::none && kept * 2 <= steps_) cut(pool, pool[place].next, kept);
  }

  void cut(StepPool& pool, StepPool::Place& rest, std::uint32_t kept) {
    pool.free(std::exchange(rest, StepPool::none));
    steps_ = kept;
  }

  Step newest_;
  StepPool::Place older_ = StepPool::none;
  std::uint32_t steps_ = 0;
};

}  // namespace seatrial::analysis
