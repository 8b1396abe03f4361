// A choice among weighted things in constant time: one random word, one table cell.
//
//   const Alias kinds{weights};
//   const std::size_t kind = kinds.sample(stream);
//
// Law: the share of a thing is its weight over the sum, up to a few roundings of doubles. A choice
// of weight 0 is never taken.
// Source: Walker, "An efficient method for generating discrete random variables with general
// distributions", ACM TOMS 3(3), 1977; Vose's linear construction, IEEE TSE 17(9), 1991.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/random/stream.hpp"

namespace seatrial::sim {

class Alias {
 public:
  Alias() = default;
  // At least one weight, none negative, sum positive and finite.
  explicit Alias(std::span<const double> weights);

  std::size_t size() const { return cells_.size(); }

  std::size_t sample(Stream& stream) const {
    // The upper word of the product is a cell, the lower one a uniform place inside of it.
    const Unsigned128 product = static_cast<Unsigned128>(stream.next()) * cells_.size();
    const auto index = static_cast<std::size_t>(product >> 64);
    const Cell& cell = cells_[index];
    // All ones if the cell's own: a branch would be mispredicted often.
    const std::size_t own =
        -static_cast<std::size_t>(static_cast<std::uint64_t>(product) < cell.own);
    return cell.other ^ ((cell.other ^ index) & own);
  }

  // The probability with which the table takes `index`, computed from the table.
  double share(std::size_t index) const;

  bool operator==(const Alias&) const = default;

 private:
  struct Cell {
    std::uint64_t own = 0;  // in units of 2^-64 of the cell
    std::size_t other = 0;

    bool operator==(const Cell&) const = default;
  };
  std::vector<Cell> cells_;
};

}  // namespace seatrial::sim
