#include "tests/swarm/conservation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace seatrial::swarm {

using models::OperationKind;
using models::Outcome;

namespace {
bool kills(const models::WorldConfig& world) {
  using enum models::FaultKind;
  for (const models::PhaseConfig& phase : world.phases) {
    for (const models::FaultConfig& fault : phase.faults) {
      const bool is_deadly = fault.kind == kill_pods || fault.kind == region ||
                             fault.kind == store || fault.kind == replicas;
      if (is_deadly) return true;
    }
  }
  return false;
}
}  // namespace

Conservation::Conservation(const models::WorldConfig& world) : costs_vanish_{kills(world)} {}

void Conservation::operation(const models::OperationObserved& seen) {
  ++operations_;
  const std::uint64_t session = seen.session.value();
  const auto text = [&] { return name_of({seen.session, seen.index}); };
  expect(indexes_[session].insert(seen.index).second, "an operation ends once", text);
  expect(!left_.contains(seen.user.value()), "a user leaves after the last operation", text);
  paid_[session] += seen.ru.thousandths;
  const bool is_second = session != seen.user.value();
  if (is_second && seen.kind == OperationKind::read) {
    expect(updated_.contains({seen.user.value(), seen.index}),
           "a second device looks for an acknowledged update", text);
  }
  if (seen.kind == OperationKind::read || seen.outcome != Outcome::ok) return;
  if (!is_second) updated_.emplace(seen.user.value(), seen.index);
  const Document document{seen.document.data_class.value(), seen.document.owner};
  expect(committed_.contains({document, seen.version.epoch, seen.version.lsn}),
         "an acknowledged write is committed", text);
}

void Conservation::commit(const models::CommitObserved& commit) {
  const Document document{commit.document.data_class.value(), commit.document.owner};
  const bool is_new = committed_.emplace(document, commit.version.epoch, commit.version.lsn).second;
  expect(is_new, "a version is committed once",
         [&] { return fmt::format("LSN {}", commit.version.lsn); });
}

void Conservation::user_left(const models::UserLeft& left) {
  expect(left_.insert(left.user.value()).second, "a user leaves once",
         [&] { return fmt::format("user {}", left.user.value()); });
}

void Conservation::late(const models::LateCost& cost) {
  paid_[cost.session.value()] += cost.ru.thousandths;
}

void Conservation::answered(const models::ReplicaAnswered& answer) {
  charged_[answer.operation.session.value()] += answer.ru.thousandths;
}

// Of a script no operation is left out.
void Conservation::check_first_device(std::uint64_t session,
                                      const std::set<std::uint32_t>& indexes) {
  expect(*indexes.rbegin() + 1 == indexes.size(), "what was begun was finished", [&] {
    return fmt::format("session {} finished {} operations and began number {}", session,
                       indexes.size(), *indexes.rbegin());
  });
}

void Conservation::finish(const models::RunTotals& totals) {
  expect(totals.operations == operations_, "every operation is told",
         [&] { return fmt::format("{} finished, {} told", totals.operations, operations_); });
  expect(totals.sessions == left_.size(), "everybody who came has left",
         [&] { return fmt::format("{} came, {} left", totals.sessions, left_.size()); });
  for (const auto& [session, indexes] : indexes_) {
    if ((session & models::second_device_bit) == 0) check_first_device(session, indexes);
  }
  for (const auto& [session, charged] : charged_) {
    const std::int64_t paid = paid_[session];
    expect(costs_vanish_ ? paid <= charged : paid == charged,
           "what replicas charge is paid by operations", [&, session = session, charged = charged] {
             return fmt::format("session {}: {} thousandths charged, {} paid", session, charged,
                                paid);
           });
  }
}

}  // namespace seatrial::swarm
