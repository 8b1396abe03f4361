#include "sim/event_queue.hpp"

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
  if (free_ == nullptr) {
    blocks_.push_back(std::make_unique<Block>());
    for (Chunk& chunk : *blocks_.back()) give_back(&chunk);
  }
  Chunk* const chunk = free_;
  free_ = chunk->next;
  chunk->next = nullptr;
  chunk->begin = chunk->end = 0;
  return chunk;
}

}  // namespace seatrial::sim
