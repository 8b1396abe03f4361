#include "analysis/checkers/session_guarantees.hpp"

#include "sim/assert.hpp"

namespace seatrial::analysis {

using models::OperationKind;
using models::OperationObserved;

Judged SessionGuarantees::judge(const VersionHistory& history,
                                const OperationObserved& operation) const {
  const auto survives = [&](const Step& known) {
    return !lost_.any() || !lost_.is_lost(known, operation.partition, operation.answered);
  };
  const Step* floor = history.at(known_.pool(), operation.invoked, survives);
  if (floor == nullptr) return {};
  const bool broken = is_older(operation.version, floor->version);
  return {broken ? Finding::broken : Finding::kept, floor->version,
          operation.invoked - floor->completed};
}

Judged SessionGuarantees::judge_loss(const VersionHistory& writes,
                                     const OperationObserved& read) const {
  if (!lost_.any()) return {};
  const Step* newest = writes.at(known_.pool(), read.invoked);
  if (newest == nullptr) return {};
  if (!lost_.has_outlived(*newest, read.partition, read.answered)) return {};
  const bool lost = lost_.is_lost(*newest, read.partition, read.answered);
  return {lost ? Finding::broken : Finding::kept, newest->version,
          read.invoked - newest->completed};
}

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
  judgement.ryw = judge(known.own.writes, read);
  judgement.mr = judge(known.own.reads, read);
  judgement.ryw_user = judge(known.writes_of_user, read);
  judgement.lost = judge_loss(known.own.writes, read);
}

void SessionGuarantees::judge_update(const KnownVersions::Known& known,
                                     const OperationObserved& update, Judgement& judgement) const {
  judgement.mw = judge(known.own.writes, update);
  judgement.wfr = judge(known.own.reads, update);
}

void SessionGuarantees::learn(const KnownVersions::Known& known,
                              const OperationObserved& operation) {
  const auto add = [&](VersionHistory& history) {
    const Step learnt{operation.completed, operation.version, operation.partition};
    history.add(known_.pool(), learnt, longest_operation_);
  };
  if (operation.kind == OperationKind::read) return add(known.own.reads);
  add(known.own.writes);
  add(known.writes_of_user);
}

}  // namespace seatrial::analysis
