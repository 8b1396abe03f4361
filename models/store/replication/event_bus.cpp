// Other regions get a write over an event bus: at least once, in batches, late by a consumer's poll
// (bus_feed.hpp says how). A write is acknowledged as by the asynchronous mode.
#include "models/store/replication/bus_config.hpp"
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class EventBusKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "event_bus"; }
  std::string_view sentence() const override {
    return "Acknowledged by the write quorum of the write region; the other regions get it over an "
           "event bus, in batches and at least once.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<EventBusKind>(*this);
  }

 protected:
  void describe_mode(FieldVisitor& v) override { models::describe(v, bus_); }
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    for (const RegionId region : setting.others) plan.ways[region.value()] = Way::bus;
    plan.bus = bus_;
  }

 private:
  BusPlan bus_;
};

class EventBusLink : public LinkModeKind {
 public:
  std::string_view name() const override { return "event_bus"; }
  std::string_view sentence() const override {
    return "The region gets a write over an event bus, after it was acknowledged.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<EventBusLink>(*this);
  }
  void describe(FieldVisitor& v) override { models::describe(v, bus_); }
  void decide(ReplicationPlan& plan, RegionId to) const override {
    plan.votes[to.value()] = Vote::none;
    plan.ways[to.value()] = Way::bus;
    plan.bus = bus_;
  }

 private:
  BusPlan bus_;
};

}  // namespace

std::shared_ptr<const StrategyKind> event_bus_kind() { return std::make_shared<EventBusKind>(); }

std::shared_ptr<const StrategyKind> event_bus_link_kind() {
  return std::make_shared<EventBusLink>();
}

}  // namespace seatrial::models
