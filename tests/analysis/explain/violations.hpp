// Finds wrong reads of a run, for tests that explain them.
#pragma once

#include <optional>
#include <vector>

#include "analysis/checkers/session_guarantees.hpp"
#include "analysis/experiment/simulate.hpp"
#include "analysis/explain/scene.hpp"

namespace seatrial::analysis {

class ViolationWatcher final : public models::Observer {
 public:
  explicit ViolationWatcher(Guarantee guarantee, bool heeds_token = true)
      : guarantee_{guarantee}, heeds_token_{heeds_token} {}

  void operation(const models::OperationObserved& seen) override {
    const Judgement judgement = guarantees_.operation(seen);
    const Judged& judged = judged_by(guarantee_, judgement);
    if (judged.finding != Finding::broken) return;
    Violation violation;
    violation.guarantee = guarantee_;
    violation.cause = cause_of(seen, judged.floor, heeds_token_);
    violation.floor = judged.floor;
    violation.age = judged.age;
    violation.read = seen;
    found.push_back(violation);
  }
  void takeover(const models::TakeoverObserved& seen) override { guarantees_.takeover(seen); }
  void partitions(const models::PartitionsObserved& seen) override { guarantees_.partitions(seen); }
  void user_left(const models::UserLeft& left) override { guarantees_.user_left(left); }

  std::vector<Violation> found;

 private:
  Guarantee guarantee_;
  bool heeds_token_;
  SessionGuarantees guarantees_;
};

inline std::vector<NumberedViolation> violations_of(const models::WorldConfig& world,
                                                    Guarantee guarantee, std::uint64_t seed = 1,
                                                    std::size_t policy = 0) {
  ViolationWatcher watcher{guarantee, heeds_token(world.store.consistency)};
  models::RunOptions options;
  options.seed = seed;
  watch(world, options, watcher);
  std::vector<NumberedViolation> numbered;
  for (const Violation& violation : watcher.found)
    numbered.push_back({numbered.size() + 1, policy, 0, violation});
  return numbered;
}

}  // namespace seatrial::analysis
