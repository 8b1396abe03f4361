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
  return {broken ? Finding::broken : Finding::kept, floor->version,
          operation.invoked - floor->completed};
}

Judged judge_loss(const Judged& ryw, const OperationObserved& read) {
  if (ryw.finding == Finding::no_opportunity || read.version.epoch <= ryw.floor.epoch) return {};
  const bool lost = read.version.ordinal <= ryw.floor.ordinal;
  return {lost ? Finding::broken : Finding::kept, ryw.floor, ryw.age};
}

}  // namespace

Judgement SessionGuarantees::operation(const OperationObserved& operation) {
  SEATRIAL_ASSERT(operation.completed >= last_completed_, "records come in order of completion");
  last_completed_ = operation.completed;
  Judgement judgement;
  if (operation.outcome != models::Outcome::ok) return judgement;

  const auto known = known_.find_or_add(operation.user, operation.session, operation.document);
  if (operation.completed - operation.invoked > longest_operation_)
    ++unjudged_;
  else if (operation.kind == OperationKind::read)
    judge_read(known, operation, judgement);
  else
    judge_update(known, operation, judgement);
  learn(known, operation);
  return judgement;
}

void SessionGuarantees::judge_read(const KnownVersions::Known& known, const OperationObserved& read,
                                   Judgement& judgement) const {
  judgement.ryw = judge(known_.pool(), known.own.writes, read);
  judgement.mr = judge(known_.pool(), known.own.reads, read);
  judgement.ryw_user = judge(known_.pool(), known.writes_of_user, read);
  judgement.lost = judge_loss(judgement.ryw, read);
}

void SessionGuarantees::judge_update(const KnownVersions::Known& known,
                                     const OperationObserved& update, Judgement& judgement) const {
  judgement.mw = judge(known_.pool(), known.own.writes, update);
  judgement.wfr = judge(known_.pool(), known.own.reads, update);
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
