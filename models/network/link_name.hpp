// Names of links between regions, as scenario files write them:
//
//   "East US > West Europe"     one direction
//   "East US <> West Europe"    both
//
// and what of a network's description cannot be made into a network.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/network/network_config.hpp"

namespace seatrial::models {

struct LinkName {
  std::string_view from;
  std::string_view to;
  bool both_ways = false;
};

// Nothing when the name is of neither form.
std::optional<LinkName> parse_link_name(std::string_view name);

// One sentence for each fault, none for a description that Network accepts: names that do not
// exist, pairs of regions without a way from one to the other, shares that are no shares.
std::vector<std::string> problems_of(const RegionsConfig& regions);

}  // namespace seatrial::models
