// Named random streams: what common random numbers stand on.
//
//   const RandomSource source{seed, replication};
//   const StreamKey hop = source.key(Purpose{"network/hop"});
//   Stream stream{hop, session, operation, attempt};    // 32 bytes, no set-up
//   const double u = stream.uniform();
//
// A draw is named by what it answers (purpose, entity, sample index, attempt), never by how many
// draws came before it. So one more draw in one place moves no other draw, and every policy sees
// the same luck for the same thing.
//
// Law: two streams overlap only if all of (seed, replication, purpose, entity, index, attempt)
// are equal. The counter of the block function is (entity, place), and a place is
//
//   bit   63         62         61 ... 16    15 ... 8    7 ... 0
//         family     pending    index        attempt     block      Stream(key, entity, ...)
//         family=1   pending    --- running block number ---        Stream::sequence(key, entity)
//
// `pending` (the second word of the block waits in the stream) never reaches the block function.
// A named stream has 255 blocks, 510 words; drawing more is a programmer error: a script of
// unknown length is a `sequence`. Different purposes of one replication never share a key; keys of
// different replications or seeds share one with probability 2^-64 a pair.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "sim/assert.hpp"
#include "sim/random/mix.hpp"
#include "sim/random/philox.hpp"
#include "sim/wide.hpp"

namespace seatrial::sim {

// What a draw is for. A literal only, so that the names of all streams can be found by reading:
// `constexpr Purpose hop{"network/hop"};` costs nothing in the run. (Not consteval: clang 14
// crashes on temporaries of such a class.)
class Purpose {
 public:
  template <std::size_t size>
  constexpr explicit Purpose(const char (&name)[size])
      : hash{hash_of(std::string_view{name, size - 1})} {}

  std::uint64_t hash;

 private:
  static constexpr std::uint64_t hash_of(std::string_view name) {
    std::uint64_t fnv1a = 0xCBF29CE484222325;
    for (const char letter : name) {
      fnv1a = (fnv1a ^ static_cast<unsigned char>(letter)) * 0x100000001B3;
    }
    return mix(fnv1a);
  }
};

class StreamKey {
 public:
  constexpr StreamKey() = default;
  constexpr explicit StreamKey(std::uint64_t value) : value_{value} {}

  constexpr std::uint64_t value() const { return value_; }
  constexpr bool operator==(const StreamKey&) const = default;

 private:
  std::uint64_t value_ = 0;
};

class RandomSource {
 public:
  constexpr RandomSource(std::uint64_t seed, std::uint32_t replication)
      : base_{mix(mix(seed) + (std::uint64_t{replication} + 1) * 0x9E3779B97F4A7C15)} {}

  constexpr StreamKey key(Purpose purpose) const { return StreamKey{mix(base_ ^ purpose.hash)}; }

 private:
  std::uint64_t base_;
};

class Stream {
 public:
  // Sample indices are below this.
  static constexpr std::uint64_t index_limit = std::uint64_t{1} << 46;

  constexpr Stream(StreamKey key, std::uint64_t entity, std::uint64_t index = 0,
                   std::uint8_t attempt = 0)
      : Stream{key, entity, Place{index << 16 | std::uint64_t{attempt} << 8}} {
    SEATRIAL_ASSERT(index < index_limit, "a stream's sample index needs more than 46 bits");
  }

  // For scripts of any length: 2^63 words that no named stream of the key contains.
  static constexpr Stream sequence(StreamKey key, std::uint64_t entity) {
    return Stream{key, entity, Place{family_bit}};
  }

  // 64 random bits.
  constexpr std::uint64_t next() {
    if (place_ & pending_bit) {
      place_ ^= pending_bit;
      return second_;
    }
    SEATRIAL_ASSERT((place_ & last_block) != last_block || (place_ & family_bit) != 0,
                    "a named stream has been drawn dry; use Stream::sequence");
    const Block block = philox2x64(key_.value(), place_, entity_);
    place_ = (place_ + 1) | pending_bit;
    second_ = block.second;
    return block.first;
  }

  // In the open interval (0, 1): an odd multiple of 2^-53, so the logarithm is always finite.
  constexpr double uniform() { return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52; }

  // An integer in [0, n), every one equally likely. Source: Lemire, "Fast random integer
  // generation in an interval", ACM TOMACS 29(1), 2019.
  constexpr std::uint64_t below(std::uint64_t n) {
    SEATRIAL_ASSERT(n > 0, "nothing is below zero");
    Unsigned128 product = static_cast<Unsigned128>(next()) * n;
    if (static_cast<std::uint64_t>(product) < n) [[unlikely]] {
      const std::uint64_t surplus = (0 - n) % n;
      while (static_cast<std::uint64_t>(product) < surplus) {
        product = static_cast<Unsigned128>(next()) * n;
      }
    }
    return static_cast<std::uint64_t>(product >> 64);
  }

 private:
  enum class Place : std::uint64_t {};

  static constexpr std::uint64_t family_bit = std::uint64_t{1} << 63;
  static constexpr std::uint64_t pending_bit = std::uint64_t{1} << 62;
  static constexpr std::uint64_t last_block = 0xFF;

  constexpr Stream(StreamKey key, std::uint64_t entity, Place place)
      : key_{key}, entity_{entity}, place_{static_cast<std::uint64_t>(place)} {}

  StreamKey key_;
  std::uint64_t entity_;
  std::uint64_t place_;
  std::uint64_t second_ = 0;
};

static_assert(sizeof(Stream) == 32);

}  // namespace seatrial::sim
