// Popularity by rank: the item of rank r (from 0, the most popular) is drawn with probability
// (r + 1)^-exponent / sum over all items. Exponent 0 is uniform, 0.99 is YCSB's default, any
// exponent >= 0 and any number of items cost the same: no table.
//
// Law: exact up to the rounding of doubles. Each try takes one random word; at most 1.02 tries
// are needed on average (measured for exponents 0 to 8).
// Source: Hormann, Derflinger, "Rejection-inversion to generate variates from monotone discrete
// distributions", ACM TOMACS 6(3), 1996.
#pragma once

#include <cstdint>

#include "sim/random/stream.hpp"

namespace seatrial::sim {

class Zipf {
 public:
  // 1 <= items <= 2^40.
  Zipf(std::uint64_t items, double exponent);

  std::uint64_t sample(Stream& stream) const;

  // The probability of a rank.
  double share(std::uint64_t rank) const;

  std::uint64_t items() const { return items_; }
  double exponent() const { return exponent_; }

 private:
  double weight(double position) const;
  double integral(double position) const;
  double integral_inverse(double area) const;
  double sum_of_weights() const;

  std::uint64_t items_;
  double exponent_;
  double integral_of_first_;
  double integral_of_all_;
  double shortcut_;
  double sum_;
};

}  // namespace seatrial::sim
