// The session token of one partition: a version barrier. A replica may answer a request that
// carries it only when the replica has applied that much of the partition's log.
//
// It is the public libraries' vector token (vector_session_token.hpp) reduced to one write region:
// the epoch is the version, and the region-local parts say the same as the global one.
// Not modelled: several write regions.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace seatrial::models {

struct SessionToken {
  std::uint32_t epoch = 0;  // of the partition's log; 0 with lsn 0: no token
  std::uint64_t lsn = 0;

  constexpr bool is_none() const { return lsn == 0; }
  constexpr auto operator<=>(const SessionToken&) const = default;
};

// Commutative, associative, idempotent: the higher barrier.
constexpr SessionToken merge(SessionToken a, SessionToken b) { return std::max(a, b); }

}  // namespace seatrial::models
