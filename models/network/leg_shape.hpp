// How one leg of a round trip between regions scatters around half of the published P50.
//
// A leg takes half of the round trip's P50 plus an excess, a share of that P50. Seldom are both
// legs of a round trip slow at once, so the excess that a leg exceeds with probability p/2 is the
// one that the round trip exceeds with probability p:
//
//   share of legs that are slower      1      12.5 %   2.5 %    0.5 %    0.05 %   5e-5     5e-6
//   share of round trips slower                25 %     5 %      1 %     0.1 %    1e-4     1e-5
//   excess, of the round trip's P50  -2.74 %  +1.99 %  +5.17 %  +14.8 %  +38.4 %  +54.1 %  +136 %
//
// Law: the sum of two independent legs has the published P50 within 1 % and p99/p50 and p99.9/p50
// of the source within 5 %. Integers from the random word on: the same on every machine.
// Source: medians over the 56 wide-area pairs of data/ec2-rtt-percentiles-2013.csv (a test takes
// them again). The least excess is calibrated: it makes the P50 of two legs' sum the published
// one. Between the knots the excess is linear in the probability (body) and nearly linear in its
// logarithm (tail).
// Not modelled: legs slower than one in 200,000 (the source ends there); the difference between
// links (all have the median shape); slow minutes (every leg is drawn by itself).
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "models/ids.hpp"

namespace seatrial::models {

class LegShape {
 public:
  static const LegShape& published();

  // What is added to half of the round trip. `word`: 64 random bits; 2^-64 `word` is the share of
  // legs that are slower.
  Duration excess(Duration round_trip, std::uint64_t word) const {
    const auto octave = static_cast<std::size_t>(std::countl_zero(word | 1));
    if (octave >= octaves) return of(round_trip, most_);
    const std::uint64_t place = word << octave << 1;  // in the octave, without the leading one
    const Cell& cell = cells_[octave * cells_an_octave + static_cast<std::size_t>(place >> 61)];
    const auto in_cell = static_cast<std::int64_t>(place << 3 >> 40);  // in units of 2^-24
    return of(round_trip, cell.start + ((cell.rise * in_cell) >> 24));
  }

 private:
  static constexpr std::size_t octaves = 18;  // 2^-18 is below 5e-6, the last knot
  static constexpr std::size_t cells_an_octave = 8;
  static constexpr int unit_bits = 28;  // excess in units of 2^-28 of the round trip

  // The excess over one part of an octave [2^-(k+1), 2^-k) of the probability.
  struct Cell {
    std::int64_t start = 0;
    std::int64_t rise = 0;
  };

  LegShape();

  static constexpr Duration of(Duration round_trip, std::int64_t share) {
    return Duration::nanoseconds((round_trip.ns() * share) >> unit_bits);
  }

  std::array<Cell, octaves * cells_an_octave> cells_;
  std::int64_t most_ = 0;
};

}  // namespace seatrial::models
