// The ready pod with the fewest outstanding requests; among equals one at random, so that an idle
// region does not send everything to its first pod.
#include <algorithm>

#include "models/strategies/balancing.hpp"

namespace seatrial::models {

namespace {

class LeastOutstanding : public Balancer {
 public:
  std::size_t choose(std::span<const std::uint32_t> outstanding, sim::Stream draws) override {
    const std::uint32_t least = *std::min_element(outstanding.begin(), outstanding.end());
    const auto equals = std::count(outstanding.begin(), outstanding.end(), least);
    std::uint64_t skip = draws.below(static_cast<std::uint64_t>(equals));
    std::size_t pod = 0;
    while (outstanding[pod] != least || skip-- != 0) ++pod;
    return pod;
  }
};

class LeastOutstandingKind : public BalancingKind {
 public:
  std::string_view name() const override { return "least_outstanding"; }
  std::string_view sentence() const override {
    return "The ready pod with the fewest requests in flight; one of them at random among equals.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<LeastOutstandingKind>(*this);
  }
  std::unique_ptr<Balancer> make() const override { return std::make_unique<LeastOutstanding>(); }
};

}  // namespace

std::shared_ptr<const StrategyKind> least_outstanding_kind() {
  return std::make_shared<LeastOutstandingKind>();
}

}  // namespace seatrial::models
