// What a run was, in 128 bits: a running hash of integers. Two runs with equal digests observed
// the same; a digest says nothing about who computed it, how fast or on how many threads.
//
// Law: Digest depends on every word and on their order; CommutativeDigest on every hash added and
// on how often, never on the order. Both are the same on every machine. For inputs that nobody
// chose against them, two different ones are equal with probability about 2^-128 (not meant
// against an adversary).
// Source of the structure: the two lanes of Appleby's MurmurHash3 x64/128, fed one word a step.
#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <string>

#include "sim/random/mix.hpp"

namespace seatrial::sim {

struct Hash128 {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  constexpr auto operator<=>(const Hash128&) const = default;
  // 32 lower case digits.
  std::string hex() const;
};

class Digest {
 public:
  constexpr void add(std::uint64_t word) {
    constexpr std::uint64_t first_factor = 0x9FB21C651E98DF25;
    constexpr std::uint64_t second_factor = 0xD6E8FEB86659FD93;
    const std::uint64_t product = word * first_factor;
    const std::uint64_t turned = std::rotl(word, 32) * second_factor;
    first_ = std::rotl(first_ ^ product ^ (product >> 29), 27) + second_;
    first_ = first_ * 5 + 0x52DCE729;
    second_ = std::rotl(second_ ^ turned ^ (turned >> 32), 31) + first_;
    second_ = second_ * 9 + 0x38495AB5;
    ++words_;
  }

  // Of the words so far; more may follow.
  constexpr Hash128 value() const {
    const std::uint64_t a = mix(first_ ^ words_);
    const std::uint64_t b = mix(second_ + a);
    return {mix(a + b), b};
  }

  constexpr bool operator==(const Digest&) const = default;

 private:
  std::uint64_t first_ = 0x243F6A8885A308D3;  // the digits of pi: nothing up the sleeve
  std::uint64_t second_ = 0x13198A2E03707344;
  std::uint64_t words_ = 0;
};

// The sum, modulo 2^128, of the hashes of things: of sessions that may end in any order.
class CommutativeDigest {
 public:
  constexpr void add(Hash128 hash) {
    low_ += hash.low;
    high_ += hash.high + (low_ < hash.low ? 1 : 0);
  }
  constexpr void add(const Digest& thing) { add(thing.value()); }
  constexpr void add(const CommutativeDigest& others) { add(others.value()); }
  constexpr void add(std::uint64_t word) {
    Digest digest;
    digest.add(word);
    add(digest);
  }

  constexpr Hash128 value() const { return {high_, low_}; }

  constexpr bool operator==(const CommutativeDigest&) const = default;

 private:
  std::uint64_t high_ = 0;
  std::uint64_t low_ = 0;
};

}  // namespace seatrial::sim
