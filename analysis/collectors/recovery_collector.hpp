// Watches how the store recovers from each fault of a region: recovery.hpp says what is counted.
//
// Law: without a fault it costs a test of an empty list at each record.
#pragma once

#include <utility>
#include <vector>

#include "analysis/recovery.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class RecoveryCollector {
 public:
  // When each phase starts. Lag before the first, in the warm-up, is not what is normal.
  explicit RecoveryCollector(std::vector<models::Instant> phases) : phases_{std::move(phases)} {}

  void fault(const models::FaultObserved&);
  void takeover(const models::TakeoverObserved&);
  void partitions(const models::PartitionsObserved&);
  void catch_up(const models::CatchUpObserved&);
  void operation(const models::OperationObserved& seen) {
    if (!faults_.empty()) [[unlikely]]
      note_operation(seen);
  }
  void gauges(const models::GaugesObserved&);

  // At the end of the last phase; the faults in the scenario's order.
  std::vector<FaultRecovery> finish(models::Instant end) const;

 private:
  // To writes, or to reads, since the fault.
  struct Answers {
    models::Instant first_good = models::Instant::never();
    bool some_failed = false;
    bool count_elsewhere = false;  // at what it came of, or at what took its place
    void note(bool is_good, models::Instant completed);
    bool are_missed() const;
    bool are_back() const { return first_good != models::Instant::never(); }
  };
  struct OfPartition {
    std::uint64_t lost = 0;
    models::Instant oldest_lost;
    Answers writes;
    Answers reads;
    CatchUps catch_up;
  };
  struct Fault {
    models::FaultObserved begin;
    models::Instant ended = models::Instant::never();
    models::Instant lag_normal = models::Instant::never();
    models::Duration normal_lag;
    bool has_moved_writes = false;
    std::vector<OfPartition> partitions;
    OfPartition& at(models::PartitionId partition);
  };
  // Of that region; null: none.
  Fault* last_of(models::RegionId region);

  static void hand_over(Fault&, const models::PartitionsObserved&, Answers OfPartition::*answers);
  static void add(Spell&, const Fault&, const Answers&, models::Instant end);
  void note_operation(const models::OperationObserved&);
  FaultRecovery recovery_of(const Fault&, models::Instant end) const;

  std::vector<models::Instant> phases_;
  models::Duration greatest_lag_;  // of any region, from the first phase on, outside of faults
  std::vector<Fault> faults_;
};

}  // namespace seatrial::analysis
