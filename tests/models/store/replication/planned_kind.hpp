// A replication mode that decides what a test says.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

class PlannedKind : public LogReplicationKind {
 public:
  using Decide = std::function<void(ReplicationPlan&)>;
  explicit PlannedKind(Decide decide) : decide_{std::move(decide)} {}

  std::string_view name() const override { return "planned"; }
  std::string_view sentence() const override { return "As a test says."; }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<PlannedKind>(*this);
  }

 protected:
  void decide(ReplicationPlan& plan, const ModeSetting&) const override { decide_(plan); }

 private:
  Decide decide_;
};

inline std::shared_ptr<StrategyKind> planned(PlannedKind::Decide decide) {
  return std::make_shared<PlannedKind>(std::move(decide));
}

}  // namespace seatrial::models
