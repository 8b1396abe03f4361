// The histories of all who are alive: what a user, and each session of the user, knew of a
// document. One look-up finds them all; a user's documents are chained and go together.
//
//   user ──> [ document | the user's writes | first session's writes, reads | next ]──> [ ... ]
//                                              └─ second session's (rare)
//
// Law: memory follows the largest number of documents known at one time. A reference is good until
// the next call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "analysis/checkers/slot_index.hpp"
#include "analysis/checkers/version_history.hpp"
#include "models/observation.hpp"

namespace seatrial::analysis {

class KnownVersions {
 public:
  struct OfSession {
    models::SessionId session;
    VersionHistory writes;  // acknowledged
    VersionHistory reads;   // returned
  };
  struct Known {
    VersionHistory& writes_of_user;
    OfSession& own;
  };

  Known find_or_add(models::UserId, models::SessionId, const models::DocumentName&);
  void forget(models::UserId);

  StepPool& pool() { return pool_; }
  const StepPool& pool() const { return pool_; }

  std::size_t alive() const { return alive_; }  // users' documents
  // Of which memory is held: users' documents, further sessions, steps.
  std::size_t capacity() const { return documents_.size() + further_.size() + pool_.capacity(); }

 private:
  using Slot = SlotIndex::Slot;
  static constexpr Slot none = SlotIndex::none;

  struct OfDocument {
    models::UserId user;
    models::DocumentName document;
    VersionHistory writes_of_user;
    OfSession first;      // unused: without any version
    Slot further = none;  // other sessions
    Slot next = none;     // document of the same user, or the next free one
  };
  struct Further {
    OfSession known;
    Slot next = none;
  };
  struct User {
    models::UserId user;
    Slot first = none;  // document, or the next free user
  };

  Slot find_or_add(models::UserId, const models::DocumentName&);
  Slot find(models::UserId) const;
  OfSession& session_of(OfDocument&, models::SessionId);
  void clear(OfSession&);
  void remove(Slot document);

  SlotIndex by_document_;
  SlotIndex by_user_;
  std::vector<OfDocument> documents_;
  std::vector<Further> further_;
  std::vector<User> users_;
  Slot free_document_ = none;
  Slot free_further_ = none;
  Slot free_user_ = none;
  StepPool pool_;
  std::size_t alive_ = 0;
};

}  // namespace seatrial::analysis
