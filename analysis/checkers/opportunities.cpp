#include "analysis/checkers/opportunities.hpp"

#include <utility>

#include "analysis/checkers/slab.hpp"

namespace seatrial::analysis {

using models::SessionId;
using models::UserId;

Opportunities::SoFar Opportunities::find_or_add(UserId user, SessionId session) {
  OfUser& owner = users_[find_or_add(user)];
  for (Slot slot = owner.first; slot != none; slot = sessions_[slot].next)
    if (sessions_[slot].counts.session == session) return {owner, sessions_[slot].counts};

  const Slot added = take(sessions_, free_session_, &Session::next);
  sessions_[added].counts = {};
  sessions_[added].counts.session = session;
  sessions_[added].next = std::exchange(owner.first, added);
  return {owner, sessions_[added].counts};
}

void Opportunities::forget(UserId user) {
  const Slot found = find(user);
  if (found == none) return;
  for (Slot session = users_[found].first; session != none;) {
    const Slot following = std::exchange(sessions_[session].next, free_session_);
    free_session_ = std::exchange(session, following);
  }
  by_user_.remove(hash_of(user), found);
  users_[found].first = std::exchange(free_user_, found);
}

Opportunities::Slot Opportunities::find(UserId user) const {
  return by_user_.find(hash_of(user), [&](Slot slot) { return users_[slot].user == user; });
}

Opportunities::Slot Opportunities::find_or_add(UserId user) {
  const Slot known = find(user);
  if (known != none) return known;
  const Slot added = take(users_, free_user_, &OfUser::first);
  users_[added] = {};
  users_[added].user = user;
  by_user_.add(hash_of(user), added);
  return added;
}

}  // namespace seatrial::analysis
