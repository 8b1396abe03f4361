#include "analysis/capacity/offered_load.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/capacity/session_counts.hpp"
#include "models/broker/broker.hpp"
#include "models/network/azure_matrix.hpp"
#include "models/network/link_name.hpp"
#include "models/store/quorum/quorum_config.hpp"
#include "models/store/replica_service.hpp"
#include "models/store/replication/groups.hpp"
#include "models/store/replication/shipping.hpp"
#include "models/store/request_units.hpp"
#include "scenarios/checks.hpp"
#include "sim/random/zipf.hpp"

namespace seatrial::analysis {
namespace {

using models::WorldConfig;

constexpr double never = std::numeric_limits<double>::infinity();

double seconds(const sim::Distribution& distribution) { return distribution.mean() / 1e9; }

// Squared coefficient of variation, and the second moment, by the quantiles' middles; the last of
// them stands for the tail.
double second_moment(const sim::Distribution& distribution) {
  constexpr int parts = 8192;
  double sum = 0;
  for (int i = 0; i < parts; ++i) {
    const double value = distribution.quantile((i + 0.5) / parts) / 1e9;
    sum += value * value;
  }
  return sum / parts;
}

// Operations of a second at load x1 on one data class.
using Rates = ClassOperations;

std::vector<Rates> rates_of(const WorldConfig& world, double share_of_users) {
  std::vector<Rates> rates;
  const double sessions = world.workload.sessions_per_second * share_of_users;
  for (const ClassOperations& operations : operations_of_session(world))
    rates.push_back({sessions * operations.reads, sessions * operations.updates,
                     sessions * operations.inserts, sessions * operations.deletes});
  return rates;
}

double operations_of(const std::vector<Rates>& rates) {
  double sum = 0;
  for (const Rates& rate : rates) sum += rate.reads + rate.writes();
  return sum;
}

double local_round_trip(const WorldConfig& world) {
  const double same = 1.0 / static_cast<double>(world.regions.zones);
  return same * seconds(world.regions.same_zone_round_trip) +
         (1 - same) * seconds(world.regions.cross_zone_round_trip);
}

// What a stated link says of one direction; nothing when none says it.
double stated_one_way(const WorldConfig& world, const std::string& from, const std::string& to) {
  for (const models::LinkConfig& link : world.regions.links) {
    const auto ends = models::parse_link_name(link.name);
    if (!ends || !link.has_one_way) continue;
    const bool there = ends->from == from && ends->to == to;
    const bool back = ends->both_ways && ends->from == to && ends->to == from;
    if (there || back) return seconds(link.one_way);
  }
  return -1;
}

double one_way(const WorldConfig& world, const std::string& from, const std::string& to) {
  const double stated = stated_one_way(world, from, to);
  if (stated >= 0) return stated;
  const auto published = models::published_round_trip(from, to);
  return published ? published->s() / 2 : 0;
}

double round_trip(const WorldConfig& world, const std::string& from, const std::string& to) {
  if (from == to) return local_round_trip(world);
  return one_way(world, from, to) + one_way(world, to, from);
}

bool is_strong(const WorldConfig& world) {
  return world.store.consistency == models::Consistency::strong;
}

bool reads_at_primary(const WorldConfig& world) {
  return world.store.read_from == models::ReadFrom::primary;
}

double replicas_read(const WorldConfig& world, const models::DataClassConfig& data) {
  const models::StoreConfig& store = world.store;
  if (const auto* const quorum = models::quorum_of(store))
    return static_cast<double>(quorum->asked_by_read());
  if (!asks_quorum(level_of(data.consistency, store.consistency))) return 1;
  return static_cast<double>(store.replicas - store.write_quorum + 1);
}

bool reads_first(const models::DataClassConfig& data) { return models::reads_first(data.update); }

double ru(models::RequestUnits units) { return static_cast<double>(units.thousandths) / 1000; }

// RU of a second of one class: in the region where they are read, and in the write region.
struct Units {
  double read = 0;
  double written = 0;
};
Units units_of(const WorldConfig& world, std::size_t data_class, const Rates& rates) {
  const models::DataClassConfig& data = world.data[data_class];
  const double reads = rates.reads + (reads_first(data) ? rates.updates : 0);
  return {reads * replicas_read(world, data) * ru(models::cost_of_read(data.size)),
          rates.updates * ru(models::cost_of_write(models::OperationKind::update, data.size)) +
              rates.inserts * ru(models::cost_of_write(models::OperationKind::insert, data.size)) +
              rates.deletes * ru(models::cost_of_write(models::OperationKind::delete_, data.size))};
}

// The part of a class' load that its busiest partition has: that of the most popular document, and
// an even part of the others.
double busiest_share(const WorldConfig& world, const models::DataClassConfig& data) {
  const double even = 1.0 / static_cast<double>(world.store.partitions);
  if (data.owner != models::Owner::shared) return even;
  const double top = sim::Zipf{static_cast<std::uint64_t>(data.documents), data.zipf}.share(0);
  return top + (1 - top) * even;
}

double ru_of_partition(const models::StoreConfig& store) {
  if (store.request_units_per_second == 0) return most_ru_per_partition;
  return static_cast<double>(store.request_units_per_second) /
         static_cast<double>(store.partitions);
}

// Where a region's updates go.
const std::string& writer_of(const WorldConfig& world, const std::string& region) {
  if (world.store.write_regions.size() < 2) return world.store.write_region;
  const std::string* nearest = &world.store.write_region;
  for (const std::string& writer : world.store.write_regions) {
    if (writer == region) return writer;
    if (round_trip(world, region, writer) < round_trip(world, region, *nearest)) nearest = &writer;
  }
  return *nearest;
}

// Request units of the updates that a region takes.
double units_written_in(const WorldConfig& world, const std::string& region, std::size_t c) {
  if (world.store.write_regions.size() < 2) {
    if (region != world.store.write_region) return 0;
    return units_of(world, c, rates_of(world, 1)[c]).written;
  }
  double units = 0;
  for (const models::UserShare& users : world.regions.users) {
    if (writer_of(world, users.region) != region) continue;
    units += units_of(world, c, rates_of(world, users.share)[c]).written;
  }
  return units;
}

Demand partition_demand(const WorldConfig& world, std::size_t region) {
  const models::UserShare& here = world.regions.users[region];
  Demand demand{Limit::request_units, here.region};
  const std::vector<Rates> own = rates_of(world, here.share);
  const std::vector<Rates> all = rates_of(world, 1);
  for (std::size_t c = 0; c < world.data.size(); ++c) {
    const bool writes_here = here.region == world.store.write_region;
    double units = units_of(world, c, own[c]).read;
    if (reads_at_primary(world)) units = writes_here ? units_of(world, c, all[c]).read : 0;
    units += units_written_in(world, here.region, c);
    demand.rate += units;
    demand.used += units * busiest_share(world, world.data[c]) / ru_of_partition(world.store);
  }
  return demand;
}

struct BrokerCalls {
  double gets = 0;
  double sets = 0;
};

BrokerCalls broker_calls(const WorldConfig& world, double share_of_users) {
  BrokerCalls calls;
  const std::vector<Rates> rates = rates_of(world, share_of_users);
  for (std::size_t c = 0; c < rates.size(); ++c) {
    calls.gets += rates[c].reads + (reads_first(world.data[c]) ? rates[c].updates : 0);
    calls.sets += rates[c].writes();
  }
  return calls;
}

bool has_central_broker(const WorldConfig& world) { return world.broker.placement != "per_region"; }

// Whose operations the region's broker gets.
double share_at_broker(const WorldConfig& world, std::size_t region) {
  const models::UserShare& here = world.regions.users[region];
  if (!has_central_broker(world)) return here.share;
  return world.broker.placement == here.region ? 1 : 0;
}

double broker_use(const WorldConfig& world, std::size_t region) {
  const BrokerCalls calls = broker_calls(world, share_at_broker(world, region));
  return calls.gets * seconds(world.broker.get_service) +
         calls.sets * seconds(world.broker.set_service);
}

double cpu_use(const WorldConfig& world, std::size_t region) {
  const double operations = operations_of(rates_of(world, world.regions.users[region].share));
  return operations * seconds(world.pods.cpu_per_operation) /
         static_cast<double>(world.pods.count * world.pods.cpu);
}

void add_pods(const WorldConfig& world, std::size_t region, std::vector<Demand>& demands) {
  const models::UserShare& here = world.regions.users[region];
  const double operations = operations_of(rates_of(world, here.share));
  const auto slots =
      static_cast<double>(world.pods.count) * static_cast<double>(world.pods.max_in_flight);
  demands.push_back({Limit::pod_cpu, here.region, cpu_use(world, region), operations});
  demands.push_back({Limit::pod_in_flight, here.region,
                     operations * seconds_in_pod(world, region) / slots, operations});
}

void add_broker(const WorldConfig& world, std::size_t region, std::vector<Demand>& demands) {
  const double share = share_at_broker(world, region);
  if (!uses_broker(world) || share <= 0) return;
  const BrokerCalls calls = broker_calls(world, share);
  demands.push_back({Limit::broker, world.regions.users[region].region, broker_use(world, region),
                     calls.gets + calls.sets});
}

// Bytes of requests and replies of a second from one region to another.
double bytes_between(const WorldConfig& world, const std::string& from, const std::string& to) {
  double bytes = 0;
  for (const models::UserShare& users : world.regions.users) {
    const std::vector<Rates> rates = rates_of(world, users.share);
    const bool out = users.region == from;
    if (!out && users.region != to) continue;
    const std::string& other = out ? to : from;
    for (std::size_t c = 0; c < rates.size() && other == writer_of(world, users.region); ++c) {
      const models::DataClassConfig& data = world.data[c];
      const auto size = static_cast<double>(data.size);
      const double payload =
          models::patches(data.update) ? static_cast<double>(data.patch_size) : size;
      bytes += rates[c].writes() * static_cast<double>(models::header_bytes);
      if (out) bytes += rates[c].updates * payload + rates[c].inserts * size;
    }
    if (!uses_broker(world) || other != world.broker.placement) continue;
    const BrokerCalls calls = broker_calls(world, users.share);
    bytes += (calls.gets + calls.sets) * static_cast<double>(models::broker_message_bytes);
  }
  return bytes;
}

// Bytes of a second that the writes of one region's primaries take to another region.
double replicated_between(const WorldConfig& world, const std::string& from,
                          const std::string& to) {
  const auto& regions = world.regions.users;
  const auto source = std::find_if(regions.begin(), regions.end(),
                                   [&](const auto& users) { return users.region == from; });
  if (models::quorum_of(world.store) != nullptr || source == regions.end() || from == to) return 0;
  const models::ReplicationGroups groups = models::replication_groups(
      world, models::RegionId{static_cast<std::uint32_t>(source - regions.begin())});
  double bytes = 0;
  for (const models::UserShare& users : regions) {
    if (writer_of(world, users.region) != from) continue;
    const std::vector<Rates> rates = rates_of(world, users.share);
    for (std::size_t c = 0; c < rates.size(); ++c) {
      const models::DataClassConfig& data = world.data[c];
      const models::ShippingPlan& plan = groups.plans[groups.group_of_class[c]].shipping;
      const auto sent = [&](models::OperationKind kind, models::Bytes carried) {
        return static_cast<double>(
            models::shipped(plan, kind, data.size, data.patch_size, carried).bytes);
      };
      const models::Bytes carried = models::patches(data.update) ? data.patch_size : data.size;
      bytes += rates[c].updates * sent(models::OperationKind::update, carried) +
               rates[c].inserts * sent(models::OperationKind::insert, data.size) +
               rates[c].deletes * sent(models::OperationKind::delete_, 0);
    }
  }
  return bytes;
}

void add_link(const WorldConfig& world, const models::LinkConfig& link, const std::string& from,
              const std::string& to, std::vector<Demand>& demands) {
  const double bytes = bytes_between(world, from, to) + replicated_between(world, from, to);
  demands.push_back({Limit::link, from + " > " + to, bytes / link.bytes_per_second, bytes});
}

// Erlang's chance to wait for one of `servers`, of which `busy` are busy on average.
double chance_to_wait(double servers, double busy) {
  double blocked = 1;
  for (double n = 1; n <= servers; ++n) blocked = busy * blocked / (n + busy * blocked);
  const double used = busy / servers;
  return blocked / (1 - used * (1 - blocked));
}

// There and back, of one replica of a quorum: its median, for a tail may have no mean.
double seconds_of_legs(const sim::Distribution& there, const sim::Distribution& back) {
  return (there.quantile(0.5) + back.quantile(0.5)) / 1e9;
}

double seconds_of_read(const WorldConfig& world, const std::string& region) {
  if (const auto* const quorum = models::quorum_of(world.store))
    return seconds_of_legs(quorum->legs.read, quorum->legs.read_reply);
  const double way = reads_at_primary(world) ? round_trip(world, region, world.store.write_region)
                                             : local_round_trip(world);
  return way + seconds(world.store.read_service);
}

double seconds_of_update(const WorldConfig& world, const std::string& region, bool reads) {
  if (const auto* const quorum = models::quorum_of(world.store))
    return seconds_of_legs(quorum->legs.write, quorum->legs.write_ack) +
           (reads ? seconds_of_read(world, region) : 0);
  const std::string& writer = writer_of(world, region);
  double time = round_trip(world, region, writer) + seconds(world.store.write_service);
  double commit = world.store.write_quorum > 1 ? local_round_trip(world) : 0;
  if (is_strong(world))
    for (const models::UserShare& other : world.regions.users)
      commit = std::max(commit, round_trip(world, writer, other.region));
  return time + commit + (reads ? seconds_of_read(world, region) : 0);
}

}  // namespace

bool uses_broker(const WorldConfig& world) {
  return scenarios::carries(world.session_token, "broker");
}

double seconds_in_pod(const WorldConfig& world, std::size_t region) {
  const std::string& here = world.regions.users[region].region;
  const double broker = !uses_broker(world) ? 0
                        : has_central_broker(world)
                            ? round_trip(world, here, world.broker.placement)
                            : local_round_trip(world);
  const double read = seconds_of_read(world, here);
  double time = 0, operations = 0;
  const std::vector<ClassOperations> all = operations_of_session(world);
  for (std::size_t c = 0; c < all.size(); ++c) {
    const bool reads = reads_first(world.data[c]);
    time += all[c].reads * (read + broker + seconds(world.broker.get_service));
    time += all[c].updates * (seconds_of_update(world, here, reads) + (reads ? 2 : 1) * broker +
                              seconds(world.broker.set_service));
    time += (all[c].inserts + all[c].deletes) *
            (seconds_of_update(world, here, false) + broker + seconds(world.broker.set_service));
    operations += all[c].reads + all[c].writes();
  }
  return seconds(world.pods.cpu_per_operation) + (operations > 0 ? time / operations : 0);
}

std::vector<Demand> demands_of(const WorldConfig& world) {
  std::vector<Demand> demands;
  for (std::size_t region = 0; region < world.regions.users.size(); ++region) {
    add_pods(world, region, demands);
    add_broker(world, region, demands);
    // Without a leader there is no limit of request units.
    if (models::quorum_of(world.store) == nullptr)
      demands.push_back(partition_demand(world, region));
  }
  for (const models::LinkConfig& link : world.regions.links) {
    const auto ends = models::parse_link_name(link.name);
    if (!ends || link.bytes_per_second <= 0) continue;
    const std::string from{ends->from}, to{ends->to};
    add_link(world, link, from, to, demands);
    if (ends->both_ways) add_link(world, link, to, from, demands);
  }
  return demands;
}

double broker_wait(const WorldConfig& world, std::size_t region, double load) {
  const double used = load * broker_use(world, region);
  if (used >= 1) return never;
  const BrokerCalls calls = broker_calls(world, share_at_broker(world, region));
  const double work = load * (calls.gets * second_moment(world.broker.get_service) +
                              calls.sets * second_moment(world.broker.set_service));
  return work / (2 * (1 - used));
}

double cpu_wait(const WorldConfig& world, std::size_t region, double load) {
  const double used = load * cpu_use(world, region);
  const double work = seconds(world.pods.cpu_per_operation);
  if (used >= 1) return never;
  if (work <= 0) return 0;
  const auto cores = static_cast<double>(world.pods.cpu);
  const double variation = second_moment(world.pods.cpu_per_operation) / (work * work) - 1;
  return chance_to_wait(cores, used * cores) * work / (cores * (1 - used)) * (1 + variation) / 2;
}

}  // namespace seatrial::analysis
