#include "sim/random/zipf.hpp"

#include "sim/assert.hpp"
#include "sim/random/math.hpp"

namespace seatrial::sim {
namespace {

// log(1 + x) / x and (exp(x) - 1) / x, whose limits at 0 are 1: exponents close to 1 need them.
double log_ratio(double x) {
  if (x < 1e-8 && x > -1e-8) return 1 - x / 2;
  return log_one_plus(x) / x;
}

double exp_ratio(double x) {
  if (x < 1e-8 && x > -1e-8) return 1 + x / 2;
  return exp_minus_one(x) / x;
}

}  // namespace

Zipf::Zipf(std::uint64_t items, double exponent) : items_{items}, exponent_{exponent} {
  SEATRIAL_ASSERT(items >= 1 && items <= std::uint64_t{1} << 40, "a Zipf has 1 to 2^40 items");
  SEATRIAL_ASSERT(exponent >= 0 && exponent < 1e3, "a Zipf's exponent is not negative");
  integral_of_first_ = integral(1.5) - 1;
  integral_of_all_ = integral(static_cast<double>(items) + 0.5);
  shortcut_ = 2 - integral_inverse(integral(2.5) - weight(2));
  sum_ = sum_of_weights();
}

// With h(x) = x^-exponent and H its integral, a uniform point of [H(1.5) - h(1), H(items + 0.5)]
// is mapped back through H and rounded to k. It is kept if it fell into the last h(k) of k's
// share of that interval, which is never shorter because h is convex.
std::uint64_t Zipf::sample(Stream& stream) const {
  const double highest = static_cast<double>(items_);
  while (true) {
    const double area =
        integral_of_all_ + stream.uniform() * (integral_of_first_ - integral_of_all_);
    const double x = integral_inverse(area);
    const double bounded = x < 1 ? 1 : x > highest ? highest : x;
    const auto position = static_cast<std::uint64_t>(bounded + 0.5);
    const double k = static_cast<double>(position);
    if (k - x <= shortcut_ || area >= integral(k + 0.5) - weight(k)) return position - 1;
  }
}

double Zipf::share(std::uint64_t rank) const {
  SEATRIAL_ASSERT(rank < items_, "a rank is below the number of items");
  return weight(static_cast<double>(rank) + 1) / sum_;
}

double Zipf::weight(double position) const { return exp(-exponent_ * log(position)); }

double Zipf::integral(double position) const {
  const double logarithm = log(position);
  return exp_ratio((1 - exponent_) * logarithm) * logarithm;
}

double Zipf::integral_inverse(double area) const {
  double stretched = area * (1 - exponent_);
  if (stretched < -1) stretched = -1;  // beyond the integral's bound by rounding alone
  return exp(log_ratio(stretched) * area);
}

// The generalised harmonic number: the first terms one by one, the rest by Euler and Maclaurin,
// whose error after the third derivative is below 1e-13 of the sum.
double Zipf::sum_of_weights() const {
  constexpr std::uint64_t by_hand = 256;
  double head = 0;
  const std::uint64_t last = items_ < by_hand ? items_ : by_hand;
  for (std::uint64_t k = last; k >= 1; --k) head += weight(static_cast<double>(k));
  if (items_ <= by_hand) return head;
  const double a = by_hand;
  const double b = static_cast<double>(items_);
  const double s = exponent_;
  const double first = s * (weight(a) / a - weight(b) / b) / 12;
  const double third =
      s * (s + 1) * (s + 2) * (weight(a) / (a * a * a) - weight(b) / (b * b * b)) / 720;
  return head + (integral(b) - integral(a)) + (weight(b) - weight(a)) / 2 + first - third;
}

}  // namespace seatrial::sim
