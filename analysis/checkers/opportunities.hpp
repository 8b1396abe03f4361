// How many opportunities of each guarantee a session (for ryw_user: a user) has had so far. One
// session's opportunities share its luck, and the more a session has, the less each of them says:
// an interval of a share needs the sum of their squares, to which each opportunity adds.
//
// Law: 1, 3, 5, ... added with each opportunity in turn make the square of their number, so sums
// of squares need no end of a session. Sessions count over all phases, regions and data classes.
// Memory is that of the users that have not left.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/blast_radius.hpp"
#include "analysis/checkers/slot_index.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class Opportunities {
 public:
  struct OfSession {
    models::SessionId session;
    std::uint32_t operations = 0, good_reads = 0, good_updates = 0;
    std::uint32_t ryw = 0, mr = 0, mw = 0, wfr = 0, lost = 0;
  };
  struct OfUser {
    models::UserId user;
    std::uint32_t ryw_user = 0;
    PhasesMet met;  // not an opportunity, but of a user that is looked up here anyway
    SlotIndex::Slot first = SlotIndex::none;  // session, or the next free user
  };
  // Good until the next call.
  struct SoFar {
    OfUser& user;
    OfSession& session;
  };

  SoFar find_or_add(models::UserId, models::SessionId);
  void forget(models::UserId);

  // Of which memory is held: users and sessions.
  std::size_t capacity() const { return users_.size() + sessions_.size(); }

 private:
  using Slot = SlotIndex::Slot;
  static constexpr Slot none = SlotIndex::none;

  struct Session {
    OfSession counts;
    Slot next = none;  // of the same user, or the next free one
  };

  Slot find(models::UserId) const;
  Slot find_or_add(models::UserId);

  SlotIndex by_user_;
  std::vector<OfUser> users_;
  std::vector<Session> sessions_;
  Slot free_user_ = none;
  Slot free_session_ = none;
};

}  // namespace seatrial::analysis
