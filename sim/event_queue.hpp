// The future event list: a monotone radix heap over integer keys (Ahuja et al., 1990), the next few
// entries of which stand in a sorted array.
//
// Law of order: entries leave by key, and entries of one key in the order in which they came.
// The order is structural: equal keys always share a bucket, buckets are only appended to and are
// dealt from front to back, so no sequence number is stored. Keys never go below the last one
// that left (simulated time does not run backwards).
//
//   front: every key below front_end_, sorted     bucket 0: key == pivot_
//                                                 bucket b: highest bit that differs from pivot_'s
//                                                           is bit b - 1
//
// When the front is empty the lowest bucket is dealt: to the front when it has few entries, else to
// lower buckets around a new pivot. A tiny model lives in the front alone. Entries are 16 bytes, in
// pooled chunks, so memory follows the number of entries. From a hundred to a million pending the
// cost of an entry doubles, as caches do (docs/performance.md).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
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
  ~EventQueue();

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Keys are below 2^63.
  void push(std::uint64_t key, std::uint64_t payload) {
    SEATRIAL_ASSERT(key >= floor_, "an event is scheduled in the past");
    ++size_;
    if (key < front_end_) {
      if (front_size_ != front_capacity) {
        insert_sorted({key, payload});
        return;
      }
      spill();
    }
    append(bucket_of(key), {key, payload});
  }

  // The key of the entry that pop() would return; no_key when empty. Moves nothing.
  std::uint64_t next_key() const {
    if (front_size_ != 0) return front_[front_size_ - 1].key;
    if (buckets_[0].head != nullptr) return pivot_;
    return occupied_ == 0 ? no_key : lowest_[std::countr_zero(occupied_)];
  }

  // `prefetch(payload)` is called for entries that will leave soon. Must not be empty.
  template <class Prefetch>
  QueueEntry pop(Prefetch prefetch) {
    if (front_size_ == 0 && buckets_[0].head == nullptr) deal_lowest(prefetch);
    const QueueEntry entry = front_size_ != 0 ? front_[--front_size_] : take_first(buckets_[0]);
    floor_ = entry.key;
    if (--size_ == 0) front_end_ = no_key;
    return entry;
  }
  QueueEntry pop() {
    return pop([](std::uint64_t) {});
  }

  // Removes every entry for which `is_dead(payload)`, keeping the order of the others: O(size).
  template <class IsDead>
  std::size_t remove_if(IsDead is_dead);

  // Lets keys from `key` on be pushed again although a later one has left. For a clock that stands
  // still because what left last did not count.
  void rewind(std::uint64_t key) {
    if (key >= floor_) return;
    floor_ = key;
    // Keys below the pivot have no bucket. All buckets are above, so the front can hold them.
    if (front_end_ < pivot_) front_end_ = pivot_;
  }

  // Memory of the entries' pool, for tests.
  std::size_t allocated_bytes() const { return chunks_ * sizeof(Chunk) + sizeof(*this); }

 private:
  // Sorting in costs a shift of half the front: dealt buckets fill at most half of it, so that
  // what comes on top seldom makes it spill.
  static constexpr std::size_t front_capacity = 48;
  static constexpr std::size_t dealt_to_front = 24;
  static constexpr std::size_t entries_per_chunk = 63;

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
  using Buckets = std::array<Bucket, 64>;
  // Chunks are allocated by the block. A large queue lives in the processor's large pages: with
  // small ones ten million entries miss the translation buffer at every move.
  static constexpr std::size_t small_block = 16;
  static constexpr std::size_t small_blocks = 256;
  static constexpr std::size_t large_page = std::size_t{1} << 21;
  struct Block {
    std::byte* memory;
    std::size_t alignment;
  };

  std::size_t bucket_of(std::uint64_t key) const { return std::bit_width(key ^ pivot_); }

  void append(std::size_t bucket, QueueEntry entry) {
    Bucket& b = buckets_[bucket];
    if (b.tail == nullptr || b.tail->end == entries_per_chunk) [[unlikely]]
      add_chunk(bucket);
    b.tail->entries[b.tail->end++] = entry;
    if (entry.key < lowest_[bucket]) lowest_[bucket] = entry.key;
  }

  QueueEntry take_first(Bucket& b) {
    Chunk* chunk = b.head;
    const QueueEntry entry = chunk->entries[chunk->begin++];
    if (chunk->begin == chunk->end) {
      b.head = chunk->next;
      if (b.head == nullptr) b.tail = nullptr;
      give_back(chunk);
    }
    return entry;
  }

  // Descending, so that the next entry is at the end; later ones of a key stand before earlier.
  void insert_sorted(QueueEntry entry) {
    std::size_t i = front_size_++;
    while (i > 0 && front_[i - 1].key <= entry.key) {
      front_[i] = front_[i - 1];
      --i;
    }
    front_[i] = entry;
  }

  template <class Prefetch>
  [[gnu::noinline]] void deal_lowest(Prefetch prefetch);
  template <class Take>
  void empty_chunks(Chunk* chunk, Take take);
  void spill();
  void rebuild();
  void add_chunk(std::size_t bucket);
  Chunk* take_chunk();
  void add_block();
  void give_back(Chunk* chunk) {
    chunk->next = free_;
    free_ = chunk;
  }

  // Bucket 0 has no bit; bucket 64 cannot occur.
  static std::uint64_t mask(std::size_t bucket) { return std::uint64_t{1} << bucket; }

  std::size_t size_ = 0;
  std::size_t front_size_ = 0;
  std::uint64_t front_end_ = no_key;
  std::uint64_t floor_ = 0;     // the last key that left
  std::uint64_t pivot_ = 0;     // not above any key in the buckets
  std::uint64_t occupied_ = 0;  // bit b: bucket b > 0 has entries
  Chunk* free_ = nullptr;
  std::array<QueueEntry, front_capacity> front_;
  Buckets buckets_{};
  std::array<std::uint64_t, 64> lowest_{};
  std::vector<Block> blocks_;
  std::size_t chunks_ = 0;
};

// Hands the entries of a list of chunks to `take`, first to last, and the chunks back.
template <class Take>
void EventQueue::empty_chunks(Chunk* chunk, Take take) {
  while (chunk != nullptr) {
    if (chunk->next != nullptr) {  // the memory's own prediction takes over after a few lines
      __builtin_prefetch(chunk->next);
      __builtin_prefetch(&chunk->next->entries[4]);
      __builtin_prefetch(&chunk->next->entries[8]);
    }
    for (std::uint32_t i = chunk->begin; i != chunk->end; ++i) take(chunk->entries[i]);
    give_back(std::exchange(chunk, chunk->next));
  }
}

template <class Prefetch>
void EventQueue::deal_lowest(Prefetch prefetch) {
  const std::size_t lowest = std::countr_zero(occupied_);
  Chunk* const chunk = std::exchange(buckets_[lowest], {}).head;
  occupied_ &= ~mask(lowest);
  // The keys of the bucket share all bits from `lowest` on with the pivot, and bit lowest - 1 set.
  const std::uint64_t end = ((pivot_ >> (lowest - 1) | 1) + 1) << (lowest - 1);
  pivot_ = lowest_[lowest];
  if (chunk->next == nullptr && chunk->end - chunk->begin <= dealt_to_front) {
    front_end_ = end;
    empty_chunks(chunk, [&](const QueueEntry& entry) {
      prefetch(entry.payload);
      insert_sorted(entry);
    });
  } else {
    const bool is_soon = chunk->next == nullptr;  // the front alone would be too late for its first
    empty_chunks(chunk, [&](const QueueEntry& entry) {
      if (is_soon) prefetch(entry.payload);
      append(bucket_of(entry.key), entry);
    });
  }
}

template <class IsDead>
std::size_t EventQueue::remove_if(IsDead is_dead) {
  const std::size_t before = size_;
  std::size_t kept = 0;
  for (std::size_t i = 0; i != front_size_; ++i) {
    if (!is_dead(front_[i].payload)) front_[kept++] = front_[i];
  }
  size_ -= front_size_ - kept;
  front_size_ = kept;
  for (std::size_t b = 0; b != buckets_.size(); ++b) {
    Chunk* const chunk = std::exchange(buckets_[b], {}).head;
    occupied_ &= ~mask(b);
    empty_chunks(chunk, [&](const QueueEntry& entry) {
      if (is_dead(entry.payload)) {
        --size_;
      } else {
        append(b, entry);
      }
    });
  }
  if (size_ == 0) front_end_ = no_key;
  return before - size_;
}

}  // namespace seatrial::sim
