#include "sim/arena.hpp"

#include <new>

namespace seatrial::sim {

void* Arena::carve(std::size_t bytes) {
  if (static_cast<std::size_t>(end_ - next_) < bytes) {
    next_ = static_cast<std::byte*>(::operator new(slab_bytes, std::align_val_t{64}));
    end_ = next_ + slab_bytes;
    slabs_.push_back(next_);
  }
  void* memory = next_;
  next_ += bytes;
  return memory;
}

void Arena::release() {
  for (std::byte* slab : slabs_) {
    unpoison(slab, slab_bytes);
    ::operator delete(slab, std::align_val_t{64});
  }
}

}  // namespace seatrial::sim
