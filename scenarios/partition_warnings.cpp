// The warnings of checks.hpp about partitions that are gone when they are to split or to be merged.
// Of one phase's faults the one that stands first in the file is taken to come first.
#include <fmt/format.h>

#include <set>

#include "scenarios/checks.hpp"

namespace seatrial::scenarios {

void warn_of_partitions_that_are_gone(const PolicyTree& of, Problems& problems) {
  const models::WorldConfig& world = of.policy->world;
  std::set<std::int64_t> gone;
  const auto goes = [&](std::int64_t partition, const std::string& pointer) {
    if (gone.insert(partition).second) return;
    problems.warn(place_of(*of.tree, pointer), pointer,
                  fmt::format("nothing happens: an earlier fault lets others take the place of "
                              "partition {}",
                              partition));
  };
  for (std::size_t p = 0; p < world.phases.size(); ++p) {
    for (std::size_t f = 0; f < world.phases[p].faults.size(); ++f) {
      const models::FaultConfig& fault = world.phases[p].faults[f];
      const std::string pointer = fmt::format("/phases/{}/faults/{}", p, f);
      if (fault.kind == models::FaultKind::split) goes(fault.split, pointer + "/split");
      if (fault.kind != models::FaultKind::merge) continue;
      goes(fault.merge, pointer + "/merge");
      goes(fault.with, pointer + "/with");
    }
  }
}

}  // namespace seatrial::scenarios
