#include "models/network/leg_shape.hpp"

#include <cmath>

namespace seatrial::models {

namespace {

struct Knot {
  double slower;  // share of legs
  double excess;  // of the round trip's P50
};

constexpr double least_excess = -0.027373;  // calibrated, see the header

constexpr std::array<Knot, 6> knots{{{0.125, 0.019852},
                                     {0.025, 0.051663},
                                     {0.005, 0.148039},
                                     {0.0005, 0.384490},
                                     {0.00005, 0.541452},
                                     {0.000005, 1.359759}}};

// -log2, made linear between powers of two: needs no logarithm, whose last bit differs by machine.
double octaves_below_one(double share) {
  int octave = 0;
  while (share < std::ldexp(1.0, -octave - 1)) ++octave;
  return octave + 2 - share * std::ldexp(1.0, octave + 1);
}

double excess_at(double slower) {
  if (slower >= knots.front().slower) {
    const double part = (1 - slower) / (1 - knots.front().slower);
    return least_excess + (knots.front().excess - least_excess) * part;
  }
  const double depth = octaves_below_one(slower);
  for (std::size_t i = 1; i < knots.size(); ++i) {
    if (slower < knots[i].slower) continue;
    const double from = octaves_below_one(knots[i - 1].slower);
    const double to = octaves_below_one(knots[i].slower);
    const double part = (depth - from) / (to - from);
    return knots[i - 1].excess + (knots[i].excess - knots[i - 1].excess) * part;
  }
  return knots.back().excess;
}

}  // namespace

const LegShape& LegShape::published() {
  static const LegShape shape;
  return shape;
}

LegShape::LegShape() {
  const auto units = [](double slower) {
    return static_cast<std::int64_t>(excess_at(slower) * std::ldexp(1.0, unit_bits));
  };
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const double octave = std::ldexp(1.0, -static_cast<int>(i / cells_an_octave) - 1);
    const double width = octave / cells_an_octave;
    const double low = octave + width * static_cast<double>(i % cells_an_octave);
    cells_[i] = {units(low), units(low + width) - units(low)};
  }
  most_ = units(0);
}

}  // namespace seatrial::models
