// What an experiment says: every policy's objectives, its differences from the baseline, and which
// policy to take. Reports only format what stands here.
//
// Recommended: most objectives passed; then fewest failed; then most inconclusive ones whose
// estimates keep the limit; then where what is failed, and then what is inconclusive, concerns a
// reader least (concern.hpp); then the lowest cost a month, or where that is not known the lowest
// RU an operation (within 1 % of the cheapest counts as equal; of the rest, within 1 % of the
// cheapest of those; and so on); then the lowest p99 of reads in the worst region; then the
// baseline; then the file's order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/experiment/objectives.hpp"
#include "analysis/experiment/run.hpp"
#include "analysis/statistics/curves.hpp"

namespace seatrial::analysis {

// The policy's part of an objective minus the baseline's, paired by replication.
struct Difference {
  Interval interval;
  Change change = Change::inconclusive;
};

// Wrong reads of all data classes: how many, and where. Regions and phases as in the world.
struct WrongReadsWhere {
  Tally reads;
  std::vector<std::uint64_t> by_region;
  std::vector<std::uint64_t> by_phase;
};

// Reads that missed a write of their own session, of their user on any device, or a version that
// their session had read; and why.
struct WrongReads {
  WrongReadsWhere own;
  WrongReadsWhere user;
  WrongReadsWhere backwards;  // mr
  CausesByGuarantee by_cause{};
  double nearly_all_within_ns = 0;  // of the write: 95 of 100 of own
};

// Writes of all data classes that lost to a concurrent one of another write region: by the region
// that had taken them, and the phase in which they met.
struct LostWrites {
  std::uint64_t all = 0;
  std::vector<std::uint64_t> by_region;
  std::vector<std::uint64_t> by_phase;
};

struct RegionLatency {
  Measurement measurement;
  std::string region;
};

struct RegionDifference {
  Interval interval;
  std::string region;
};

// Of one policy minus another's, over the whole run: of wrong reads, availability and lost writes,
// what clearly differs (differences.hpp).
struct OutcomeDifference {
  std::string_view metric;
  Interval interval;
};

struct PolicyResult {
  std::string name;
  std::vector<ObjectiveResult> objectives;           // as in the scenario
  std::vector<std::vector<Difference>> differences;  // by objective and part; baseline: empty
  std::size_t passed = 0, failed = 0, inconclusive = 0;
  std::size_t likely = 0;  // of the inconclusive: those whose estimates keep the limit
  std::vector<OutcomeDifference> outcomes;  // minus the baseline's; of that itself none
  Measurement ru_per_operation;
  Interval wrong_a_month;              // undefined when a phase does not say what it stands for
  Interval cost_a_month;               // the same, or without /prices; in their currency
  RegionLatency read_p99, update_p99;  // each of the region where it is worst
  WrongReads wrong_reads;
  LostWrites lost_writes;
  std::vector<Curves> curves;      // all regions together, then each
  SinceWrite since_write;          // all phases and regions together
  std::vector<BlastRadius> blast;  // by phase, region; of the first phases (blast_radius.hpp)
  Exercised exercised;
  models::ReplicationObserved replication;  // of all runs with their warm-up
  std::vector<FaultRecovery> recoveries;    // of each fault of the store, over the replications
  Tally disallowed;                         // reads judged by the store's specification
  std::uint64_t operations = 0;             // of all replications, warm-up included
  bool limit_reached = false;
  sim::Hash128 digest;  // of all its runs
};

struct Comparison {
  Confidence confidence;
  std::vector<PolicyResult> policies;  // as in the scenario
  std::string currency;                // of costs; empty: no prices
  std::size_t baseline = 0;
  std::size_t recommended = 0;
  std::optional<std::size_t> runner_up;
  std::uint64_t replications = 0;
  std::vector<OutcomeDifference> against_runner_up;  // recommended minus it
  // Recommended minus baseline, at 95 % each.
  Interval ru_difference;
  // Of all operations of a kind, in the region where it grows most.
  RegionDifference read_p99_difference, update_p99_difference;
  sim::Hash128 digest;
  std::vector<NumberedViolation> violations;  // examples: the baseline's, then by the file's order
  std::vector<std::string> warnings;          // the scenario's and those of the runs
};

// A difference smaller than this share of the baseline's value, or of the objective's limit where
// that is more, is no difference to a design review. For availability both are what is missing to
// 100 %: 98.5 % and 99.5 % are a long way apart.
inline constexpr double equivalence_margin = 0.05;

bool meets_all(const PolicyResult&);

// Needs at least one whole replication.
Comparison compare(const scenarios::Scenario&, const Experiment&);

sim::Hash128 digest_of(const std::vector<RunSummary>& runs);

}  // namespace seatrial::analysis
