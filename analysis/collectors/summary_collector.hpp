// Fills a RunSummary while a run goes on: counts and histograms of the measured operations,
// session guarantees by the online checker, and the digest of everything.
//
//   SummaryCollector collector{world};
//   const models::RunTotals totals = models::run_world(world, options, collector);
//   RunSummary summary = collector.finish(totals);
//
// Law: all operations feed the checker and the digest; only measured ones are counted. Memory is
// that of the summary and of the users that have not left.
#pragma once

#include "analysis/checkers/opportunities.hpp"
#include "analysis/checkers/session_guarantees.hpp"
#include "analysis/collectors/observation_digest.hpp"
#include "analysis/run_summary.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class SummaryCollector final : public models::Observer {
 public:
  explicit SummaryCollector(const models::WorldConfig&);
  // `timeline`: warm-up and phases together.
  SummaryCollector(const Shape&, models::Duration timeline,
                   models::Duration longest_operation = models::Duration::seconds(600));

  void operation(const models::OperationObserved&) override;
  void commit(const models::CommitObserved&) override;
  void user_left(const models::UserLeft&) override;
  void late(const models::LateCost&) override;

  // Once, when the run has ended.
  [[nodiscard]] RunSummary finish(const models::RunTotals&);

  const SessionGuarantees& guarantees() const { return guarantees_; }
  const Opportunities& opportunities() const { return opportunities_; }

 private:
  RunSummary summary_;
  ObservationDigest digest_;
  SessionGuarantees guarantees_;
  Opportunities opportunities_;  // of measured operations
};

}  // namespace seatrial::analysis
