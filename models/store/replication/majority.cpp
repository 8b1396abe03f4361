// A write is committed when a majority of all regions has it on their write quorums, the write
// region among them; or when as many other regions as the scenario says have. A slow region is not
// waited for, and the write takes the k-th shortest round trip.
// Source: k-of-n acknowledgements as PostgreSQL's synchronous_standby_names "ANY k (...)" and Raft.
// With one replica in each region it is a majority of replicas.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class MajorityKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "majority"; }
  std::string_view sentence() const override {
    return "Acknowledged when the write quorums of a majority of all regions, or of as many other "
           "regions as is said, have the write and have said so.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<MajorityKind>(*this);
  }

 protected:
  void describe_mode(FieldVisitor& v) override {
    v.count({.key = "acknowledgements",
             .sentence = "How many other regions acknowledge a write; 0: as many as a majority of "
                         "all regions needs.",
             .at_least = 0,
             .at_most = 63},
            acknowledgements_);
  }
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    for (const RegionId region : setting.others) plan.votes[region.value()] = Vote::counts;
    const std::size_t majority = plan.votes.size() / 2;  // of the others: the source is one, too
    plan.needed = static_cast<std::uint32_t>(acknowledgements_ > 0 ? acknowledgements_ : majority);
  }

 private:
  std::int64_t acknowledgements_ = 0;
};

}  // namespace

std::shared_ptr<const StrategyKind> majority_kind() { return std::make_shared<MajorityKind>(); }

}  // namespace seatrial::models
