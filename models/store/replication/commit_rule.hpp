// Whether the acknowledgements that the primary has are enough for a commit. Regions are bits: a
// scenario has at most 64.
//
// Law: without the write region's own quorum there is no commit, whatever others say and however
// long it takes.
#pragma once

#include <algorithm>
#include <bit>

#include "models/store/replication/plan.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

using RegionSet = std::uint64_t;
constexpr RegionSet set_of(RegionId region) { return RegionSet{1} << region.value(); }

class CommitRule {
 public:
  // `votes`: by region; of the write region none.
  CommitRule(const std::vector<Vote>& votes, std::uint32_t needed, RegionId write_region)
      : own_{set_of(write_region)} {
    SEATRIAL_ASSERT(votes.size() <= 64, "more regions than a set of them holds");
    for (std::uint32_t i = 0; i < votes.size(); ++i) {
      if (votes[i] == Vote::must) must_ |= set_of(RegionId{i});
      if (votes[i] == Vote::counts) counting_ |= set_of(RegionId{i});
    }
    counting_ |= must_;  // who must acknowledge is one of so many, too
    const auto counting = static_cast<std::uint32_t>(std::popcount(counting_));
    needed_ = needed < counting ? needed : counting;
  }

  // Whether the region says when its quorum has an entry.
  bool is_asked(RegionId region) const { return ((own_ | counting_) & set_of(region)) != 0; }

  bool is_met_locally(RegionSet acknowledged) const { return (acknowledged & own_) != 0; }
  // All that must; `excused`: regions that nobody waits for at present.
  bool is_met_by_those_who_must(RegionSet acknowledged, RegionSet excused = 0) const {
    const RegionSet must = must_ & ~excused;
    return is_met_locally(acknowledged) && (acknowledged & must) == must;
  }
  // Of as many as are needed, or of those that are left.
  bool is_met(RegionSet acknowledged, RegionSet excused = 0) const {
    const auto have = static_cast<std::uint32_t>(std::popcount(acknowledged & counting_));
    const auto left = static_cast<std::uint32_t>(std::popcount(counting_ & ~excused));
    return is_met_by_those_who_must(acknowledged, excused) && have >= std::min(needed_, left);
  }

 private:
  RegionSet own_ = 0;
  RegionSet must_ = 0;
  RegionSet counting_ = 0;
  std::uint32_t needed_ = 0;
};

}  // namespace seatrial::models
