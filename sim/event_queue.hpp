// The future event list: a monotone radix heap over integer keys (Ahuja et al., 1990).
//
// Law of order: entries leave by key, and entries of one key in the order in which they came.
// The order is structural: equal keys always share a bucket, buckets are only appended to and are
// split from front to back, so no sequence number is stored. Keys never go below the last one
// that left (simulated time does not run backwards).
//
// Up to `small` entries are kept in a sorted array instead, which is faster for tiny models.
// Entries are 16 bytes, in pooled chunks, so memory follows the number of entries. Cost per entry
// is flat from a hundred to ten million pending.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "sim/assert.hpp"

namespace seatrial::sim {

struct QueueEntry {
  std::uint64_t key;
  std::uint64_t payload;
};

class EventQueue {
 public:
  static constexpr std::uint64_t no_key = std::numeric_limits<std::uint64_t>::max();

  EventQueue() = default;
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  void push(std::uint64_t key, std::uint64_t payload) {
    SEATRIAL_ASSERT(key >= last_, "an event is scheduled in the past");
    ++size_;
    if (is_small_) {
      if (size_ <= small) {
        insert_sorted({key, payload});
        return;
      }
      leave_small();
    }
    append(bucket_of(key), {key, payload});
  }

  // The key of the entry that pop() would return; no_key when empty. Moves nothing.
  std::uint64_t next_key() const {
    if (is_small_) return size_ == 0 ? no_key : sorted_[size_ - 1].key;
    if (buckets_[0].head != nullptr) return last_;
    return occupied_ == 0 ? no_key : lowest_[std::countr_zero(occupied_)];
  }

  // `prefetch(payload)` is called for entries that will leave soon. Must not be empty.
  template <class Prefetch>
  QueueEntry pop(Prefetch prefetch) {
    if (is_small_) {
      const QueueEntry entry = sorted_[--size_];
      last_ = entry.key;
      return entry;
    }
    if (buckets_[0].head == nullptr) split_lowest(prefetch);
    const QueueEntry entry = take_front(buckets_[0]);
    if (--size_ == 0) is_small_ = true;
    return entry;
  }
  QueueEntry pop() {
    return pop([](std::uint64_t) {});
  }

  // Removes every entry for which `is_dead(payload)`, keeping the order of the others: O(size).
  template <class IsDead>
  std::size_t remove_if(IsDead is_dead);

  // Memory of the entries' pool, for tests.
  std::size_t allocated_bytes() const { return blocks_.size() * sizeof(Block) + sizeof(*this); }

 private:
  static constexpr std::size_t small = 16;
  static constexpr std::size_t entries_per_chunk = 63;
  static constexpr std::size_t prefetch_at_most = 64;

  struct Chunk {
    Chunk* next = nullptr;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::array<QueueEntry, entries_per_chunk> entries;
  };
  struct Bucket {
    Chunk* head = nullptr;
    Chunk* tail = nullptr;
  };
  using Block = std::array<Chunk, 16>;

  // 0 for the current key, else one more than the highest bit in which the key differs from it.
  std::size_t bucket_of(std::uint64_t key) const { return std::bit_width(key ^ last_); }

  void append(std::size_t bucket, QueueEntry entry) {
    Bucket& b = buckets_[bucket];
    if (b.tail == nullptr || b.tail->end == entries_per_chunk) {
      Chunk* chunk = take_chunk();
      (b.tail == nullptr ? b.head : b.tail->next) = chunk;
      b.tail = chunk;
      if (bucket != 0 && b.head == chunk) {
        occupied_ |= mask(bucket);
        lowest_[bucket] = no_key;
      }
    }
    b.tail->entries[b.tail->end++] = entry;
    if (entry.key < lowest_[bucket]) lowest_[bucket] = entry.key;
  }

  QueueEntry take_front(Bucket& b) {
    Chunk* chunk = b.head;
    const QueueEntry entry = chunk->entries[chunk->begin++];
    if (chunk->begin == chunk->end) {
      b.head = chunk->next;
      if (b.head == nullptr) b.tail = nullptr;
      give_back(chunk);
    }
    return entry;
  }

  // Makes the lowest occupied bucket's smallest key the current one and deals the bucket's
  // entries to lower buckets, front to back.
  template <class Prefetch>
  void split_lowest(Prefetch prefetch) {
    const std::size_t lowest = std::countr_zero(occupied_);
    Chunk* chunk = buckets_[lowest].head;
    last_ = lowest_[lowest];
    buckets_[lowest] = {};
    occupied_ &= ~mask(lowest);
    const bool few = chunk->next == nullptr;
    while (chunk != nullptr) {
      for (std::uint32_t i = chunk->begin; i != chunk->end; ++i) {
        const QueueEntry entry = chunk->entries[i];
        if (few) prefetch(entry.payload);
        append(bucket_of(entry.key), entry);
      }
      Chunk* next = chunk->next;
      give_back(chunk);
      chunk = next;
    }
  }

  // Descending, so that the next entry is at the end; later ones of a key stand before earlier.
  void insert_sorted(QueueEntry entry) {
    std::size_t i = size_ - 1;
    while (i > 0 && sorted_[i - 1].key <= entry.key) {
      sorted_[i] = sorted_[i - 1];
      --i;
    }
    sorted_[i] = entry;
  }

  void leave_small() {
    is_small_ = false;
    for (std::size_t i = size_ - 1; i > 0; --i) {
      append(bucket_of(sorted_[i - 1].key), sorted_[i - 1]);
    }
  }

  // Bucket 64 (keys that differ in the top bit) cannot occur: keys are below 2^63.
  static std::uint64_t mask(std::size_t bucket) { return std::uint64_t{1} << bucket; }

  Chunk* take_chunk() {
    if (free_ == nullptr) add_block();
    Chunk* chunk = free_;
    free_ = chunk->next;
    chunk->next = nullptr;
    chunk->begin = chunk->end = 0;
    return chunk;
  }
  void give_back(Chunk* chunk) {
    chunk->next = free_;
    free_ = chunk;
  }
  void add_block();

  std::uint64_t last_ = 0;
  std::size_t size_ = 0;
  std::uint64_t occupied_ = 0;  // bit b: bucket b > 0 has entries
  bool is_small_ = true;
  std::array<QueueEntry, small> sorted_;
  std::array<Bucket, 64> buckets_{};
  std::array<std::uint64_t, 64> lowest_{};
  Chunk* free_ = nullptr;
  std::vector<std::unique_ptr<Block>> blocks_;
};

template <class IsDead>
std::size_t EventQueue::remove_if(IsDead is_dead) {
  const std::size_t before = size_;
  if (is_small_) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i != size_; ++i) {
      if (!is_dead(sorted_[i].payload)) sorted_[kept++] = sorted_[i];
    }
    size_ = kept;
    return before - size_;
  }
  for (std::size_t b = 0; b != buckets_.size(); ++b) {
    Chunk* chunk = buckets_[b].head;
    buckets_[b] = {};
    occupied_ &= ~mask(b);
    while (chunk != nullptr) {
      for (std::uint32_t i = chunk->begin; i != chunk->end; ++i) {
        if (is_dead(chunk->entries[i].payload)) {
          --size_;
        } else {
          append(b, chunk->entries[i]);
        }
      }
      Chunk* next = chunk->next;
      give_back(chunk);
      chunk = next;
    }
  }
  is_small_ = size_ == 0;
  return before - size_;
}

}  // namespace seatrial::sim
