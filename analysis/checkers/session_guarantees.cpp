#include "analysis/checkers/session_guarantees.hpp"

#include "sim/assert.hpp"

namespace seatrial::analysis {

using models::OperationKind;
using models::OperationObserved;

namespace {

Judged judge(const VersionHistory& history, const OperationObserved& operation) {
  const VersionHistory::Point* floor = history.at(operation.invoked);
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

  Judgement judgement;
  if (operation.completed - operation.invoked > longest_operation_)
    ++unjudged_;
  else if (operation.kind == OperationKind::read)
    judgement = judge_read(operation);
  else
    judgement = judge_update(operation);
  learn(operation);
  return judgement;
}

Judgement SessionGuarantees::judge_read(const OperationObserved& read) const {
  Judgement judgement;
  if (const auto* own = known_.find(read.session, read.document)) {
    judgement.ryw = judge(own->writes, read);
    judgement.mr = judge(own->reads, read);
    judgement.lost = judge_loss(judgement.ryw, read);
  }
  if (const auto* users = known_.find(read.user, read.document))
    judgement.ryw_user = judge(users->writes, read);
  return judgement;
}

Judgement SessionGuarantees::judge_update(const OperationObserved& update) const {
  Judgement judgement;
  if (const auto* own = known_.find(update.session, update.document)) {
    judgement.mw = judge(own->writes, update);
    judgement.wfr = judge(own->reads, update);
  }
  return judgement;
}

void SessionGuarantees::learn(const OperationObserved& operation) {
  auto& own = known_.find_or_add(operation.user, operation.session, operation.document);
  if (operation.kind == OperationKind::read) {
    own.reads.add(operation.completed, operation.version, longest_operation_);
    return;
  }
  own.writes.add(operation.completed, operation.version, longest_operation_);
  known_.find_or_add(operation.user, operation.document)
      .writes.add(operation.completed, operation.version, longest_operation_);
}

}  // namespace seatrial::analysis
