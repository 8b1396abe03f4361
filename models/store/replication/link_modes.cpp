// What a single link can be, whatever the mode says of the others.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class SynchronousLink : public LinkModeKind {
 public:
  std::string_view name() const override { return "synchronous"; }
  std::string_view sentence() const override {
    return "No write is acknowledged before the region's write quorum has it and has said so.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<SynchronousLink>(*this);
  }
  void decide(ReplicationPlan& plan, RegionId to) const override {
    plan.votes[to.value()] = Vote::must;
    plan.ways[to.value()] = Way::link;
  }
};

class AsynchronousLink : public LinkModeKind {
 public:
  std::string_view name() const override { return "asynchronous"; }
  std::string_view sentence() const override {
    return "The region gets a write after it was acknowledged, and is not waited for.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<AsynchronousLink>(*this);
  }
  void decide(ReplicationPlan& plan, RegionId to) const override {
    plan.votes[to.value()] = Vote::none;
    plan.ways[to.value()] = Way::link;
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> synchronous_link_kind() {
  return std::make_shared<SynchronousLink>();
}

std::shared_ptr<const StrategyKind> asynchronous_link_kind() {
  return std::make_shared<AsynchronousLink>();
}

}  // namespace seatrial::models
