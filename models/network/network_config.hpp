// Where places are and how long messages take between them.
#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "models/fields.hpp"

namespace seatrial::models {

struct UserShare {
  std::string region;
  double share = 0;  // of all users; the shares of a scenario sum to 1
};

// One directed link, named "East US > West Europe", or both directions at once, named
// "East US <> West Europe". It replaces what the matrix says of the pair.
struct LinkConfig {
  std::string name;
  bool has_one_way = false;
  sim::Distribution one_way = sim::Distribution::constant(0);  // ns
  double loss = 0;                                             // share of messages that vanish
  double bytes_per_second = 0;                                 // 0: not limited
};

enum class Route { nearest };
inline constexpr std::array<std::string_view, 1> route_names{"nearest"};

struct RegionsConfig {
  std::string matrix = "none";   // "azure-2026-07", or "none": every pair needs a link
  std::vector<UserShare> users;  // also the list of regions: RegionId is the index
  std::vector<LinkConfig> links;
  Route route = Route::nearest;
  bool jitter = true;      // shape of the published tails on the matrix' links
  std::int64_t zones = 3;  // pods, replicas and brokers are spread over zones in turn
  sim::Distribution same_zone_round_trip = sim::Distribution::constant(908'000);     // ns
  sim::Distribution cross_zone_round_trip = sim::Distribution::constant(1'553'000);  // ns
  sim::Distribution last_mile_round_trip = sim::Distribution::constant(0);  // device to front door
  Duration request_timeout = Duration::seconds(60);                         // of the front door
};

void describe(FieldVisitor&, RegionsConfig&);

}  // namespace seatrial::models
