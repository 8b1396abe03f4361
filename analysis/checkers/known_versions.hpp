// The histories of all who are alive: of a session and a document, and of a user and a document.
// A user's histories, and those of the user's sessions, are chained and go together.
//
//   buckets (open addressing)          entries (a slab with a free list)
//   [ hash | slot ] ────────────────>  [ key | writes | reads | next of the same user ]
//
// Law: nothing iterates over the buckets, so results do not depend on hashes. Memory follows the
// largest number of entries alive at one time. A reference is good until the next find_or_add.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/checkers/version_history.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class KnownVersions {
 public:
  struct Known {
    VersionHistory writes;  // acknowledged
    VersionHistory reads;   // returned
  };

  KnownVersions();

  const Known* find(models::SessionId, const models::DocumentName&) const;
  const Known* find(models::UserId, const models::DocumentName&) const;
  Known& find_or_add(models::UserId, models::SessionId, const models::DocumentName&);
  Known& find_or_add(models::UserId, const models::DocumentName&);
  void forget(models::UserId);

  std::size_t alive() const { return alive_; }
  std::size_t capacity() const { return entries_.size(); }

 private:
  // `chain` is the root of a user's list; it has no document.
  enum class Whose : std::uint8_t { session, user, chain };
  using Slot = std::uint32_t;
  static constexpr Slot none = UINT32_MAX;

  struct Key {
    std::uint64_t id = 0;
    models::DocumentName document;
    Whose whose = Whose::chain;
    bool operator==(const Key&) const = default;
  };
  struct Entry {
    Key key;
    Known known;
    Slot next = none;  // of the same user, or the next free one
  };
  struct Bucket {
    std::uint32_t hash = 0;
    Slot slot = none;
  };

  static std::uint64_t hash_of(const Key&);
  std::size_t home(std::uint32_t hash) const { return hash & (buckets_.size() - 1); }
  std::size_t next(std::size_t bucket) const { return (bucket + 1) & (buckets_.size() - 1); }

  Slot slot_of(const Key&) const;
  Slot slot_or_new(models::UserId, const Key&);
  Slot add(const Key&);
  void remove(Slot);
  void place(std::uint32_t hash, Slot);
  void grow();

  std::vector<Bucket> buckets_;  // a power of two, at most half full
  std::vector<Entry> entries_;
  Slot free_ = none;
  std::size_t alive_ = 0;
};

}  // namespace seatrial::analysis
