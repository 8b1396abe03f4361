// What no single value of a scenario shows: contradictions between values, and values that nothing
// uses. The first are problems, the second warnings.
#pragma once

#include <span>
#include <string>

#include "models/store/quorum/quorum_config.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/scenario.hpp"

namespace seatrial::scenarios {

// A policy's world and the tree that it was read from.
struct PolicyTree {
  const Policy* policy = nullptr;
  const Node* tree = nullptr;
};

void check_world(const PolicyTree&, Problems&);
// Replication modes against regions and levels.
void check_replication(const PolicyTree&, Problems&);
// The store of a world without a leader: a part of check_world().
void check_quorum(const PolicyTree&, Problems&);
// Sessions, steps and what they do: a part of check_world().
void check_workload(const PolicyTree&, Problems&);
// Whether memory and time suffice: of one world, of all runs.
void check_size(const PolicyTree&, Problems&);
void check_runs(const Scenario&, const Node& root, Problems&);
void check_objectives(const Scenario&, const Node& root, Problems&);
void warn_of_unused(std::span<const PolicyTree>, Problems&);
void warn_of_prices(const Scenario&, const Node& root, Problems&);
void warn_of_doubtful_prices(const Scenario&, const Node& root, Problems&);
void warn_of_doubts(std::span<const PolicyTree>, Problems&);
// Faults that hide others, and failovers that come too late to act.
void warn_of_outages(std::span<const PolicyTree>, Problems&);
void warn_of_partitions_that_are_gone(const PolicyTree&, Problems&);
void warn_of_empty_regions(const Scenario&, const Node& root, Problems&);

void check_write_regions(const PolicyTree&, Problems&);

// Shared by the checks.
// Mean time from a session's arrival to its end, without the requests' own time.
double session_ns(const models::WorkloadConfig&);
// The shared class of which two actions of the step are; empty: none.
std::string twice_drawn(const models::WorldConfig&, const models::StepConfig&);
// Operations of one run, ramps left out.
double operations_of(const models::WorldConfig&);
bool carries(const models::SessionTokenConfig&, std::string_view kind);
// Whether the file or the policy says something there.
bool is_given(const PolicyTree&, const std::string& pointer);
// Of two values that contradict each other the one to cite: it stands in the file, or in the
// policy, or else the first.
const std::string& at_fault(const PolicyTree&, const std::string& first, const std::string& second);
// Shares that do not sum to 100 %.
void check_sum(const PolicyTree&, const std::string& pointer, double sum, std::string_view what,
               Problems&);
// `expected a link like "A > B", got "A -> B"`, where the name has another arrow than links have.
std::string other_arrow(const std::string& link);
// How many partitions there may ever be beside those that come of one fault of this kind.
std::int64_t partitions_beside(const models::WorldConfig&, models::FaultKind);
bool takes_writes(const models::StoreConfig&, std::string_view region);
// The policy's pointer, if it stands in the policy's patch.
std::string cited(const PolicyTree&, const Place&, const std::string& pointer);
// Where the key or value is, or else the nearest thing above it.
Place place_of(const Node& root, std::string_view pointer);
Place key_place_of(const Node& root, std::string_view parent, std::string_view key);

}  // namespace seatrial::scenarios
