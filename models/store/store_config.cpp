#include "models/store/store_config.hpp"

#include <algorithm>

#include "models/store/quorum/quorum_config.hpp"
#include "models/strategies/registry.hpp"

namespace seatrial::models {
namespace {

constexpr std::array<std::string_view, 1> store_kinds{"cosmos"};
constexpr std::string_view consistency_page =
    "MicrosoftDocs/azure-databases-docs, cosmos-db/consistency-levels.md";

// What the word "assumed" stands for: long enough to matter after a redirect, short beside a
// person's pause. No provider publishes this distribution.
void assume(LagConfig& config) {
  config.link = sim::Distribution::lognormal(20e6, 120e6);
  config.varies_every = Duration::seconds(1);
  config.entry = sim::Distribution::constant(0);
}

void describe(FieldVisitor& v, LagConfig& config) {
  v.duration_distribution({.key = "link",
                           .sentence = "Delay that all entries on the way to one region share.",
                           .source = "assumed"},
                          config.link);
  v.duration({.key = "varies_every",
              .sentence = "How often the link's delay is drawn anew.",
              .source = "assumed",
              .at_least = 1e6},
             config.varies_every);
  v.duration_distribution(
      {.key = "entry",
       .sentence = "Delay of each entry at each replica by itself. In log order a replica waits "
                   "for the slowest entry before.",
       .source = "assumed"},
      config.entry);
}

// What only a log with a primary has use for is required only there.
std::string_view required_of_logs(const StoreConfig& config, std::string_view how) {
  // A kind that could not be read is a problem of its own.
  const bool keeps_log = config.replication != nullptr && quorum_of(config) == nullptr;
  return keeps_log ? how : std::string_view{};
}

void describe_lag(FieldVisitor& v, StoreConfig& config) {
  LagConfig& lag = config.replication_lag;
  v.object_or_value(
      {.key = "replication_lag",
       .sentence = "How much later than the wire a commit arrives in another region: one "
                   "distribution (the link's), or { link, varies_every, entry }.",
       .required = required_of_logs(
           config,
           "read it for your own account in Azure Monitor (metric ReplicationLatency, P99 "
           "for each pair of regions), or write in one region and poll another without a "
           "token; for example { \"lognormal\": { \"median\": \"20ms\", \"p99\": "
           "\"120ms\" } }, or \"assumed\" for just that"),
       .not_required_under = "quorum"},
      [&](FieldVisitor& members) { describe(members, lag); },
      {.value =
           [&](FieldVisitor& value) {
             value.duration_distribution(
                 {.key = "", .sentence = "The delay of the link; entries have none of their own."},
                 lag.link);
           },
       .assume = [&] { assume(lag); }});
}

void describe(FieldVisitor& v, FailoverConfig& config) {
  v.duration({.key = "after",
              .sentence = "How long a region of the store is down until it is given up: its writes "
                          "are taken over, and a strong commit waits for it no longer.",
              .source = "assumed; Azure names no figure for a full outage",
              .at_least = 0},
             config.after);
  v.list(
      {.key = "to",
       .sentence = "Who takes over: the first of these regions that is up; left out: the region "
                   "with the longest log.",
       .at_most = 64},
      [&] { return config.to.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= config.to.size()) config.to.resize(index + 1);
        element.reference({.key = "", .sentence = "A region that may take over the writes."},
                          Reference::region, config.to[index]);
      });
}

void describe(FieldVisitor& v, BackupConfig& config) {
  v.duration({.key = "every",
              .sentence = "How often a backup is cut: all partitions at one instant, what was "
                          "committed since the cut before.",
              .required = "say how often a backup is made, for example \"4h\"",
              .at_least = 1e9},
             config.every);
  v.reference({.key = "to",
               .sentence = "The region that keeps the backups.",
               .required = "name the region of /regions/users that keeps the backups"},
              Reference::region, config.to);
  v.bytes({.key = "bytes_per_second",
           .sentence = "How fast a partition's backup is sent, for example \"20 MB\"; \"0 B\": "
                       "not limited.",
           .source = "assumed",
           .at_least = 0},
          config.bytes_per_second);
}

// Without a leader no region takes the writes: what a policy inherits is not taken.
void describe_write_region(FieldVisitor& v, StoreConfig& config) {
  std::string read = config.write_region;
  v.reference({.key = "write_region",
               .sentence = "The region that takes the writes; the others are read regions.",
               .required = required_of_logs(
                   config, "name the one region of /regions/users that takes the writes"),
               .not_required_under = "quorum"},
              Reference::region, read);
  config.write_region = quorum_of(config) == nullptr ? read : std::string{};
}

void describe_replicas(FieldVisitor& v, StoreConfig& config) {
  v.count({.key = "partitions",
           .sentence = "Physical partitions: each has a log, a primary and session tokens of its "
                       "own.",
           .source = "assumed; Cosmos gives a partition at most 10,000 RU/s and 50 GB",
           .at_least = 1,
           .at_most = 100'000},
          config.partitions);
  v.count({.key = "replicas",
           .sentence = "Replicas of a partition in each region, the primary included.",
           .source = consistency_page,
           .at_least = 1,
           .at_most = 16},
          config.replicas);
  v.count({.key = "write_quorum",
           .sentence = "Replicas of the write region, the primary included, that have a write "
                       "before it is acknowledged.",
           .source = consistency_page,
           .at_least = 1,
           .at_most = 16},
          config.write_quorum);
  v.count({.key = "request_units_per_second",
           .sentence = "Provisioned throughput: in each region as much, spread evenly over the "
                       "partitions. What exceeds it in a second is turned away (429), and the "
                       "client library sends it again. 0: no limit.",
           .source = "assumed; a physical partition has at most 10,000 RU/s",
           .at_least = 0,
           .at_most = 1e9},
          config.request_units_per_second);
  v.one_of({.key = "sdk",
            .sentence = "The client library, which decides how long a read waits between attempts "
                        "while no replica has caught up with its token."},
           sdk_names, config.sdk);
  describe(v, config.session_retry);
  describe(v, config.on_token_unsatisfied);
  describe(v, config.hedge);
  v.one_of({.key = "read_from",
            .sentence = "Which replica a read tries first: a secondary of its region, with the "
                        "primary as the last resort; any of its region; or only the primary of "
                        "the write region."},
           read_from_names, config.read_from);
  v.one_of({.key = "apply_order",
            .sentence = "Whether a replica applies entries in the order of the log (Cosmos, "
                        "PostgreSQL) or each as it arrives (Dynamo quorums)."},
           apply_order_names, config.apply_order);
}

void describe_write_regions(FieldVisitor& v, StoreConfig& config) {
  std::vector<std::string>& regions = config.write_regions;
  v.list(
      {.key = "write_regions",
       .sentence = "All regions that take writes, write_region among them: each commits in its "
                   "own region and the others get it afterwards. Left out: write_region alone.",
       .at_least = 1,
       .at_most = 7},
      [&] { return regions.size(); },
      [&](FieldVisitor& element, std::size_t index) {
        if (index >= regions.size()) regions.resize(index + 1);
        element.reference({.key = "", .sentence = "A region that takes writes."}, Reference::region,
                          regions[index]);
      });
}

ClockAheadConfig& clock_of(std::vector<ClockAheadConfig>& clocks, const std::string& region) {
  const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const ClockAheadConfig& clock) {
    return clock.region == region;
  });
  return found != clocks.end() ? *found : clocks.emplace_back(ClockAheadConfig{region, {}});
}

void describe_conflict_clock(FieldVisitor& v, ConflictClockConfig& config) {
  v.object(
      {.key = "conflict_clock",
       .sentence = "The clocks that say which of two writes is the last, where several regions "
                   "take writes: the last wins on each path that both change, a delete always."},
      [&](FieldVisitor& members) {
        members.duration({.key = "resolution",
                          .sentence = "In which units they are read; within one, the document's "
                                      "count of writes decides, then the order of the regions.",
                          .source = "_ts is in whole seconds: MicrosoftDocs/azure-databases-docs, "
                                    "cosmos-db/multi-region-writes.md; how ties end is assumed",
                          .at_least = 1e6,
                          .at_most = 3600e9},
                         config.resolution);
        members.map(
            {.key = "ahead",
             .sentence = "By how much the clocks of write regions are ahead of the slowest.",
             .source = "assumed"},
            [&] {
              std::vector<std::string> names;
              for (const ClockAheadConfig& clock : config.ahead) names.push_back(clock.region);
              return names;
            },
            [&](FieldVisitor& entry, const std::string& region) {
              entry.duration({.key = "",
                              .sentence = "How far the region's clock is ahead.",
                              .at_least = 0,
                              .at_most = 3600e9},
                             clock_of(config.ahead, region).by);
            });
      });
}

}  // namespace

void describe(FieldVisitor& v, StoreConfig& config) {
  int kind = 0;
  v.one_of({.key = "kind", .sentence = "The store's protocol."}, std::span{store_kinds}, kind);
  v.strategy({.key = "replication",
              .sentence = "How a write comes to the replicas, and when it is acknowledged."},
             replication_axis(), config.replication);
  describe_write_region(v, config);
  describe_write_regions(v, config);
  describe_conflict_clock(v, config.conflict_clock);
  v.one_of({.key = "consistency",
            .sentence = "The account's default level; reads of a data class may ask for less.",
            .required = "say \"strong\", \"bounded_staleness\", \"session\", "
                        "\"consistent_prefix\" or \"eventual\" (Azure Portal: Default "
                        "consistency, or az cosmosdb show --query consistencyPolicy)"},
           consistency_names, config.consistency);
  describe(v, config.staleness_bound);
  v.duration({.key = "drop_region_after",
              .sentence = "Strong consistency with three or more regions: a region that has not "
                          "acknowledged a write for this long is left out of the quorum, while a "
                          "majority of the regions is left, and serves no reads until it has "
                          "caught up.",
              .source = "assumed",
              .at_least = 1e6},
             config.drop_region_after);
  v.optional_object({.key = "backup",
                     .sentence = "Backups in another region at consistent boundaries; what a "
                                 "restore would lose stands in results.json."},
                    config.backup.present,
                    [&](FieldVisitor& members) { describe(members, config.backup); });
  describe_replicas(v, config);
  describe_lag(v, config);
  v.optional_object(
      {.key = "failover",
       .sentence = "Another region takes over the writes of one that stays down; left "
                   "out, they wait until it is up again."},
      config.failover.present, [&](FieldVisitor& members) { describe(members, config.failover); });
  v.optional_object(
      {.key = "catch_up",
       .sentence = "How a region or replica that comes back is sent what it lacks: at a pace, and "
                   "by a snapshot where the log does not go back far enough; left out, all at "
                   "once."},
      config.catch_up.present, [&](FieldVisitor& members) { describe(members, config.catch_up); });
  v.duration({.key = "election",
              .sentence = "How long a partition is without a primary after its primary crashed, "
                          "until another replica of the region is elected.",
              .source = "assumed; MongoDB names a median of at most 12 s, Azure Cosmos DB nothing",
              .at_least = 0},
             config.election);
  v.duration_distribution(
      {.key = "in_region_lag",
       .sentence = "How much later than the primary a secondary of the same region applies a "
                   "write, beyond the quorum's wait.",
       .source = "assumed"},
      config.in_region_lag);
  v.duration_distribution({.key = "read_service",
                           .sentence = "Work of a replica for one read, without queueing.",
                           .source = "assumed"},
                          config.read_service);
  v.duration_distribution({.key = "write_service",
                           .sentence = "Work of the primary for one write, without queueing.",
                           .source = "assumed"},
                          config.write_service);
}

}  // namespace seatrial::models
