// Faults of links and what they do to routes; the laws are in network.hpp.
#include <algorithm>

#include "models/network/link_name.hpp"
#include "models/network/network.hpp"
#include "models/network/routes.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

std::optional<RegionId> Network::region_named(std::string_view name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return std::nullopt;
  return RegionId{static_cast<std::uint32_t>(found - names_.begin())};
}

std::optional<LinkEnds> Network::link_named(std::string_view name) const {
  const auto parsed = parse_link_name(name);
  if (!parsed) return std::nullopt;
  const auto from = region_named(parsed->from);
  const auto to = region_named(parsed->to);
  if (!from || !to || *from == *to) return std::nullopt;
  return LinkEnds{*from, *to, parsed->both_ways};
}

std::vector<std::uint32_t> Network::directions(LinkEnds link) const {
  std::vector<std::uint32_t> links{static_cast<std::uint32_t>(pair_of(link.from, link.to))};
  if (link.both_ways) links.push_back(static_cast<std::uint32_t>(pair_of(link.to, link.from)));
  return links;
}

NetworkFaultId Network::partition(std::span<const RegionId> group, Instant now) {
  std::vector<bool> inside(names_.size(), false);
  for (const RegionId region : group) inside[region.value()] = true;
  Fault fault;
  for (std::uint32_t from = 0; from < names_.size(); ++from) {
    for (std::uint32_t to = 0; to < names_.size(); ++to) {
      if (inside[from] == inside[to]) continue;
      fault.links.push_back(static_cast<std::uint32_t>(pair_of(RegionId{from}, RegionId{to})));
    }
  }
  return begin(std::move(fault), now);
}

NetworkFaultId Network::cut(LinkEnds link, Instant now) {
  Fault fault;
  fault.links = directions(link);
  return begin(std::move(fault), now);
}

NetworkFaultId Network::slow(LinkEnds link, double factor, Instant now) {
  SEATRIAL_ASSERT(factor >= 0, "a link is slowed by a negative factor");
  Fault fault;
  fault.takes_down = false;
  fault.factor = factor;
  fault.links = directions(link);
  return begin(std::move(fault), now);
}

NetworkFaultId Network::begin(Fault fault, Instant now) {
  const NetworkFaultId id{static_cast<std::uint32_t>(faults_.size())};
  faults_.push_back(std::move(fault));
  update_links(faults_.back());
  update_routes(now);
  return id;
}

void Network::heal(NetworkFaultId id, Instant now) {
  Fault& fault = faults_.at(id.value());
  SEATRIAL_ASSERT(fault.active, "a fault is healed twice");
  fault.active = false;
  update_links(fault);
  update_routes(now);
}

// From all active faults anew, so that what is healed leaves no rounding error behind.
void Network::update_links(const Fault& changed) {
  for (const std::uint32_t index : changed.links) {
    Link& link = links_[index];
    link.held_down_by = 0;
    link.factor = 1;
    for (const Fault& fault : faults_) {
      if (!fault.active) continue;
      if (std::find(fault.links.begin(), fault.links.end(), index) == fault.links.end()) continue;
      if (fault.takes_down) ++link.held_down_by;
      link.factor *= fault.factor;
    }
  }
}

// Every pair by its direct link while that is up, whatever is shorter: 533 of the 2,862 published
// pairs would be faster over a third region, and are not.
std::vector<std::vector<Network::Hop>> Network::routes_from(std::uint32_t from) const {
  std::vector<RouteLink> up;
  std::vector<std::uint32_t> index_of_up;
  for (std::uint32_t index = 0; index < links_.size(); ++index) {
    if (!links_[index].is_up()) continue;
    up.push_back({index / regions(), index % regions(), links_[index].base});
    index_of_up.push_back(index);
  }
  const auto shortest = shortest_routes(regions(), up, from);
  std::vector<std::vector<Hop>> routes(names_.size());
  for (std::uint32_t to = 0; to < names_.size(); ++to) {
    const auto direct = static_cast<std::uint32_t>(pair_of(RegionId{from}, RegionId{to}));
    if (links_[direct].is_up()) {
      routes[to].push_back({direct, links_[direct].factor});
      continue;
    }
    for (const std::uint32_t way : shortest[to]) {
      routes[to].push_back({index_of_up[way], links_[index_of_up[way]].factor});
    }
  }
  return routes;
}

void Network::update_routes(Instant now) {
  SEATRIAL_ASSERT(now >= last_change_, "the network changes in the past");
  last_change_ = now;
  for (std::uint32_t from = 0; from < names_.size(); ++from) {
    auto routes = routes_from(from);
    for (std::uint32_t to = 0; to < names_.size(); ++to) {
      const std::size_t pair = pair_of(RegionId{from}, RegionId{to});
      std::vector<Route>& history = histories_[pair];
      if (!history.empty() && history.back().hops == routes[to]) continue;
      history.push_back({now, std::move(routes[to])});
      const Link& link = links_[pair];
      const bool plain = link.is_up() && link.published && link.factor == 1 && link.loss == 0 &&
                         link.bytes_per_second == 0;
      lanes_[pair] = {link.base, link.round_trip, plain};
    }
  }
  send_waiting_entries(now);
}

}  // namespace seatrial::models
