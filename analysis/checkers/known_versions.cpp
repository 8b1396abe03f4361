#include "analysis/checkers/known_versions.hpp"

#include <utility>

#include "analysis/checkers/slab.hpp"

namespace seatrial::analysis {

using models::DocumentName;
using models::SessionId;
using models::UserId;

namespace {

// Odd constants with well mixed bits (of the golden ratio, and of Vigna's splitmix64).
std::uint32_t hash_of(UserId user, const DocumentName& document) {
  const std::uint64_t what = document.owner * 0xBF58476D1CE4E5B9u +
                             document.data_class.value() * std::uint64_t{0x94D049BB133111EBu};
  const std::uint64_t both = user.value() * 0x9E3779B97F4A7C15u ^ (what ^ what >> 32);
  return static_cast<std::uint32_t>((both ^ both >> 29) * 0xBF58476D1CE4E5B9u >> 32);
}

}  // namespace

KnownVersions::Known KnownVersions::find_or_add(UserId user, SessionId session,
                                                const DocumentName& document) {
  OfDocument& known = documents_[find_or_add(user, document)];
  return {known.writes_of_user, session_of(known, session)};
}

void KnownVersions::forget(UserId user) {
  const Slot found = find(user);
  if (found == none) return;
  for (Slot document = users_[found].first; document != none;) {
    const Slot following = documents_[document].next;
    remove(document);
    document = following;
  }
  by_user_.remove(hash_of(user), found);
  users_[found].first = std::exchange(free_user_, found);
}

KnownVersions::Slot KnownVersions::find_or_add(UserId user, const DocumentName& document) {
  const std::uint32_t hash = hash_of(user, document);
  const Slot known = by_document_.find(hash, [&](Slot slot) {
    return documents_[slot].user == user && documents_[slot].document == document;
  });
  if (known != none) return known;

  Slot owner = find(user);
  if (owner == none) {
    owner = take(users_, free_user_, &User::first);
    users_[owner] = {user, none};
    by_user_.add(hash_of(user), owner);
  }
  const Slot added = take(documents_, free_document_, &OfDocument::next);
  documents_[added].user = user;
  documents_[added].document = document;
  documents_[added].next = std::exchange(users_[owner].first, added);
  by_document_.add(hash, added);
  ++alive_;
  return added;
}

KnownVersions::Slot KnownVersions::find(UserId user) const {
  return by_user_.find(hash_of(user), [&](Slot slot) { return users_[slot].user == user; });
}

KnownVersions::OfSession& KnownVersions::session_of(OfDocument& known, SessionId session) {
  OfSession& first = known.first;
  if (first.writes.empty() && first.reads.empty()) first.session = session;
  if (first.session == session) return first;
  for (Slot slot = known.further; slot != none; slot = further_[slot].next)
    if (further_[slot].known.session == session) return further_[slot].known;

  const Slot added = take(further_, free_further_, &Further::next);
  further_[added].known.session = session;
  further_[added].next = std::exchange(known.further, added);
  return further_[added].known;
}

void KnownVersions::clear(OfSession& known) {
  known.writes.clear(pool_);
  known.reads.clear(pool_);
}

void KnownVersions::remove(Slot slot) {
  OfDocument& known = documents_[slot];
  by_document_.remove(hash_of(known.user, known.document), slot);
  known.writes_of_user.clear(pool_);
  clear(known.first);
  while (known.further != none) {
    Further& session = further_[known.further];
    clear(session.known);
    const Slot freed = std::exchange(known.further, session.next);
    session.next = std::exchange(free_further_, freed);
  }
  known.next = std::exchange(free_document_, slot);
  --alive_;
}

}  // namespace seatrial::analysis
