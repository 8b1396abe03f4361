// The shortest way between places over directed links that are up.
//
// Law: the sum of lengths is least; the same graph gives the same route on every machine.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "models/ids.hpp"

namespace seatrial::models {

struct RouteLink {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  Duration length;
};

// For each place the links on the way to it from `start`, as indices into `links`; an empty list
// for `start` itself and for a place that cannot be reached.
std::vector<std::vector<std::uint32_t>> shortest_routes(std::uint32_t places,
                                                        std::span<const RouteLink> links,
                                                        std::uint32_t start);

}  // namespace seatrial::models
