// Finds the slot of a thing in somebody's slab by the thing's hash: open addressing with linear
// probing, no tombstones, 8 bytes a bucket and at least twice as many buckets as things.
//
// Law: nothing iterates over the buckets, so no result depends on hashes. The slab decides what is
// equal; a slot is in the index at most once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace seatrial::analysis {

class SlotIndex {
 public:
  using Slot = std::uint32_t;
  static constexpr Slot none = UINT32_MAX;

  // `is_it(slot)` compares the thing in the slab with the one that is sought.
  template <class IsIt>
  Slot find(std::uint32_t hash, IsIt is_it) const {
    for (std::size_t at = home(hash); buckets_[at].slot != none; at = next(at))
      if (buckets_[at].hash == hash && is_it(buckets_[at].slot)) return buckets_[at].slot;
    return none;
  }

  void add(std::uint32_t hash, Slot slot) {
    if (++used_ * 2 > buckets_.size()) grow();
    place({hash, slot});
  }

  // What follows the hole moves up, unless its home lies behind the hole.
  void remove(std::uint32_t hash, Slot slot) {
    std::size_t hole = home(hash);
    while (buckets_[hole].slot != slot) hole = next(hole);
    for (std::size_t at = next(hole); buckets_[at].slot != none; at = next(at)) {
      const std::size_t mask = buckets_.size() - 1;
      const std::size_t from_home = (at - home(buckets_[at].hash)) & mask;
      if (from_home < ((at - hole) & mask)) continue;
      buckets_[hole] = buckets_[at];
      hole = at;
    }
    buckets_[hole] = {};
    --used_;
  }

 private:
  struct Bucket {
    std::uint32_t hash = 0;
    Slot slot = none;
  };

  std::size_t home(std::uint32_t hash) const { return hash & (buckets_.size() - 1); }
  std::size_t next(std::size_t bucket) const { return (bucket + 1) & (buckets_.size() - 1); }

  void place(Bucket bucket) {
    std::size_t at = home(bucket.hash);
    while (buckets_[at].slot != none) at = next(at);
    buckets_[at] = bucket;
  }

  void grow() {
    std::vector<Bucket> before(buckets_.size() * 2);
    before.swap(buckets_);
    for (const Bucket& bucket : before)
      if (bucket.slot != none) place(bucket);
  }

  std::vector<Bucket> buckets_ = std::vector<Bucket>(1024);  // a power of two
  std::size_t used_ = 0;
};

}  // namespace seatrial::analysis
