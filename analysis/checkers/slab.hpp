// What the tables of users share: where in an index a user is sought, and slots that are used
// again.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "analysis/checkers/slot_index.hpp"
#include "models/observation.hpp"
#include "sim/assert.hpp"

namespace seatrial::analysis {

// By an odd constant with well mixed bits (of the golden ratio).
inline std::uint32_t hash_of(models::UserId user) {
  const std::uint64_t product = user.value() * 0x9E3779B97F4A7C15u;
  return static_cast<std::uint32_t>(product >> 32);
}

// A slot of the slab: a free one, if there is, or a new one. `next` of a free one leads on.
template <class Thing>
SlotIndex::Slot take(std::vector<Thing>& slab, SlotIndex::Slot& free,
                     SlotIndex::Slot Thing::*next) {
  if (free != SlotIndex::none) return std::exchange(free, slab[free].*next);
  SEATRIAL_ASSERT(slab.size() < SlotIndex::none, "too many are known at one time");
  slab.emplace_back();
  return static_cast<SlotIndex::Slot>(slab.size() - 1);
}

}  // namespace seatrial::analysis
