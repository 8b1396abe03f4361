// Histories at random: users with several sessions on two devices, own and shared documents,
// several operations of a session at once, replies in another order than invocations, writes that
// fail before or after their commit, reads of any old version, users that leave. An
// unruly store also cuts its log at a failover, goes on in a new epoch, and orders writes of
// several write regions otherwise than they were acknowledged.
//
// Instants are few nanoseconds apart, so that many coincide; only commits have an instant of
// their own, because the truth of a commit at the very instant of an invocation is the store's.
#pragma once

#include <cstdint>
#include <random>
#include <variant>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis {

using Record = std::variant<models::OperationObserved, models::CommitObserved, models::UserLeft>;

class RandomHistory {
 public:
  RandomHistory(std::uint64_t seed, bool unruly) : random_{seed}, unruly_{unruly} {
    const std::uint64_t users = 1 + below(4);
    for (std::uint64_t user = 0; user < users; ++user) alive_.push_back({user, 0, below(60)});
    documents_.resize(users * 2 + 2);  // two of each user, and two that all share
    for (auto& versions : documents_) versions.push_back({{}, {}});
  }

  std::vector<Record> play() {
    while (!alive_.empty() || !flying_.empty()) {
      now_ = now_ + models::Duration::nanoseconds(static_cast<std::int64_t>(below(4)));
      const std::uint64_t action = below(10);
      if (action < 4 && !alive_.empty()) invoke(below(alive_.size()));
      if (action >= 4 && !flying_.empty()) proceed(below(flying_.size()));
      if (unruly_ && below(40) == 0) cut_the_log();
    }
    return std::move(records_);
  }

 private:
  struct Written {
    models::Version version;
    models::Instant committed;
  };
  struct User {
    std::uint64_t name;
    std::uint32_t invoked;
    std::uint64_t to_do;
  };
  struct Flying {
    models::OperationObserved operation;
    std::size_t document;
    bool committed = false;
  };

  std::uint64_t below(std::uint64_t limit) { return random_() % limit; }

  void invoke(std::size_t which) {
    User& user = alive_[which];
    if (user.to_do == 0) return leave(which);
    --user.to_do;
    Flying flying;
    flying.document = below(4) == 0 ? documents_.size() - 1 - below(2) : user.name * 2 + below(2);
    auto& operation = flying.operation;
    operation.user = models::UserId{user.name};
    operation.device = static_cast<std::uint8_t>(below(2));
    operation.session = models::SessionId{user.name * 4 + operation.device * 2 + below(2)};
    operation.index = user.invoked++;
    operation.kind = below(2) == 0 ? models::OperationKind::read : models::OperationKind::update;
    operation.document = name_of(flying.document);
    operation.invoked = now_;
    operation.truth.newest_committed_ordinal = documents_[flying.document].back().version.ordinal;
    flying_.push_back(flying);
  }

  models::DocumentName name_of(std::size_t document) const {
    return {models::DataClassId{static_cast<std::uint32_t>(document % 2)}, document / 2};
  }

  void leave(std::size_t which) {
    const models::UserId user{alive_[which].name};
    for (const Flying& flying : flying_)
      if (flying.operation.user == user) return;
    records_.emplace_back(models::UserLeft{user, now_});
    alive_.erase(alive_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  void proceed(std::size_t which) {
    Flying& flying = flying_[which];
    auto& operation = flying.operation;
    const bool fails = below(8) == 0;
    if (operation.kind == models::OperationKind::update && !flying.committed && !fails)
      return commit(flying);
    if (operation.kind == models::OperationKind::read) answer(flying);
    operation.completed = now_;
    if (fails) operation.outcome = models::Outcome::timed_out;
    records_.emplace_back(operation);
    flying_.erase(flying_.begin() + static_cast<std::ptrdiff_t>(which));
  }

  void commit(Flying& flying) {
    auto& versions = documents_[flying.document];
    now_ = now_ + models::Duration::nanoseconds(1);
    ++lsn_;
    const std::uint64_t lsn = unruly_ && below(4) == 0 ? 1 + below(lsn_) : lsn_;
    flying.operation.version = {epoch_, lsn, versions.back().version.ordinal + 1};
    flying.committed = true;
    versions.push_back({flying.operation.version, now_});
    models::CommitObserved seen;
    seen.document = flying.operation.document;
    seen.version = flying.operation.version;
    seen.committed = now_;
    seen.writer = flying.operation.session;
    records_.emplace_back(seen);
    now_ = now_ + models::Duration::nanoseconds(1);
  }

  // One of the last versions, the newest most often; and what the observer knows about it.
  void answer(Flying& flying) {
    const auto& versions = documents_[flying.document];
    std::size_t back = below(2) == 0 ? 0 : below(5);
    if (back >= versions.size()) back = versions.size() - 1;
    const std::size_t place = versions.size() - 1 - back;
    auto& operation = flying.operation;
    operation.version = versions[place].version;
    auto& truth = operation.truth;
    if (operation.version.ordinal >= truth.newest_committed_ordinal) return;
    truth.versions_behind = truth.newest_committed_ordinal - operation.version.ordinal;
    if (!unruly_) truth.behind = operation.invoked - versions[place + 1].committed;
  }

  void cut_the_log() {
    for (auto& versions : documents_)
      while (versions.size() > 1 && below(2) == 0) versions.pop_back();
    ++epoch_;
  }

  std::mt19937_64 random_;  // its numbers are laid down by the standard
  bool unruly_;
  models::Instant now_;
  std::uint32_t epoch_ = 0;
  std::uint64_t lsn_ = 0;
  std::vector<User> alive_;
  std::vector<Flying> flying_;
  std::vector<std::vector<Written>> documents_;
  std::vector<Record> records_;
};

}  // namespace seatrial::analysis
