#include "analysis/checkers/known_versions.hpp"

#include <utility>

#include "sim/assert.hpp"

namespace seatrial::analysis {

namespace {

constexpr std::size_t first_buckets = 1024;

// Odd constants with well mixed bits (of the golden ratio, and of Vigna's splitmix64).
std::uint64_t stir(std::uint64_t x) {
  x *= 0x9E3779B97F4A7C15u;
  return x ^ (x >> 32);
}

}  // namespace

KnownVersions::KnownVersions() : buckets_(first_buckets) {}

std::uint64_t KnownVersions::hash_of(const Key& key) {
  const std::uint64_t who = key.id * 4 + static_cast<std::uint64_t>(key.whose);
  const std::uint64_t what = key.document.owner * 0xBF58476D1CE4E5B9u +
                             key.document.data_class.value() * std::uint64_t{0x94D049BB133111EBu};
  return stir(stir(who) ^ stir(what));
}

const KnownVersions::Known* KnownVersions::find(models::SessionId session,
                                                const models::DocumentName& document) const {
  const Slot slot = slot_of({session.value(), document, Whose::session});
  return slot == none ? nullptr : &entries_[slot].known;
}

const KnownVersions::Known* KnownVersions::find(models::UserId user,
                                                const models::DocumentName& document) const {
  const Slot slot = slot_of({user.value(), document, Whose::user});
  return slot == none ? nullptr : &entries_[slot].known;
}

KnownVersions::Known& KnownVersions::find_or_add(models::UserId user, models::SessionId session,
                                                 const models::DocumentName& document) {
  return entries_[slot_or_new(user, {session.value(), document, Whose::session})].known;
}

KnownVersions::Known& KnownVersions::find_or_add(models::UserId user,
                                                 const models::DocumentName& document) {
  return entries_[slot_or_new(user, {user.value(), document, Whose::user})].known;
}

void KnownVersions::forget(models::UserId user) {
  Slot slot = slot_of({user.value(), {}, Whose::chain});
  while (slot != none) {
    const Slot following = entries_[slot].next;
    remove(slot);
    slot = following;
  }
}

KnownVersions::Slot KnownVersions::slot_of(const Key& key) const {
  const auto hash = static_cast<std::uint32_t>(hash_of(key));
  for (std::size_t at = home(hash); buckets_[at].slot != none; at = next(at))
    if (buckets_[at].hash == hash && entries_[buckets_[at].slot].key == key)
      return buckets_[at].slot;
  return none;
}

KnownVersions::Slot KnownVersions::slot_or_new(models::UserId user, const Key& key) {
  const Slot known = slot_of(key);
  if (known != none) return known;
  const Key chain{user.value(), {}, Whose::chain};
  Slot root = slot_of(chain);
  if (root == none) root = add(chain);
  const Slot added = add(key);
  entries_[added].next = std::exchange(entries_[root].next, added);
  return added;
}

KnownVersions::Slot KnownVersions::add(const Key& key) {
  if ((alive_ + 1) * 2 > buckets_.size()) grow();
  Slot slot = free_;
  if (slot == none) {
    slot = static_cast<Slot>(entries_.size());
    SEATRIAL_ASSERT(slot != none, "too many documents are known at one time");
    entries_.emplace_back();
  } else {
    free_ = entries_[slot].next;
  }
  entries_[slot].key = key;
  entries_[slot].next = none;
  place(static_cast<std::uint32_t>(hash_of(key)), slot);
  ++alive_;
  return slot;
}

// Linear probing without tombstones: what follows the hole moves up unless it is at home behind it.
void KnownVersions::remove(Slot slot) {
  std::size_t hole = home(static_cast<std::uint32_t>(hash_of(entries_[slot].key)));
  while (buckets_[hole].slot != slot) hole = next(hole);
  for (std::size_t at = next(hole); buckets_[at].slot != none; at = next(at)) {
    const std::size_t mask = buckets_.size() - 1;
    const std::size_t from_home = (at - home(buckets_[at].hash)) & mask;
    if (from_home < ((at - hole) & mask)) continue;
    buckets_[hole] = buckets_[at];
    hole = at;
  }
  buckets_[hole] = {};
  entries_[slot].known.writes.clear();
  entries_[slot].known.reads.clear();
  entries_[slot].next = std::exchange(free_, slot);
  --alive_;
}

void KnownVersions::place(std::uint32_t hash, Slot slot) {
  std::size_t at = home(hash);
  while (buckets_[at].slot != none) at = next(at);
  buckets_[at] = {hash, slot};
}

void KnownVersions::grow() {
  std::vector<Bucket> before(buckets_.size() * 2);
  before.swap(buckets_);
  for (const Bucket& bucket : before)
    if (bucket.slot != none) place(bucket.hash, bucket.slot);
}

}  // namespace seatrial::analysis
