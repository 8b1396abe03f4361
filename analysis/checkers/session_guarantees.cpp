#include "analysis/checkers/session_guarantees.hpp"

#include "sim/assert.hpp"

namespace seatrial::analysis {

using models::OperationKind;
using models::OperationObserved;

namespace {

Judged judge(const StepPool& pool, const VersionHistory& history,
             const OperationObserved& operation) {
  const Step* floor = history.at(pool, operation.invoked);
  if (floor == nullptr) return {};
  const bool broken = is_older(operation.version, floor->version);
  return {broken ? Verdict::broken : Verdict::kept, floor->version,
          operation.invoked - floor->completed};
}

Judged judge_loss(const Judged& ryw, const OperationObserved& read) {
  if (ryw.verdict == Verdict::no_opportunity || read.version.epoch <= ryw.floor.epoch) return {};
  const bool lost = read.version.ordinal <= ryw.floor.ordinal;
  return {lost ? Verdict::broken : Verdict::kept, ryw.floor, ryw.age};
}

}  // namespace

Judgement SessionGuarantees::operation(const OperationObserved& operation) {
  SEATRIAL_ASSERT(operation.completed >= last_completed_, "records come in order of completion");
  last_completed_ = operation.completed;
  if (operation.outcome != models::Outcome::ok) return {};

  const auto known =
      known_.find_or_add(operation.user, operation.session, operation.document);
  const bool judged = operation.completed - operation.invoked <= longest_operation_;
  unjudged_ += !judged;
  const Judgement judgement = judged ? judge_against(known, operation) : Judgement{};
  learn(known, operation);
  return judgement;
}

Judgement SessionGuarantees::judge_against(const KnownVersions::Known& known,
                                           const OperationObserved& operation) const {
  const StepPool& pool = known_.pool();
  Judgement judgement;
  if (operation.kind == OperationKind::update) {
    judgement.mw = judge(pool, known.own.writes, operation);
    judgement.wfr = judge(pool, known.own.reads, operation);
    return judgement;
  }
  judgement.ryw = judge(pool, known.own.writes, operation);
  judgement.mr = judge(pool, known.own.reads, operation);
  judgement.ryw_user = judge(pool, known.writes_of_user, operation);
  judgement.lost = judge_loss(judgement.ryw, operation);
  return judgement;
}

void SessionGuarantees::learn(const KnownVersions::Known& known,
                              const OperationObserved& operation) {
  const auto add = [&](VersionHistory& history) {
    history.add(known_.pool(), operation.completed, operation.version, longest_operation_);
  };
  if (operation.kind == OperationKind::read) return add(known.own.reads);
  add(known.own.writes);
  add(known.writes_of_user);
}

}  // namespace seatrial::analysis
