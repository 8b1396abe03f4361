// How many users a phase reached, in one region, and how many of them met something bad: each
// counted once, whatever happened to them how often.
//
// Law: measured operations only, by the phase and the user's region at invocation. A user has one
// region, so regions add up; a user of two phases counts in both. Of more than 64 phases only the
// first 64 are counted.
#pragma once

#include <cstddef>
#include <cstdint>

namespace seatrial::analysis {

struct BlastRadius {
  static constexpr std::size_t most_phases = 64;

  std::uint64_t users = 0;     // with an operation
  std::uint64_t wrong = 0;     // of them: missed a write of theirs, on any device
  std::uint64_t failed = 0;    // an operation failed
  std::uint64_t degraded = 0;  // an answer was degraded
  std::uint64_t hit = 0;       // any of these

  void merge(const BlastRadius& other) {
    users += other.users;
    wrong += other.wrong;
    failed += other.failed;
    degraded += other.degraded;
    hit += other.hit;
  }
  bool operator==(const BlastRadius&) const = default;
};

// In which phases one user met what; bit p is phase p.
struct PhasesMet {
  std::uint64_t any = 0, wrong = 0, failed = 0, degraded = 0;
};

}  // namespace seatrial::analysis
