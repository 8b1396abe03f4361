#include "sim/random/alias.hpp"

#include "sim/assert.hpp"

namespace seatrial::sim {

Alias::Alias(std::span<const double> weights) : cells_(weights.size()) {
  double sum = 0;
  for (const double weight : weights) {
    SEATRIAL_ASSERT(weight >= 0 && weight < 1e300, "a weight is finite and not negative");
    sum += weight;
  }
  SEATRIAL_ASSERT(sum > 0 && sum < 1e300, "the weights of a choice have a positive sum");

  // In units of the mean weight: what is below 1 lends the rest of its cell to what is above.
  const double count = static_cast<double>(weights.size());
  std::vector<double> left(weights.size());
  std::vector<std::size_t> poor;
  std::vector<std::size_t> rich;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    left[i] = weights[i] / sum * count;
    cells_[i] = {UINT64_MAX, i};
    (left[i] < 1 ? poor : rich).push_back(i);
  }
  while (!poor.empty() && !rich.empty()) {
    const std::size_t lender = poor.back();
    const std::size_t borrower = rich.back();
    poor.pop_back();
    cells_[lender] = {static_cast<std::uint64_t>(left[lender] * 0x1p64), borrower};
    left[borrower] -= 1 - left[lender];
    if (left[borrower] < 1) {
      rich.pop_back();
      poor.push_back(borrower);
    }
  }
  // Rounding can strand a cell that is empty up to the last bit; a weight of 0 must stay 0.
  for (const std::size_t stranded : poor) {
    if (weights[stranded] > 0) continue;
    std::size_t heaviest = 0;
    for (std::size_t i = 1; i < weights.size(); ++i) {
      if (weights[i] > weights[heaviest]) heaviest = i;
    }
    cells_[stranded] = {0, heaviest};
  }
}

double Alias::share(std::size_t index) const {
  double cells = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const double own = static_cast<double>(cells_[i].own) * 0x1p-64;
    if (i == index) cells += own;
    if (cells_[i].other == index) cells += 1 - own;
  }
  return cells / static_cast<double>(cells_.size());
}

}  // namespace seatrial::sim
