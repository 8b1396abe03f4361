#include "models/network/network.hpp"

#include <algorithm>

#include "models/network/azure_matrix.hpp"
#include "models/network/link_name.hpp"
#include "sim/assert.hpp"

namespace seatrial::models {

namespace {

Duration times(Duration duration, double factor) {
  if (factor == 1) return duration;
  return Duration::nanoseconds(
      static_cast<std::int64_t>(static_cast<double>(duration.ns()) * factor + 0.5));
}

std::uint64_t second_of(Instant instant) {
  return static_cast<std::uint64_t>(instant.ns() / 1'000'000'000);
}

Duration median_of(const sim::Distribution& distribution) {
  return Duration::nanoseconds(static_cast<std::int64_t>(distribution.quantile(0.5) + 0.5));
}

}  // namespace

Network::Network(const RegionsConfig& regions, const sim::RandomSource& random, Followed followed)
    : jitter_key_{random.key(sim::Purpose{"network/jitter"})},
      loss_key_{random.key(sim::Purpose{"network/loss"})},
      entry_key_{random.key(sim::Purpose{"network/entry"})},
      weather_key_{random.key(sim::Purpose{"network/weather"})},
      last_mile_key_{random.key(sim::Purpose{"network/last mile"})},
      shape_{&LegShape::published()},
      jitter_{regions.jitter},
      same_zone_{regions.same_zone_round_trip},
      cross_zone_{regions.cross_zone_round_trip},
      last_mile_{regions.last_mile_round_trip},
      followed_{std::move(followed)} {
  for (const UserShare& user : regions.users) names_.push_back(user.region);
  const std::size_t pairs = names_.size() * names_.size();
  links_.resize(pairs);
  lanes_.resize(pairs);
  bytes_.resize(pairs);
  weather_.resize(pairs);
  histories_.resize(pairs);
  if (regions.matrix != "none") add_published_links();
  for (const LinkConfig& stated : regions.links) add_stated_link(stated);
  update_routes(Instant{});
  remember_bases();
}

void Network::add_published_links() {
  for (std::uint32_t from = 0; from < names_.size(); ++from) {
    for (std::uint32_t to = 0; to < names_.size(); ++to) {
      const auto published = published_round_trip(names_[from], names_[to]);
      if (!published) continue;
      Link& link = links_[pair_of(RegionId{from}, RegionId{to})];
      link.exists = true;
      link.published = true;
      link.round_trip = *published;
      link.base = *published / 2;
    }
  }
}

void Network::add_stated_link(const LinkConfig& stated) {
  const auto ends = link_named(stated.name);
  SEATRIAL_ASSERT(ends.has_value(), "a link between regions that do not exist");
  for (const std::uint32_t index : directions(*ends)) {
    Link& link = links_[index];
    link.loss = stated.loss;
    link.bytes_per_second = stated.bytes_per_second;
    has_limits_ = has_limits_ || stated.bytes_per_second > 0;
    if (!stated.has_one_way) continue;
    link.exists = true;
    link.published = false;
    link.one_way = stated.one_way;
    link.base = median_of(stated.one_way);
  }
}

void Network::remember_bases() {
  base_.resize(links_.size());
  for (std::uint32_t from = 0; from < names_.size(); ++from) {
    for (std::uint32_t to = 0; to < names_.size(); ++to) {
      SEATRIAL_ASSERT(reachable(RegionId{from}, RegionId{to}), "two regions without any route");
      base_[pair_of(RegionId{from}, RegionId{to})] = base_of_route(RegionId{from}, RegionId{to});
    }
  }
}

Duration Network::base_of_route(RegionId from, RegionId to) const {
  if (from == to) return median_of(same_zone_) / 2;
  Duration sum;
  for (const Hop& hop : histories_[pair_of(from, to)].back().hops) sum += links_[hop.link].base;
  return sum;
}

Duration Network::round_trip(RegionId from, RegionId to) const {
  if (from == to) return {};
  return base_of_route(from, to) + base_of_route(to, from);
}

std::optional<Duration> Network::delay_over_route(std::size_t pair, Bytes size, MessageName name,
                                                  Instant now) {
  const Route& route = histories_[pair].back();
  if (route.hops.empty()) {
    ++lost_;
    unsent_ += size;
    return std::nullopt;
  }
  bytes_[pair] += size;
  sim::Stream jitter = stream_of(jitter_key_, name);
  sim::Stream loss = stream_of(loss_key_, name);
  Instant at = now;
  for (const Hop& hop : route.hops) {
    Link& link = links_[hop.link];
    at = link.transmit(size, at);
    if (link.loss > 0 && loss.uniform() < link.loss) {
      ++lost_;
      return std::nullopt;
    }
    Duration travelling = link.base;
    if (!link.published) {
      travelling = link.one_way.sample_duration(jitter);
    } else if (jitter_) {
      travelling += shape_->excess(link.round_trip, jitter.next());
    }
    at = at + times(travelling, hop.factor);
  }
  return at - now;
}

Bytes Network::bytes_between_regions() const {
  Bytes sum = 0;
  for (std::size_t pair = 0; pair < bytes_.size(); ++pair) {
    const bool is_inside = pair / names_.size() == pair % names_.size();
    if (!is_inside) sum += bytes_[pair];
  }
  return sum;
}

Duration Network::last_mile(MessageName name) const {
  sim::Stream stream = stream_of(last_mile_key_, name);
  return last_mile_.sample_duration(stream) / 2;
}

const Network::Route& Network::route_at(std::size_t pair, Instant sent) const {
  const std::vector<Route>& history = histories_[pair];
  auto route = history.end() - 1;
  while (route != history.begin() && route->since >= sent) --route;
  return *route;
}

std::optional<Instant> Network::replication_arrival(RegionId from, RegionId to, MessageName name,
                                                    Instant sent, Instant now) const {
  if (sent > now) return std::nullopt;
  if (from == to) return sent + in_region(false, name);
  const std::size_t pair = pair_of(from, to);
  const Lane& lane = lanes_[pair];
  if (lane.plain && histories_[pair].back().since < sent) {  // as the loop below would answer
    return sent + lane.half + (jitter_ ? weather(pair, second_of(sent)) : Duration{});
  }
  const Route* route = &route_at(pair, sent);
  Instant departure = sent;
  while (route->hops.empty()) {
    if (route == &histories_[pair].back()) return std::nullopt;
    ++route;
    if (route->since > now) return std::nullopt;
    departure = route->since;
  }
  return departure + travel(*route, name, departure);
}

void Network::send_entry(RegionId from, RegionId to, Bytes size, MessageName name, Instant now,
                         EntryFlight& flight) {
  const std::size_t pair = pair_of(from, to);
  const Route& route = histories_[pair].back();
  if (route.hops.empty()) {
    flight.waits_for_a_route = true;
    waiting_.push_back({pair, size, name, &flight});
  } else {
    flight = fly(route, size, name, now);
  }
}

void Network::withdraw_entry(Bytes size, Instant now, EntryFlight& flight) {
  if (flight.waits_for_a_route) {
    const auto entry = std::find_if(waiting_.begin(), waiting_.end(),
                                    [&](const WaitingEntry& e) { return e.flight == &flight; });
    waiting_.erase(entry);
  } else if (flight.arrival != Instant::never() && flight.left > now) {
    Link& link = links_[flight.first_link];
    const Duration unsent = std::min(link.transmission(size), flight.left - now);
    link.free_at = Instant::at(link.free_at.since_start() - unsent);
  }
  flight = EntryFlight{};
}

Bytes Network::waiting(RegionId from, RegionId to, Instant now) const {
  const std::size_t pair = pair_of(from, to);
  const Link& link = links_[pair];
  Bytes waiting = 0;
  if (link.free_at > now) {
    const double seconds = static_cast<double>((link.free_at - now).ns()) / 1e9;
    waiting += static_cast<Bytes>(seconds * link.bytes_per_second + 0.5);
  }
  for (const WaitingEntry& entry : waiting_)
    if (entry.pair == pair) waiting += entry.size;
  return waiting;
}

EntryFlight Network::fly(const Route& route, Bytes size, MessageName name, Instant departure) {
  EntryFlight flight;
  flight.first_link = route.hops.front().link;
  Instant left = departure;
  for (const Hop& hop : route.hops) {
    left = links_[hop.link].transmit(size, left);
    if (flight.left == Instant::never()) flight.left = left;
  }
  flight.arrival = left + travel(route, name, left);
  return flight;
}

// Those for which there is a route now leave, in the order in which they came.
void Network::send_waiting_entries(Instant now) {
  std::deque<WaitingEntry> waiting;
  waiting.swap(waiting_);
  for (const WaitingEntry& entry : waiting) {
    const Route& route = histories_[entry.pair].back();
    if (route.hops.empty()) {
      waiting_.push_back(entry);
    } else {
      *entry.flight = fly(route, entry.size, entry.name, now);
    }
  }
}

Duration Network::wire(RegionId from, RegionId to, MessageName name, Instant departure) const {
  const auto arrival = replication_arrival(from, to, name, departure, departure);
  SEATRIAL_ASSERT(arrival.has_value(), "an entry leaves while there is no route");
  return *arrival - departure;
}

Duration Network::travel(const Route& route, MessageName name, Instant departure) const {
  sim::Stream entry = stream_of(entry_key_, name);
  Duration sum;
  for (const Hop& hop : route.hops) {
    const Link& link = links_[hop.link];
    Duration travelling = link.base;
    if (!link.published) {
      travelling = link.one_way.sample_duration(entry);
    } else if (jitter_) {
      travelling += weather(hop.link, second_of(departure));
    }
    sum += times(travelling, hop.factor);
  }
  return sum;
}

Duration Network::weather(std::size_t link, std::uint64_t second) const {
  Weather& last = weather_[link];
  if (last.second != second) {
    sim::Stream stream{weather_key_, link, second};
    last = {second, shape_->excess(links_[link].round_trip, stream.next())};
  }
  return last.excess;
}

}  // namespace seatrial::models
