// Each ready pod in turn.
#include "models/strategies/balancing.hpp"

namespace seatrial::models {

namespace {

class RoundRobin : public Balancer {
 public:
  std::size_t choose(std::span<const std::uint32_t> outstanding, sim::Stream) override {
    return next_++ % outstanding.size();
  }

 private:
  std::size_t next_ = 0;
};

class RoundRobinKind : public BalancingKind {
 public:
  std::string_view name() const override { return "round_robin"; }
  std::string_view sentence() const override { return "Each ready pod of the region in turn."; }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<RoundRobinKind>(*this);
  }
  std::unique_ptr<Balancer> make() const override { return std::make_unique<RoundRobin>(); }
};

}  // namespace

std::shared_ptr<const StrategyKind> round_robin_kind() {
  return std::make_shared<RoundRobinKind>();
}

}  // namespace seatrial::models
