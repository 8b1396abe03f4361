// What one write region has written to one partition: the versions behind the entries of its log,
// by LSN. Versions of one document are a chain through the log, as in partition_log.hpp; a link
// carries what must still be known of its version when the entry has been trimmed.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>

#include "models/network/place.hpp"
#include "models/store/multi_write/stamp.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

// Bit i: path i of the document. None: a PATCH of a class whose paths are not told apart, so that
// no two PATCHes change the same.
using PathMask = std::uint64_t;
inline constexpr PathMask all_paths = ~PathMask{0};
constexpr bool have_common_path(PathMask a, PathMask b) {
  return (a & b) != 0 || a == all_paths || b == all_paths;
}

struct VersionLink {
  std::uint64_t lsn = 0;  // in the log of its write region; 0: there is none
  Stamp stamp = 0;
  std::uint64_t ordinal = 0;  // of the document: how many versions had been written, in any region
  PathMask paths = 0;         // that it changes
  Instant gone = Instant::never();  // from when on there is no document, if this is the winner
};

struct WrittenVersion {
  VersionLink version;
  VersionLink previous;  // of the document in the same log
  Instant appended;
  Instant committed;  // may lie in the future
  OperationName write;
  PathMask meant = all_paths;  // of version.paths: what its writer wanted to change
  bool is_lost = false;        // a concurrent write of another region wins on a common path
  OriginId lost_to;            // the last such region,
  PathMask lost_there = 0;     // and on which paths
};

class VersionLog {
 public:
  std::uint64_t first() const { return first_; }
  std::uint64_t last() const { return first_ + versions_.size() - 1; }
  bool knows(std::uint64_t lsn) const { return lsn >= first_ && lsn <= last(); }

  const WrittenVersion& at(std::uint64_t lsn) const {
    SEATRIAL_ASSERT(knows(lsn), "a version that is trimmed, or not written");
    return versions_[lsn - first_];
  }
  WrittenVersion& at(std::uint64_t lsn) {
    return const_cast<WrittenVersion&>(std::as_const(*this).at(lsn));
  }
  void append(const WrittenVersion& version) { versions_.push_back(version); }

  // What was written before `instant` and is below `lsn`.
  void trim(std::uint64_t lsn, Instant instant) {
    while (!versions_.empty() && first_ < lsn && versions_.front().appended < instant) {
      versions_.pop_front();
      ++first_;
    }
  }

  // The version before in the chain; none: there is none, or it is trimmed.
  VersionLink before(const VersionLink& link) const {
    return knows(link.lsn) ? at(link.lsn).previous : VersionLink{};
  }

 private:
  std::deque<WrittenVersion> versions_;
  std::uint64_t first_ = 1;
};

}  // namespace seatrial::models
