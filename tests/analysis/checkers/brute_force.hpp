// The definitions, word by word, over a complete history: slow, without any cleverness, sharing
// no code with the online checker. What it says is right; the online checker must agree.
//
// Law: `operations` and `commits` in the order in which they were observed. One operation comes
// before another when its record is earlier and it had completed by the other's invocation, the
// same instant included. A commit counts for a read when it happened by the read's invocation.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "models/observation.hpp"

namespace seatrial::analysis::brute_force {

struct History {
  std::vector<models::OperationObserved> operations;
  std::vector<models::CommitObserved> commits;
};

// The operation whose version had to be seen; nothing: the guarantee does not apply.
using Floor = const models::OperationObserved*;

enum class Of { session, user };

inline bool newer(const models::Version& one, const models::Version& other) {
  return std::tuple{one.epoch, one.lsn} > std::tuple{other.epoch, other.lsn};
}

// The first of those that hold the newest version, among the operations of `kind` before this one.
inline Floor floor_of(const History& history, std::size_t judged, models::OperationKind kind,
                      Of of) {
  const auto& now = history.operations[judged];
  Floor newest = nullptr;
  for (std::size_t i = 0; i < judged; ++i) {
    const auto& before = history.operations[i];
    const bool own = of == Of::user ? before.user == now.user : before.session == now.session;
    if (!own || before.document != now.document || before.kind != kind) continue;
    if (before.outcome != models::Outcome::ok || before.completed > now.invoked) continue;
    if (newest == nullptr || newer(before.version, newest->version)) newest = &before;
  }
  return newest;
}

inline bool violates(const models::OperationObserved& judged, Floor floor) {
  return floor != nullptr && newer(floor->version, judged.version);
}

// Of a good read, from the commits alone. Only where no log was cut (one epoch).
inline models::Truth staleness(const History& history, const models::OperationObserved& read) {
  models::Truth truth;
  std::optional<models::CommitObserved> oldest_newer;
  for (const auto& commit : history.commits) {
    if (commit.document != read.document || commit.committed > read.invoked) continue;
    if (commit.version.ordinal > truth.newest_committed_ordinal)
      truth.newest_committed_ordinal = commit.version.ordinal;
    if (commit.version.ordinal <= read.version.ordinal) continue;
    ++truth.versions_behind;
    if (!oldest_newer || commit.version.ordinal < oldest_newer->version.ordinal)
      oldest_newer = commit;
  }
  if (oldest_newer) truth.behind = read.invoked - oldest_newer->committed;
  return truth;
}

}  // namespace seatrial::analysis::brute_force
