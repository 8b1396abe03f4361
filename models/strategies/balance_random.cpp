// A ready pod at random for each request, as kube-proxy chooses when connections are not reused.
#include "models/strategies/balancing.hpp"

namespace seatrial::models {

namespace {

class RandomBalancer : public Balancer {
 public:
  std::size_t choose(std::span<const std::uint32_t> outstanding, sim::Stream draws) override {
    return draws.below(outstanding.size());
  }
};

class RandomKind : public BalancingKind {
 public:
  std::string_view name() const override { return "random"; }
  std::string_view sentence() const override {
    return "Any ready pod of the region, each equally likely, for every request anew.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<RandomKind>(*this);
  }
  std::unique_ptr<Balancer> make() const override { return std::make_unique<RandomBalancer>(); }
};

}  // namespace

std::shared_ptr<const StrategyKind> random_kind() { return std::make_shared<RandomKind>(); }

}  // namespace seatrial::models
