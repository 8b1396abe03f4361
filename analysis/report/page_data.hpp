// What is said of an experiment, as plain data: the same that report.html is drawn from (its JSON
// is described in page/src/data.ts, field by field as here), and what report.md and the terminal
// lay out. Sentences and cells are text already; whoever shows them decides nothing.
//
// Times are seconds of simulated time from the start of the first phase, latencies milliseconds,
// shares from 0 to 1; a number without a value is "not known" or "not bounded".
// Law: made from integers of whole replications and the scenario alone, so that it is the same for
// any number of jobs, and that results.json can carry it to who has no scenario.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "analysis/experiment/comparison.hpp"
#include "analysis/explain/diagram.hpp"
#include "analysis/report/report.hpp"

namespace seatrial::analysis::data {

using Number = std::optional<double>;
using Numbers = std::vector<Number>;
using Texts = std::vector<std::string>;
using TextPairs = std::vector<std::pair<std::string, std::string>>;

struct Interval {
  Number estimate, low, high;
  bool zero_bound = false;
  std::string text;
};

struct TableCell {
  std::string text;
  std::string interval;  // empty where there is none
  Verdict verdict = Verdict::pass;
  // Of several, the region and the phase in which it is worst: "West, surge". Empty: the objective
  // names the only one, or nothing was seen anywhere.
  std::string place;
};

struct TableHead {
  std::string name;   // of the objective
  std::string what;   // "per million", "p99, worst region"
  std::string limit;  // "<= 1,000 per million outside outage"
};

struct TableRow {
  std::string policy;
  std::vector<TableCell> cells;  // one an objective
  std::string ru, month, cost, met;
};

struct Table {
  std::vector<TableHead> heads;
  std::vector<TableRow> rows;
  bool has_months = false;
  std::string cost_head;  // "USD a month"; empty: there are no prices
  std::string legend;     // of what does not depend on how verdicts are marked
};

struct Contender {
  std::uint64_t policy = 0;
  std::string standing, shortfall, preference;
};

enum class VerdictKind : std::uint8_t { recommended, nearest, single };
inline constexpr std::array<std::string_view, 3> verdict_kinds{"recommended", "nearest", "single"};

struct VerdictText {
  VerdictKind kind = VerdictKind::single;
  std::uint64_t policy = 0;
  std::string standing, shortfall;
  std::optional<Contender> runner_up;
};

struct Phase {
  std::string name;
  double from_s = 0, to_s = 0, load = 1;
  std::string stands_for;
  Texts faults;
};

using Curve = std::vector<std::pair<double, double>>;

struct Curves {
  std::string region;
  Curve read, update, staleness;
};

struct AgeBucket {
  double from_ms = 0, to_ms = 0;
  std::uint64_t opportunities = 0, violations = 0;
};

struct CauseCount {
  Guarantee guarantee = Guarantee::ryw;
  std::string cause, sentence;
  std::uint64_t count = 0;
  double share = 0;
};

struct RegionRow {
  std::string region;
  bool writes = false;
  Number wrong_per_million;  // missed a write of their user: as its cell
  Texts cells;
};

struct ExtraCalls {
  Interval cross_region_per_operation, store_requests_per_operation, broker_calls_per_operation,
      bytes_per_operation, write_region_share;
};

struct Blast {
  std::string phase;
  Texts faults;
  std::uint64_t users = 0, wrong = 0, failed = 0, degraded = 0, hit = 0;
  Number usual;  // share of users hit in the first phases without a fault; none: there are none
  Texts regions_hit;  // where clearly more are hit than usual
  std::uint64_t regions = 0;
};

struct RegionTimeline {
  std::string region;
  Numbers operations_per_s, opportunities_per_s, wrong_per_million, read_p99_ms, update_p99_ms,
      failed_per_s, broker_calls_per_s, breakers_open, ru_per_s, pods_ready, lag_ms;
  // The partition with that lag; committed entries that replicas lack; bytes that wait for limited
  // links to the region. Empty: written by a version that did not know it, or there are none.
  Numbers lag_partition, entries_lacking, bytes_waiting;
};

// The store as a whole; what the policy has none of is empty.
struct StoreTimeline {
  Numbers request_bytes_per_s, replication_bytes_per_s, backup_bytes_per_s, catch_up_bytes_per_s,
      bus_waiting, at_risk, backup_age_s, busiest_ru_per_s;
  Texts busiest;          // "partition 3, East US"; empty where none was
  Number ru_limit_per_s;  // of a partition in a region
};

struct Policy {
  std::string name, changes;
  std::uint64_t met = 0, missed = 0, inconclusive = 0;
  Interval wrong_per_million;
  Interval read_p99_ms;
  std::string read_p99_region;
  Interval update_p99_ms;
  std::string update_p99_region;
  Interval availability, ru_per_operation;
  Texts differences;
  std::vector<Curves> curves;
  std::vector<AgeBucket> since_write;
  std::string nearly_all_within;  // of the write: 95 of 100 wrong reads; empty: there are none
  std::vector<CauseCount> causes;
  std::vector<RegionRow> regions;
  ExtraCalls extra;
  std::vector<Blast> blast;
  std::vector<RegionTimeline> timeline;
  StoreTimeline store;
  Texts not_exercised;
  Texts takes;  // what has to be built and run for it; empty: nothing
};

inline constexpr std::array<std::string_view, 5> origin_names{"file", "policy", "command_line",
                                                              "default", "assumed"};

struct Input {
  std::string pointer, value;
  scenarios::Origin origin = scenarios::Origin::file;
  std::string source;
  Texts policies;     // whose value this is; empty: of all
  bool idle = false;  // changes nothing under any policy
};

struct Lane {
  std::string label, place;
  LaneKind kind = LaneKind::device;
};

struct Message {
  std::uint64_t from = 0, to = 0;  // lanes
  double sent_ms = 0;
  Number arrives_ms;  // none: lost
  std::string label, token;
  Role role = Role::plain;
};

struct Mark {
  std::uint64_t lane = 0;
  double at_ms = 0;
  std::string label;
  Role role = Role::plain;
};

struct Diagram {
  std::string policy, verdict;
  bool wrong = false;
  std::vector<Lane> lanes;
  std::vector<Message> messages;
  std::vector<Mark> marks;
  std::string text;
};

struct SameReadTwice {
  std::uint64_t number = 0;
  Guarantee guarantee = Guarantee::ryw;
  std::string cause, sentence;
  Texts evidence;
  Diagram left, right;
};

struct Omission {
  std::string what, direction;
};

struct Program {
  std::string name, version;
};

struct ScenarioText {
  std::string file, title, question;
  std::uint64_t baseline = 0;
  std::string text;
};

struct Timeline {
  double window_s = 0;
  std::vector<double> starts_s;
  std::vector<Phase> phases;
};

// How each policy recovered from each fault of the store: means over the replications.
struct RecoveryCell {
  std::string text;
  std::string where;  // the worst partition and the best; empty where they do not differ
};

struct RecoveryRow {
  std::string fault, policy;
  std::vector<RecoveryCell> cells;
};

struct Recoveries {
  Texts heads;
  std::vector<RecoveryRow> rows;  // fault by fault; empty: no fault took a store down
  Texts said;                     // a sentence for each fault
};

// What was measured of each policy: how soon commits are seen, how often guarantees broke.
struct MeasureCell {
  std::string text;
  std::string note;  // its interval, and what else is said beside it
};

struct MeasureRow {
  std::string policy, region;  // empty: all regions together
  std::vector<MeasureCell> cells;
};

struct Measures {
  Texts heads;
  std::vector<MeasureRow> rows;  // empty: not measured
  std::string legend;
};

struct Reproduce {
  std::string command;
  std::uint64_t seed = 0;
  std::string digest;
  std::uint64_t replications = 0;
  Texts overrides;
};

struct Report {
  Program program;
  ScenarioText scenario;
  VerdictText verdict;
  Table table;
  std::vector<Policy> policies;
  Texts region_heads;
  Timeline timeline;
  Texts why;
  Recoveries recovery;
  Measures freshness, guarantees;
  TextPairs trust, setting;
  std::vector<SameReadTwice> pairs;
  std::vector<Input> inputs;
  Texts not_exercised;
  std::vector<Omission> not_modelled;
  Texts warnings;
  Reproduce reproduce;
};

}  // namespace seatrial::analysis::data

namespace seatrial::analysis {

// `pairs`: what analysis/explain found to show, as its JSON.
data::Report report_data(const scenarios::Scenario&, const Experiment&, const Comparison&,
                         const Request&, std::string_view pairs_json);

// Its parts: one policy of the scenario, and what is in the pictures over time.
data::Policy policy_data(const scenarios::Scenario&, const Experiment&, const Comparison&,
                         std::size_t policy);
std::vector<data::RegionTimeline> timeline_data(const models::WorldConfig&, const Timeline&);
data::StoreTimeline store_timeline_data(const models::WorldConfig&, const Timeline&);
std::vector<data::Blast> blast_data(const models::WorldConfig&, const PolicyResult&);
data::Texts region_heads();

}  // namespace seatrial::analysis
