#include "sim/digest.hpp"

namespace seatrial::sim {

std::string Hash128::hex() const {
  std::string digits;
  for (const std::uint64_t word : {high, low}) {
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[word >> shift & 15];
  }
  return digits;
}

}  // namespace seatrial::sim
