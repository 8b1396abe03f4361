// Asynchronous while the other regions keep up, synchronous while one of them does not: each
// partition by itself, by what its primary knows, which is how old the oldest write is that some
// region has not acknowledged.
//
//   asynchronous ── older than synchronous_above ──> synchronous
//                <── younger than asynchronous_below ──
//
// Law: the mode of a write is decided at its append and holds for it.
// Not modelled: a wish to know more than acknowledgements tell.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class AdaptiveKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "adaptive"; }
  std::string_view sentence() const override {
    return "Asynchronous; but while a region's acknowledgements are too late, a write waits for "
           "every region.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<AdaptiveKind>(*this);
  }

 protected:
  void describe_mode(FieldVisitor& v) override {
    v.duration({.key = "synchronous_above",
                .sentence = "From which age of the oldest unacknowledged write on a partition's "
                            "writes wait for every region.",
                .required = "say from which lag on writes are to wait, for example \"500ms\"",
                .at_least = 1e6},
               adaptive_.synchronous_above);
    v.duration({.key = "asynchronous_below",
                .sentence = "Below which age they wait no longer.",
                .required = "say below which lag writes wait no longer, for example \"200ms\"",
                .at_least = 1e6},
               adaptive_.asynchronous_below);
  }
  void decide(ReplicationPlan& plan, const ModeSetting& setting) const override {
    for (const RegionId region : setting.others) plan.votes[region.value()] = Vote::must;
    plan.adaptive = adaptive_;
  }

 private:
  AdaptivePlan adaptive_;
};

}  // namespace

std::shared_ptr<const StrategyKind> adaptive_kind() { return std::make_shared<AdaptiveKind>(); }

}  // namespace seatrial::models
