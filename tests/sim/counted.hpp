// A value that knows how many of its kind exist: what is left when all should be gone has leaked.
#pragma once

namespace seatrial::sim {

class Counted {
 public:
  explicit Counted(int v = 0) : value{v} { ++alive; }
  Counted(const Counted& other) : value{other.value} { ++alive; }
  Counted(Counted&& other) noexcept : value{other.value} { ++alive; }
  Counted& operator=(const Counted&) = default;
  ~Counted() { --alive; }

  int value;
  static inline int alive = 0;
};

}  // namespace seatrial::sim
