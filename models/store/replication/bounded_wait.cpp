// A write waits for acknowledgements of other regions, and not for ever: after at_most it is
// committed by the write quorum of its own region alone, and the other regions get it all the same.
// Such a write is told apart: its operation is degraded, "acknowledged early".
//
//   append ── k acknowledgements ──> commit               share F_(k:n)(T) of all writes
//      └───── at_most ────────────> commit, degraded      the others
//
// Sources: MySQL's semi-synchronous replication (rpl_semi_sync_source_timeout, 10 s; k is
// rpl_semi_sync_source_wait_for_replica_count, 1) and Redis' WAIT k ms.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class BoundedWaitKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "bounded_wait"; }
  std::string_view sentence() const override {
    return "Waits at most so long for acknowledgements of other regions, then acknowledges the "
           "write and goes on in the background.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<BoundedWaitKind>(*this);
  }

 protected:
  void describe_mode(FieldVisitor& v) override {
    v.count({.key = "acknowledgements",
             .sentence = "How many other regions a write waits for.",
             .source = "MySQL: rpl_semi_sync_source_wait_for_replica_count",
             .at_least = 1,
             .at_most = 63},
            acknowledgements_);
    v.duration({.key = "at_most",
                .sentence = "How long a write waits for them, from its append on.",
                .required = "say how long a write may wait for other regions, for example "
                            "\"150ms\"",
                .at_least = 0},
               at_most_);
  }
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    for (const RegionId region : setting.others) plan.votes[region.value()] = Vote::counts;
    plan.needed = static_cast<std::uint32_t>(acknowledgements_);
    plan.at_most = at_most_;
  }

 private:
  std::int64_t acknowledgements_ = 1;
  Duration at_most_;
};

}  // namespace

std::shared_ptr<const StrategyKind> bounded_wait_kind() {
  return std::make_shared<BoundedWaitKind>();
}

}  // namespace seatrial::models
