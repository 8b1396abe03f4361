// Fills a RunSummary while a run goes on: counts and histograms of the measured operations,
// session guarantees by the online checker, the digest of everything, and what the other
// collectors make of what it hands on to them.
//
//   SummaryCollector collector{world};
//   const models::RunTotals totals = models::run_world(world, options, collector);
//   RunSummary summary = collector.finish(totals);
//
// Law: all operations feed the checker, the digest, the timeline and `wrong_in_phase`; only
// measured ones are counted elsewhere. Gauges are no part of the digest. Memory is that of the
// summary and of the users that have not left.
#pragma once

#include "analysis/checkers/opportunities.hpp"
#include "analysis/checkers/session_guarantees.hpp"
#include "analysis/collectors/blast_radius_collector.hpp"
#include "analysis/collectors/exercised_collector.hpp"
#include "analysis/collectors/observation_digest.hpp"
#include "analysis/collectors/recovery_collector.hpp"
#include "analysis/collectors/timeline_collector.hpp"
#include "analysis/collectors/violation_examples.hpp"
#include "analysis/run_summary.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class SummaryCollector final : public models::Observer {
 public:
  explicit SummaryCollector(const models::WorldConfig&);

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void fault(const models::FaultObserved& seen) override { recovery_.fault(seen); }
  void takeover(const models::TakeoverObserved&) override;
  void partitions(const models::PartitionsObserved& seen) override {
    recovery_.partitions(seen);
    guarantees_.partitions(seen);
  }
  void catch_up(const models::CatchUpObserved& seen) override {
    recovery_.catch_up(seen);
    timeline_.catch_up(seen);
  }
  void conflict(const models::ConflictObserved&) override;
  void user_left(const models::UserLeft&) override;
  void late(const models::LateCost&) override;
  void gauges(const models::GaugesObserved&) override;
  void store(const models::StoreObserved&) override;
  void freshness(const models::FreshnessObserved&) override;
  void replication(const models::ReplicationObserved&) override;

  // Once, when the run has ended.
  [[nodiscard]] RunSummary finish(const models::RunTotals&);

  const SessionGuarantees& guarantees() const { return guarantees_; }
  const Opportunities& opportunities() const { return opportunities_; }

 private:
  void count_by_the_clock(const models::OperationObserved&, const Judgement&);
  void good_operation(const models::OperationObserved&, const Judgement&, Cell&,
                      Opportunities::SoFar);
  void good_read(const models::OperationObserved&, const Judgement&, Cell&, Opportunities::SoFar);
  void count_recoveries();
  std::size_t phase_at(models::Instant) const;
  void explain(Guarantee, const Judged&, const models::OperationObserved& read, Counts&);

  std::vector<bool> heeds_token_;  // by data class
  models::RegionId write_region_;
  std::vector<models::Instant> phases_;  // when each starts
  models::Instant phases_start_, phases_end_;
  models::StoreObserved last_look_;
  std::uint64_t at_risk_ = 0;              // of the regions that were looked at since
  std::vector<models::Duration> offsets_;  // of the freshness probe
  RunSummary summary_;
  ObservationDigest digest_;
  SessionGuarantees guarantees_;
  Opportunities opportunities_;  // of measured operations
  TimelineCollector timeline_;
  BlastRadiusCollector blast_;
  ExercisedCollector exercised_;
  RecoveryCollector recovery_;
  ViolationExamples examples_;
};

}  // namespace seatrial::analysis
