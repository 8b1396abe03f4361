// The place of a version among all versions of its document, in the order by which concurrent
// writes of several regions are decided: the higher stamp wins, everywhere.
//
//   63         54 53                              5 4            0
//   [ deletes    | clock of the writing region      | write region ]
//                  in whole units of its resolution,
//                  then 12 bits that count on
//
// Laws:
//  1. A write's stamp is above that of every version that its primary held: what has seen the other
//     wins over it whatever the clocks say (a hybrid logical clock; Cosmos: version vectors).
//  2. Of two writes that have not seen each other the later by their regions' clocks wins; of two
//     in the same unit the one whose document has been written more often in that unit, then the
//     one of the write region that comes first.
//  3. A delete wins over what it has not seen, and what follows it over what the delete wins over.
// Source: last writer wins on _ts, whole seconds of the epoch; deletes always win; equal values:
// "the system determines the winner" (conflict-resolution-policies.md). How it does is assumed.
// Not modelled: more than 1,023 deletes in a row of one document (the next are as any write).
#pragma once

#include <algorithm>
#include <cstdint>

#include "models/ids.hpp"

namespace seatrial::models {

// A write region by its place among the write regions; 0 is the hub, /store/write_region.
using OriginId = sim::Id<struct OriginTag>;

using Stamp = std::uint64_t;  // 0: the document as it was at the start

namespace stamp_parts {
constexpr int origin_bits = 5;
constexpr int time_bits = 49;
constexpr int counter_bits = 12;
constexpr std::uint64_t most_deletes = (std::uint64_t{1} << (64 - origin_bits - time_bits)) - 1;
constexpr std::uint64_t last_origin = (std::uint64_t{1} << origin_bits) - 1;
}  // namespace stamp_parts

constexpr OriginId origin_of(Stamp stamp) {
  using namespace stamp_parts;
  return OriginId{static_cast<std::uint32_t>(last_origin - (stamp & last_origin))};
}

struct StampedWrite {
  OriginId origin;
  std::int64_t clock = 0;  // of the region, in units of its resolution
  bool is_delete = false;
};

constexpr Stamp next_stamp(const StampedWrite& write, Stamp highest_seen) {
  using namespace stamp_parts;
  constexpr std::uint64_t time_mask = (std::uint64_t{1} << time_bits) - 1;
  const std::uint64_t seen_time = highest_seen >> origin_bits & time_mask;
  const std::uint64_t seen_deletes = highest_seen >> (origin_bits + time_bits);
  const std::uint64_t clock = static_cast<std::uint64_t>(write.clock) << counter_bits;
  // The first unit counts from 1, so that no stamp is that of the start.
  const std::uint64_t time = std::max(clock + 1, seen_time + 1) & time_mask;
  const std::uint64_t deletes = std::min(seen_deletes + (write.is_delete ? 1 : 0), most_deletes);
  return (deletes << time_bits | time) << origin_bits | (last_origin - write.origin.value());
}

}  // namespace seatrial::models
