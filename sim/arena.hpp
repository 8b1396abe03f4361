// Memory of one run: coroutine frames and scheduled callbacks. Freed blocks are kept by size for
// the next of that size; everything goes at once with the arena. Under AddressSanitizer freed
// blocks are poisoned, so a stale wake-up is found.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#if defined(__SANITIZE_ADDRESS__)
#define SEATRIAL_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SEATRIAL_ASAN 1
#endif
#endif
#ifdef SEATRIAL_ASAN
#include <sanitizer/asan_interface.h>
#endif

namespace seatrial::sim {

class Arena {
 public:
  static constexpr std::size_t large = 4081;

  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { release(); }

  // Aligned to 16 bytes. A block of `large` bytes or more is the caller's to free: it does not go
  // with the arena.
  void* allocate(std::size_t bytes) {
    const std::size_t size_class = (bytes + granule - 1) / granule;
    ++live_;
    if (size_class >= classes) return ::operator new(bytes);
    FreeBlock* block = free_[size_class];
    if (block == nullptr) return carve(size_class * granule);
    unpoison(block, size_class * granule);
    free_[size_class] = block->next;
    return block;
  }

  void deallocate(void* memory, std::size_t bytes) {
    const std::size_t size_class = (bytes + granule - 1) / granule;
    --live_;
    if (size_class >= classes) {
      ::operator delete(memory);
      return;
    }
    auto* block = static_cast<FreeBlock*>(memory);
    block->next = free_[size_class];
    free_[size_class] = block;
    poison(memory, size_class * granule);
  }

  // Blocks that are allocated and not yet freed.
  std::size_t live() const { return live_; }
  std::size_t reserved_bytes() const { return reserved_; }

 private:
  static constexpr std::size_t granule = 16;
  static constexpr std::size_t classes = 256;  // blocks below 4 KiB
  // A small world needs little; a large one lives in the processor's large pages, because a million
  // frames on small ones would miss the translation buffer at every event.
  static constexpr std::size_t small_slab = std::size_t{1} << 18;
  static constexpr std::size_t large_slab = std::size_t{1} << 21;
  static constexpr std::size_t small_slabs = 8;

  struct FreeBlock {
    FreeBlock* next;
  };

  struct Slab {
    std::byte* memory;
    std::size_t bytes;
  };

  void* carve(std::size_t bytes);
  void add_slab();
  void release();

#ifdef SEATRIAL_ASAN
  static void poison(void* p, std::size_t n) { ASAN_POISON_MEMORY_REGION(p, n); }
  static void unpoison(void* p, std::size_t n) { ASAN_UNPOISON_MEMORY_REGION(p, n); }
#else
  static void poison(void*, std::size_t) {}
  static void unpoison(void*, std::size_t) {}
#endif

  std::array<FreeBlock*, classes> free_{};
  std::vector<Slab> slabs_;
  std::size_t reserved_ = 0;
  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t live_ = 0;
};

}  // namespace seatrial::sim
