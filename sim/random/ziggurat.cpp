#include "sim/random/ziggurat.hpp"

#include "sim/random/math.hpp"

namespace seatrial::sim {
namespace {

// Compile-time versions, good to a few ulp, for the tables alone: 2 atanh((y-1)/(y+1)) and Taylor.
constexpr double table_log(double y) {
  double halvings = 0;
  for (; y < 0.7; y *= 2) ++halvings;
  const double s = (y - 1) / (y + 1);
  double series = 0;
  for (int n = 25; n > 0; n -= 2) series = series * s * s + 1.0 / n;
  return 2 * s * series - halvings * 0.693147180559945309417;
}

constexpr double table_exp(double x) {
  double series = 1;
  for (int n = 18; n > 0; --n) series = 1 + series * (x / 8) / n;
  const double square = series * series;
  return (square * square) * (square * square);
}

constexpr double table_root(double x) {
  double root = x > 1 ? x : 1;
  for (int n = 0; n < 12; ++n) root = 0.5 * (root + x / root);
  return root;
}

struct Exponential {
  static constexpr double tail = 7.69711747013104972;
  static constexpr double area = 0.0039496598225815571993;
  static constexpr double density(double x) { return table_exp(-x); }
  static constexpr double inverse(double y) { return -table_log(y); }
};

struct Normal {
  static constexpr double tail = 3.6541528853610087717;
  static constexpr double area = 0.0049286732339746553474;
  static constexpr double density(double x) { return table_exp(-0.5 * x * x); }
  static constexpr double inverse(double y) { return table_root(-2 * table_log(y)); }
};

// Layer 0 is the rectangle left of the tail together with the tail, drawn as one wide rectangle.
template <class Shape>
constexpr Ziggurat make_ziggurat() {
  Ziggurat z{};
  z.edge[1] = Shape::tail;
  z.density[1] = Shape::density(Shape::tail);
  z.edge[0] = Shape::area / z.density[1];
  for (std::size_t i = 1; i + 1 < Ziggurat::layers; ++i) {
    z.density[i + 1] = z.density[i] + Shape::area / z.edge[i];
    z.edge[i + 1] = Shape::inverse(z.density[i + 1]);
  }
  z.density[Ziggurat::layers] = 1;
  for (std::size_t i = 0; i < Ziggurat::layers; ++i) {
    z.layer[i].scale = z.edge[i] * 0x1p-53;
    z.layer[i].inside = static_cast<std::uint64_t>(z.edge[i + 1] / z.edge[i] * 0x1p53);
  }
  return z;
}

// A place right of the layer's inner edge: does a uniformly drawn height lie under the density?
bool under_density(const Ziggurat& z, std::size_t layer, double density, Stream& stream) {
  const double height = stream.uniform();
  return z.density[layer] + height * (z.density[layer + 1] - z.density[layer]) < density;
}

// Source: Marsaglia, "Generating a variable from the tail of the normal distribution", 1964.
double normal_tail(Stream& stream) {
  while (true) {
    const double beyond = -log(stream.uniform()) / Normal::tail;
    const double bound = -log(stream.uniform());
    if (2 * bound >= beyond * beyond) return Normal::tail + beyond;
  }
}

}  // namespace

constinit const Ziggurat exponential_ziggurat = make_ziggurat<Exponential>();
constinit const Ziggurat normal_ziggurat = make_ziggurat<Normal>();

namespace ziggurat {

double finish_exponential(Stream& stream, std::uint64_t word) {
  const Ziggurat& z = exponential_ziggurat;
  double tails = 0;
  while (true) {
    const std::size_t layer = word & 0xFF;
    const double x = static_cast<double>(word >> 11) * z.layer[layer].scale;
    if ((word >> 11) < z.layer[layer].inside) return tails + x;
    // Without memory: the tail is the whole distribution again, moved to where the tail begins.
    if (layer == 0) {
      tails += Exponential::tail;
    } else if (under_density(z, layer, exp(-x), stream)) {
      return tails + x;
    }
    word = stream.next();
  }
}

double finish_normal(Stream& stream, std::uint64_t word) {
  const Ziggurat& z = normal_ziggurat;
  while (true) {
    const std::size_t layer = word & 0xFF;
    const double x = static_cast<double>(word >> 11) * z.layer[layer].scale;
    if ((word >> 11) < z.layer[layer].inside) return with_sign_of(word, x);
    if (layer == 0) return with_sign_of(word, normal_tail(stream));
    if (under_density(z, layer, exp(-0.5 * x * x), stream)) return with_sign_of(word, x);
    word = stream.next();
  }
}

}  // namespace ziggurat
}  // namespace seatrial::sim
