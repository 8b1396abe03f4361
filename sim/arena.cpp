#include "sim/arena.hpp"

#include <sys/mman.h>

#include <new>

namespace seatrial::sim {

void* Arena::carve(std::size_t bytes) {
  if (static_cast<std::size_t>(end_ - next_) < bytes) add_slab();
  void* memory = next_;
  next_ += bytes;
  return memory;
}

// Slabs are aligned to their size, so that one is exactly one large page.
void Arena::add_slab() {
  const std::size_t bytes = slabs_.size() < small_slabs ? small_slab : large_slab;
  next_ = static_cast<std::byte*>(::operator new (bytes, std::align_val_t{bytes}));
  end_ = next_ + bytes;
  // A wish: the run is the same, only slower, where it is not granted.
  if (bytes == large_slab) madvise(next_, bytes, MADV_HUGEPAGE);
  slabs_.push_back({next_, bytes});
  reserved_ += bytes;
}

void Arena::release() {
  for (const Slab& slab : slabs_) {
    unpoison(slab.memory, slab.bytes);
    ::operator delete (slab.memory, std::align_val_t{slab.bytes});
  }
}

}  // namespace seatrial::sim
