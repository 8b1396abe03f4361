// A store in memory before a durable one: a write is acknowledged when the primary has it in
// memory; the backend gets it with the next flush, and the other regions from there. What is
// acknowledged and not flushed is lost with the memory, that is with the primary (durability.hpp,
// replica_crash.cpp).
//
// Reads find a document in memory while it is hot, else they wait for the backend. A document is
// hot for `hot_for` after its last use; uses that follow each other faster add up:
//
//   use ──> hot until max(now + hot_for, hot until + each_use_adds), at most hot_at_most from now
//
// Sources: the pattern is that of virtual actors and write-behind caches (Orleans' grain storage,
// Redis with appendfsync everysec: 1 s). Assumed: all times.
// Not modelled: how much memory there is; each region's memory by itself.
#include "models/store/replication/log_kind.hpp"

namespace seatrial::models {

namespace {

class TieredKind : public LogReplicationKind {
 public:
  std::string_view name() const override { return "tiered"; }
  std::string_view sentence() const override {
    return "Acknowledged when the primary has the write in memory; a durable backend gets it with "
           "the next flush, and the other regions from there.";
  }
  std::shared_ptr<StrategyKind> clone() const override {
    return std::make_shared<TieredKind>(*this);
  }

 protected:
  void describe_mode(FieldVisitor& v) override {
    v.duration({.key = "flush_every",
                .sentence = "How often the memory's new writes go to the backend.",
                .source = "Redis: appendfsync everysec",
                .at_least = 1e6},
               tier_.flush_every);
    v.duration_distribution({.key = "flush",
                             .sentence = "Time of a flush until the backend has a write.",
                             .source = "assumed"},
                            tier_.flush);
    v.duration({.key = "hot_for",
                .sentence = "How long a document stays in memory after its last use.",
                .source = "assumed",
                .at_least = 0},
               tier_.hot_for);
    v.duration({.key = "each_use_adds",
                .sentence = "How much longer each use keeps it: what is used often stays longer.",
                .source = "assumed",
                .at_least = 0},
               tier_.each_use_adds);
    v.duration({.key = "hot_at_most",
                .sentence = "The longest that a document stays in memory without a use.",
                .source = "assumed",
                .at_least = 0},
               tier_.hot_at_most);
    v.duration_distribution(
        {.key = "cold_read",
         .sentence = "What a read of a document that is not in memory takes longer.",
         .source = "assumed"},
        tier_.cold_read);
  }
  void decide(ReplicationPlan& plan, const ModeSetting&) const override { plan.tier = tier_; }

 private:
  TierPlan tier_;
};

}  // namespace

std::shared_ptr<const StrategyKind> tiered_kind() { return std::make_shared<TieredKind>(); }

}  // namespace seatrial::models
