// Messages between places: how long each takes, and which ones never arrive.
//
//   Network network{config.regions, random};
//   const auto delay = network.delay(pod, store, 4096, name, now);
//   if (!delay) ...   // lost: nobody is told
//
// Between regions a message takes the direct link while that is up, else the shortest remaining
// route over the scenario's regions. A link's delay is half of the published round trip of its
// direction with the jitter of leg_shape.hpp, or a draw of the distribution that the scenario
// gives it. Inside of a region it is half a draw of the same-zone or cross-zone round trip.
//
// Laws:
//  1. A delay is drawn by the message's name, never by how many messages went before: equal names
//     have equal luck under every policy. A name must not be used for two messages.
//  2. Zero is a legal delay.
//  3. A limited link sends one message after the other, in the order of the calls of delay() and
//     send_entry().
//  4. Whatever has left arrives: a fault acts on messages that leave later.
//  5. A partition separates two groups of regions whatever the route; a cut takes one link down.
//
// Sources: azure_matrix.hpp, leg_shape.hpp; inside of a region network_config.hpp. Where the two
// directions of a pair differ (769 of 1,431 pairs, mostly by 1 ms, at most 118 to 100), each leg
// is half of its own value, so a round trip has the mean of both.
// Not modelled: routes over regions that the scenario does not name; congestion of links without
// a stated bandwidth; retransmission after loss (a lost message stays lost, its sender times out);
// connections, TLS and name look-ups; loss and faults inside of a region.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "models/ids.hpp"
#include "models/network/leg_shape.hpp"
#include "models/network/network_config.hpp"
#include "models/network/place.hpp"
#include "models/trace.hpp"
#include "sim/random/stream.hpp"

namespace seatrial::models {

// What a message is named by.
struct MessageName {
  std::uint64_t entity = 0;     // a session, or what else acts
  std::uint32_t operation = 0;  // of the entity
  std::uint16_t leg = 0;        // of the operation, below 2^14
  std::uint8_t attempt = 0;
};

// One direction of a link between regions, or both.
struct LinkEnds {
  RegionId from;
  RegionId to;
  bool both_ways = false;
};

// Of an entry that is sent over limited links; never: it has not left, or nobody knows when.
struct EntryFlight {
  Instant left = Instant::never();  // its source: its last byte is on the first link
  Instant arrival = Instant::never();
  std::uint32_t first_link = 0;
  bool waits_for_a_route = false;
};

using NetworkFaultId = sim::Id<struct NetworkFaultTag>;

class Network {
 public:
  // `regions` must have no problems_of() (link_name.hpp).
  Network(const RegionsConfig& regions, const sim::RandomSource& random, Followed followed = {});

  // Of a message that leaves now. Nothing: it is lost, by chance or for want of a route.
  std::optional<Duration> delay(Place from, Place to, Bytes size, MessageName name, Instant now) {
    const std::size_t pair = pair_of(from.region, to.region);
    if (from.region == to.region) {
      bytes_[pair] += size;
      return in_region(from.zone == to.zone, name);
    }
    const Lane& lane = lanes_[pair];
    if (!lane.plain) return delay_over_route(pair, size, name, now);
    bytes_[pair] += size;
    if (!jitter_) return lane.half;
    sim::Stream stream = stream_of(jitter_key_, name);
    return lane.half + shape_->excess(lane.round_trip, stream.next());
  }

  // Whom to tell of the messages of a session that somebody follows; null: nobody.
  Trace* trace_of(SessionId session) const { return followed_.trace_of(session); }

  // One way between a device and the front door that serves it.
  Duration last_mile(MessageName name) const;

  // Without jitter, faults and load, by direct link or shortest route: what "nearest" and closed
  // forms go by. The median where a distribution is given.
  Duration base_one_way(RegionId from, RegionId to) const { return base_[pair_of(from, to)]; }

  bool reachable(RegionId from, RegionId to) const {
    return from == to || !histories_[pair_of(from, to)].back().hops.empty();
  }

  // The region with the shortest base round trip from `from` among those that are reachable both
  // ways and that `healthy(RegionId)` accepts; of equal ones the first of the scenario.
  template <class Healthy>
  std::optional<RegionId> nearest(RegionId from, Healthy healthy) const {
    std::optional<RegionId> best;
    for (std::uint32_t i = 0; i < regions(); ++i) {
      const RegionId to{i};
      if (!reachable(from, to) || !reachable(to, from) || !healthy(to)) continue;
      if (!best || round_trip(from, to) < round_trip(from, *best)) best = to;
    }
    return best;
  }

  // --- Replication -------------------------------------------------------------------------
  // A log between two regions travels over one connection that never loses an entry: entries
  // queue while there is no route and leave when there is one again.
  //
  //   sent ──────────────> departure ─────────────────> arrival
  //        route at `sent`?  yes: at once               departure + wire(departure)
  //                          no: when a route comes back
  //
  // When does an entry sent at `sent` arrive, as far as can be known at `now`? Nothing: it has
  // not left yet (sent > now, or no route has come back by now). The answer is a function of the
  // arguments and of the link's history up to `now`; once given it never changes, whatever
  // happens later (law 4). It may lie after `now`. A change of the network at the instant `sent`
  // itself does not concern the entry, and what had no route leaves at the instant of the change
  // that brings one. Not modelled: how long the queued entries take to drain after a cut.
  std::optional<Instant> replication_arrival(RegionId from, RegionId to, MessageName name,
                                             Instant sent, Instant now) const;

  // In a world with limited links (has_limits) an entry is sent when it leaves: behind what was
  // sent before over the same links, requests and entries alike. `flight` is set at once, or,
  // without a route, when one comes back: it must stay where it is until then.
  void send_entry(RegionId from, RegionId to, Bytes size, MessageName name, Instant now,
                  EntryFlight& flight);
  // Its sender or who was to get it is down: what of it has not left at `now` gives its place on
  // the first link to what is sent from now on; what is behind it keeps its own.
  void withdraw_entry(Bytes size, Instant now, EntryFlight& flight);
  bool has_limits() const { return has_limits_; }

  // The travelling time of an entry that leaves at `departure`, when there was a route: no
  // bandwidth, no loss. On published links the jitter belongs to the second of departure, not to
  // the entry: the source was measured once a second, and independent tails of each entry would
  // delay all entries behind them in the log. Where the scenario gives a distribution, each
  // entry has its own draw. Between replicas of one region: half a cross-zone round trip.
  Duration wire(RegionId from, RegionId to, MessageName name, Instant departure) const;

  // --- Faults ------------------------------------------------------------------------------
  // They may overlap; each lasts until it is healed. `now` never decreases from call to call.
  NetworkFaultId partition(std::span<const RegionId> group, Instant now);  // from all others
  NetworkFaultId cut(LinkEnds link, Instant now);
  NetworkFaultId slow(LinkEnds link, double factor, Instant now);  // multiplies the link's delay
  void heal(NetworkFaultId fault, Instant now);

  // The ends of a link written as in link_name.hpp; nothing if it has no such regions or form.
  std::optional<LinkEnds> link_named(std::string_view name) const;
  std::optional<RegionId> region_named(std::string_view name) const;

  std::uint32_t regions() const { return static_cast<std::uint32_t>(names_.size()); }
  // Messages that delay() declared lost.
  std::uint64_t lost() const { return lost_; }
  // Sent by delay(), lost on the way or not; messages without a route are not sent.
  Bytes bytes(RegionId from, RegionId to) const { return bytes_[pair_of(from, to)]; }
  // Of all pairs of different regions.
  Bytes bytes_between_regions() const;
  // Given to delay() while there was no route. Whoever sends knows nothing of routes, and pays.
  Bytes unsent() const { return unsent_; }
  // Given to the limited link between them, or for want of a route to none, and not gone yet.
  Bytes waiting(RegionId from, RegionId to, Instant now) const;

 private:
  // The direct link of an ordered pair of regions; its index is the pair's.
  struct Link {
    bool exists = false;
    bool published = false;  // else: drawn from one_way
    Duration round_trip;     // published P50
    sim::Distribution one_way;
    Duration base;
    double loss = 0;
    double bytes_per_second = 0;     // 0: not limited
    Instant free_at;                 // when what was sent last has left
    std::uint32_t held_down_by = 0;  // faults
    double factor = 1;

    bool is_up() const { return exists && held_down_by == 0; }
    // When a message that comes at `at` has left.
    Instant transmit(Bytes size, Instant at) {
      if (bytes_per_second == 0) return at;
      free_at = std::max(at, free_at) + transmission(size);
      return free_at;
    }
    Duration transmission(Bytes size) const {
      const double ns = static_cast<double>(size) * 1e9 / bytes_per_second;
      return Duration::nanoseconds(static_cast<std::int64_t>(ns + 0.5));
    }
  };

  struct Hop {
    std::uint32_t link = 0;
    double factor = 1;
    bool operator==(const Hop&) const = default;
  };

  struct WaitingEntry {
    std::size_t pair = 0;
    Bytes size = 0;
    MessageName name;
    EntryFlight* flight = nullptr;
  };

  // The way between two regions from the end of an instant on.
  struct Route {
    Instant since;
    std::vector<Hop> hops;  // empty: there is none
  };

  // The usual case, dense: a published link that is up, not slowed, not limited, lossless.
  struct Lane {
    Duration half;
    Duration round_trip;
    bool plain = false;
  };

  // The excess of a published link's entries in the second that was asked for last: a memory of
  // a pure function, so that the entries of one second cost one draw.
  struct Weather {
    std::uint64_t second = UINT64_MAX;
    Duration excess;
  };

  struct Fault {
    bool active = true;
    bool takes_down = true;
    double factor = 1;
    std::vector<std::uint32_t> links;
  };

  std::size_t pair_of(RegionId from, RegionId to) const {
    return std::size_t{from.value()} * names_.size() + to.value();
  }
  Duration round_trip(RegionId from, RegionId to) const;
  Duration base_of_route(RegionId from, RegionId to) const;

  static sim::Stream stream_of(sim::StreamKey key, MessageName name) {
    return {key, name.entity, std::uint64_t{name.operation} << 14 | name.leg, name.attempt};
  }

  Duration in_region(bool same_zone, MessageName name) const {
    const sim::Distribution& round_trip = same_zone ? same_zone_ : cross_zone_;
    sim::Stream stream = stream_of(jitter_key_, name);
    return round_trip.sample_duration(stream) / 2;
  }
  std::optional<Duration> delay_over_route(std::size_t pair, Bytes size, MessageName name,
                                           Instant now);
  const Route& route_at(std::size_t pair, Instant sent) const;
  Duration travel(const Route& route, MessageName name, Instant departure) const;
  Duration weather(std::size_t link, std::uint64_t second) const;
  EntryFlight fly(const Route& route, Bytes size, MessageName name, Instant departure);
  void send_waiting_entries(Instant now);

  void add_published_links();
  void add_stated_link(const LinkConfig& stated);
  void remember_bases();
  NetworkFaultId begin(Fault fault, Instant now);
  void update_links(const Fault& fault);
  void update_routes(Instant now);
  std::vector<std::vector<Hop>> routes_from(std::uint32_t from) const;
  std::vector<std::uint32_t> directions(LinkEnds link) const;

  sim::StreamKey jitter_key_;
  sim::StreamKey loss_key_;
  sim::StreamKey entry_key_;
  sim::StreamKey weather_key_;
  sim::StreamKey last_mile_key_;
  const LegShape* shape_ = nullptr;
  bool jitter_ = true;
  sim::Distribution same_zone_;
  sim::Distribution cross_zone_;
  sim::Distribution last_mile_;
  std::vector<std::string> names_;
  Followed followed_;

  // [pair_of(from, to)]
  std::vector<Link> links_;
  std::vector<Lane> lanes_;
  std::vector<std::vector<Route>> histories_;
  std::vector<Duration> base_;
  std::vector<Bytes> bytes_;
  mutable std::vector<Weather> weather_;

  bool has_limits_ = false;
  std::deque<WaitingEntry> waiting_;  // for a route; in the order in which they were sent

  std::vector<Fault> faults_;
  Instant last_change_;
  std::uint64_t lost_ = 0;
  Bytes unsent_ = 0;
};

}  // namespace seatrial::models
