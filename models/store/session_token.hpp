// The session token of one partition: a version barrier. A replica may answer a request that
// carries it only when the replica has applied that much of the partition's log; with several write
// regions (multi_write/), of each write region's log.
//
// Laws: tokens compare as a partial order; merge is their least upper bound, commutative,
// associative and idempotent. With one write region the order is total: by epoch, then LSN.
// This is what travels in the model, by value. The libraries' full form, with its text, is
// vector_session_token.hpp.
// Source: the public client libraries' vector session token, whose region-local parts say the same
// as the global one when there is one write region.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace seatrial::models {

struct SessionToken {
  static constexpr std::size_t most_further = 6;

  std::uint32_t epoch = 0;  // of the partition's log; 0 with lsn 0: no token
  std::uint64_t lsn = 0;    // of the first write region's log
  std::array<std::uint32_t, most_further> further{};  // LSNs of the other write regions' logs

  constexpr bool is_none() const { return lsn == 0 && further == decltype(further){}; }

  constexpr bool operator==(const SessionToken&) const = default;
  constexpr std::partial_ordering operator<=>(const SessionToken& other) const {
    if (epoch != other.epoch) return epoch <=> other.epoch;
    bool is_below = lsn < other.lsn;
    bool is_above = lsn > other.lsn;
    for (std::size_t i = 0; i < most_further; ++i) {
      is_below = is_below || further[i] < other.further[i];
      is_above = is_above || further[i] > other.further[i];
    }
    if (is_below && is_above) return std::partial_ordering::unordered;
    if (is_below) return std::partial_ordering::less;
    return is_above ? std::partial_ordering::greater : std::partial_ordering::equivalent;
  }
};

constexpr SessionToken merge(SessionToken a, const SessionToken& b) {
  if (a.epoch != b.epoch) return a.epoch < b.epoch ? b : a;
  a.lsn = std::max(a.lsn, b.lsn);
  for (std::size_t i = 0; i < SessionToken::most_further; ++i) {
    a.further[i] = std::max(a.further[i], b.further[i]);
  }
  return a;
}

}  // namespace seatrial::models
