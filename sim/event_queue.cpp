#include "sim/event_queue.hpp"

#include <sys/mman.h>

#include <new>

namespace seatrial::sim {

// The front is full: its entries go to the buckets around what left last.
void EventQueue::spill() {
  if (floor_ < pivot_) {
    rebuild();
  } else {
    pivot_ = floor_;  // below front_end_, so the other buckets stay what they are
  }
  front_end_ = 0;
  while (front_size_ != 0) {
    const QueueEntry entry = front_[--front_size_];
    append(bucket_of(entry.key), entry);
  }
}

// Deals all buckets anew, for a pivot that is lower than before.
void EventQueue::rebuild() {
  pivot_ = floor_;
  const Buckets before = std::exchange(buckets_, {});
  occupied_ = 0;
  for (const Bucket& bucket : before) {
    empty_chunks(bucket.head,
                 [this](const QueueEntry& entry) { append(bucket_of(entry.key), entry); });
  }
}

void EventQueue::add_chunk(std::size_t bucket) {
  Bucket& b = buckets_[bucket];
  Chunk* const chunk = take_chunk();
  if (b.tail == nullptr) {
    b.head = chunk;
    lowest_[bucket] = no_key;
    if (bucket != 0) occupied_ |= mask(bucket);
  } else {
    b.tail->next = chunk;
  }
  b.tail = chunk;
}

EventQueue::Chunk* EventQueue::take_chunk() {
  if (free_ == nullptr) add_block();
  Chunk* const chunk = free_;
  free_ = chunk->next;
  chunk->next = nullptr;
  chunk->begin = chunk->end = 0;
  return chunk;
}

void EventQueue::add_block() {
  const bool is_large = blocks_.size() >= small_blocks;
  const std::size_t bytes = is_large ? large_page : small_block * sizeof(Chunk);
  const std::size_t alignment = is_large ? large_page : alignof(Chunk);
  auto* const memory = static_cast<std::byte*>(::operator new (bytes, std::align_val_t{alignment}));
  // A wish: the order is the same, only slower to keep, where it is not granted.
  if (is_large) madvise(memory, bytes, MADV_HUGEPAGE);
  blocks_.push_back({memory, alignment});
  const std::size_t count = bytes / sizeof(Chunk);
  for (std::size_t i = 0; i != count; ++i) give_back(new (memory + i * sizeof(Chunk)) Chunk);
  chunks_ += count;
}

EventQueue::~EventQueue() {
  for (const Block& block : blocks_)
    ::operator delete (block.memory, std::align_val_t{block.alignment});
}

}  // namespace seatrial::sim
