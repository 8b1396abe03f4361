// The replicated store: partitions, replicas, quorums, consistency and the client library's
// retry schedule.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "models/fields.hpp"
#include "models/store/catch_up_config.hpp"
#include "models/store/client_config.hpp"
#include "models/store/consistency.hpp"

namespace seatrial::models {

enum class ApplyOrder { in_log_order, independent };
inline constexpr std::array<std::string_view, 2> apply_order_names{"in_log_order", "independent"};

enum class ReadFrom { secondaries_first, any_replica, primary };
inline constexpr std::array<std::string_view, 3> read_from_names{"secondaries_first", "any_replica",
                                                                 "primary"};

// Waiting times between attempts of a read whose token no replica of the region satisfies.
enum class Sdk { dotnet_2026, older, java };
inline constexpr std::array<std::string_view, 3> sdk_names{"dotnet-2026", "older", "java"};

// Replication lag beyond the wire. `link`: a delay that all entries on the way to one region
// share and that changes every `varies_every`; `entry`: a delay of each entry at each replica
// by itself. In log order a replica waits for the slowest entry before.
struct LagConfig {
  sim::Distribution link = sim::Distribution::constant(0);  // ns
  Duration varies_every = Duration::seconds(1);
  sim::Distribution entry = sim::Distribution::constant(0);  // ns
};

// Another region takes over the writes of one that stays down: the first of `to` that is up, or,
// when none is named, the one with the longest log.
struct FailoverConfig {
  bool present = false;
  Duration after = Duration::seconds(60);
  std::vector<std::string> to;
};

// Several write regions: the clocks by which concurrent writes are decided (multi_write/).
struct ClockAheadConfig {
  std::string region;
  Duration by;
};
struct ConflictClockConfig {
  Duration resolution = Duration::seconds(1);
  std::vector<ClockAheadConfig> ahead;
};

struct BackupConfig {
  bool present = false;
  Duration every;
  std::string to;
  Bytes bytes_per_second = 0;  // of one partition; 0: not limited
};

struct StoreConfig {
  std::string write_region;
  // All regions that take writes, `write_region` among them; empty: it alone.
  std::vector<std::string> write_regions;
  ConflictClockConfig conflict_clock;
  Consistency consistency = Consistency::session;
  StalenessBoundConfig staleness_bound;
  BackupConfig backup;
  std::shared_ptr<StrategyKind> replication;          // axis: replication
  Duration drop_region_after = Duration::seconds(5);  // strong: of a region that is too slow
  std::int64_t partitions = 4;
  std::int64_t replicas = 4;      // of each partition in each region
  std::int64_t write_quorum = 3;  // replicas of the write region that acknowledge a write
  std::int64_t request_units_per_second = 0;  // in each region, over all partitions; 0: no limit
  Sdk sdk = Sdk::dotnet_2026;
  SessionRetryConfig session_retry;
  OnTokenUnsatisfied on_token_unsatisfied = OnTokenUnsatisfied::error;
  HedgeConfig hedge;
  ReadFrom read_from = ReadFrom::secondaries_first;
  ApplyOrder apply_order = ApplyOrder::in_log_order;
  LagConfig replication_lag;  // between regions
  FailoverConfig failover;
  CatchUpConfig catch_up;
  Duration election = Duration::seconds(3);  // until another replica of the region is the primary
  sim::Distribution in_region_lag =
      sim::Distribution::exponential(3e6);                           // primary to secondary, ns
  sim::Distribution read_service = sim::Distribution::constant(0);   // at the replica, ns
  sim::Distribution write_service = sim::Distribution::constant(0);  // at the primary, ns
};

void describe(FieldVisitor&, StoreConfig&);

}  // namespace seatrial::models
