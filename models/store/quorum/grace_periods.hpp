// Which moments of the past somebody may still ask about, in constant space: as readers come and
// go, the horizon follows the oldest of them at a distance of at most two generations.
//
//   const auto generation = periods.begin();   // a question about moments from now on
//   ...
//   periods.end(generation);
//
// Law: no question that is open, or still comes, is about a moment before horizon().
#pragma once

#include <array>
#include <cstdint>

#include "sim/time.hpp"

namespace seatrial::models {

class GracePeriods {
 public:
  using Generation = std::uint8_t;

  Generation begin() {
    ++open_[current_];
    return current_;
  }
  void end(Generation generation) { --open_[generation]; }

  sim::Instant horizon(sim::Instant now) {
    const Generation other = 1 - current_;
    if (open_[other] != 0) return horizon_;
    horizon_ = open_[current_] == 0 ? now : began_;
    current_ = other;
    began_ = now;
    return horizon_;
  }

 private:
  std::array<std::uint32_t, 2> open_{};
  Generation current_ = 0;
  sim::Instant began_;    // of the current generation
  sim::Instant horizon_;  // all that is open began then or later
};

}  // namespace seatrial::models
