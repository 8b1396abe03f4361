// A write is committed when the write quorum of every region has it and has said so. Nothing that
// was acknowledged is lost with a region, and while a region cannot be reached nothing is written.
// Source: PostgreSQL documentation, synchronous_standby_names "FIRST n" and synchronous_commit =
// remote_apply, with n all standbys.
// Not modelled: a replica may show an entry before it is committed, as PostgreSQL's standbys do.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class SynchronousKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "synchronous"; }
  std::string_view sentence() const override {
    return "Acknowledged when the write quorum of every region has the write and has said so.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<SynchronousKind>(*this);
  }

 protected:
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    for (const RegionId region : setting.others) plan.votes[region.value()] = Vote::must;
  }
};

}  // namespace

std::shared_ptr<const StrategyKind> synchronous_kind() {
  return std::make_shared<SynchronousKind>();
}

}  // namespace seatrial::models
