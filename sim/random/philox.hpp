// Philox2x64-10: a random function of (key, counter) without state, so that any draw of any
// stream can be computed at any time, in any order, on any thread.
//
// Law: equal arguments give equal blocks on every machine, for ever; for one key, different
// counters never give the same block (the function is a permutation of the 2^128 counters).
// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
// Ten rounds pass BigCrush with a margin (six suffice).
#pragma once

#include <cstdint>

#include "sim/wide.hpp"

namespace seatrial::sim {

struct Block {
  std::uint64_t first;
  std::uint64_t second;

  constexpr bool operator==(const Block&) const = default;
};

constexpr Block philox2x64(std::uint64_t key, std::uint64_t counter_low,
                           std::uint64_t counter_high) {
  constexpr std::uint64_t multiplier = 0xD2B74407B1CE6E93;
  constexpr std::uint64_t golden_ratio = 0x9E3779B97F4A7C15;
  constexpr int rounds = 10;
  Block block{counter_low, counter_high};
  for (int round = 0; round < rounds; ++round) {
    const Unsigned128 product = static_cast<Unsigned128>(block.first) * multiplier;
    block = {static_cast<std::uint64_t>(product >> 64) ^ key ^ block.second,
             static_cast<std::uint64_t>(product)};
    key += golden_ratio;
  }
  return block;
}

}  // namespace seatrial::sim
