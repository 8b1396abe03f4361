#include "tests/validation/watchers.hpp"

#include <algorithm>

#include "analysis/checkers/session_guarantees.hpp"

namespace seatrial::validation {

namespace {
void count(const analysis::Judged& judged, analysis::Tally& tally) {
  if (judged.finding == analysis::Finding::no_opportunity) return;
  ++tally.opportunities;
  if (judged.finding == analysis::Finding::broken) ++tally.violations;
}
}  // namespace

UntouchedUsers::UntouchedUsers() : guarantees_{std::make_unique<analysis::SessionGuarantees>()} {}

UntouchedUsers::~UntouchedUsers() = default;

void UntouchedUsers::operation(const models::OperationObserved& seen) {
  const analysis::Judgement judgement = guarantees_->operation(seen);
  User& user = users_[seen.user.value()];
  count(judgement.ryw, user.ryw);
  count(judgement.mr, user.mr);
  count(judgement.ryw_user, user.ryw_user);
  const bool is_good = seen.outcome == models::Outcome::ok && seen.degraded == models::Degraded::no;
  if (!is_good) user.touched = true;
}

void UntouchedUsers::user_left(const models::UserLeft& left) {
  guarantees_->user_left(left);
  const auto found = users_.find(left.user.value());
  if (found == users_.end()) return;
  const User user = found->second;
  users_.erase(found);
  if (user.touched) return;
  ++users;
  ryw.merge(user.ryw);
  mr.merge(user.mr);
  ryw_user.merge(user.ryw_user);
}

void AllowedReads::commit(const models::CommitObserved& seen) {
  Commits& commits = commits_[key_of(seen.document)];
  commits.partition = seen.partition;
  std::vector<std::uint64_t>& lsns = commits.lsns;
  // Rising as they come, but for those of several write regions.
  lsns.insert(std::upper_bound(lsns.begin(), lsns.end(), seen.version.lsn), seen.version.lsn);
}

void AllowedReads::takeover(const models::TakeoverObserved& seen) {
  for (auto& [document, commits] : commits_) {
    if (commits.partition != seen.partition) continue;
    std::vector<std::uint64_t>& lsns = commits.lsns;
    lsns.erase(std::upper_bound(lsns.begin(), lsns.end(), seen.survived), lsns.end());
  }
}

void AllowedReads::operation(const models::OperationObserved& seen) {
  if (seen.kind != models::OperationKind::read || seen.outcome != models::Outcome::ok) return;
  ++reads;
  if (seen.truth.versions_behind > 0) ++stale;
  if (!seen.truth.allowed) ++disallowed;
  if (!heeds_token_[seen.document.data_class.value()] || seen.token.lsn == 0) return;
  if (seen.degraded == models::Degraded::token_given_up) return;
  ++with_token;
  const std::vector<std::uint64_t>& lsns = commits_[key_of(seen.document)].lsns;
  const auto after = std::upper_bound(lsns.begin(), lsns.end(), seen.token.lsn);
  if (after != lsns.begin() && seen.version.lsn < *(after - 1)) ++below_token;
}

}  // namespace seatrial::validation
