// Strong identifiers: dense indices that cannot be mixed up. `using PodId = Id<struct PodTag>;`
#pragma once

#include <compare>
#include <cstdint>

namespace seatrial::sim {

template <class Tag, class Number = std::uint32_t>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(Number value) : value_{value} {}

  constexpr Number value() const { return value_; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  Number value_ = 0;
};

}  // namespace seatrial::sim
