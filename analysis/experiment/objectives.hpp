// Whether a policy meets the objectives of its scenario: pass, fail or inconclusive.
//
// An objective is one or several parts: `during` one phase; `outside` one (all others together);
// neither: each phase by itself. `each: region`: each region by itself, too. The worst part
// decides: one that fails fails the objective, else one that is inconclusive leaves it so.
// Law: pass only when the whole interval keeps the limit, fail only when none of it does or when
// something was seen of which a share or a count allows nothing (at_most 0); all intervals of all
// policies, objectives and parts hold together at 95 %.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/experiment/run.hpp"
#include "analysis/statistics/concern.hpp"
#include "analysis/statistics/metric.hpp"

namespace seatrial::analysis {

enum class Verdict : std::uint8_t { pass, fail, inconclusive };
inline constexpr std::array<std::string_view, 3> verdict_names{"pass", "fail", "inconclusive"};

// What an objective is asked of: phases and perhaps a region.
struct ObjectivePart {
  std::string phase;   // "surge"; "all but outage"
  std::string region;  // empty: all together
  Selection selection;
};

std::vector<ObjectivePart> parts_of(const scenarios::Scenario&, const scenarios::Objective&);

// How many intervals are read together: policies x parts of objectives.
std::uint64_t comparisons_of(const scenarios::Scenario&);

struct PartResult {
  ObjectivePart part;
  Measurement measurement;
  Verdict verdict = Verdict::inconclusive;
};

struct ObjectiveResult {
  Verdict verdict = Verdict::inconclusive;
  std::vector<PartResult> parts;
  std::size_t decisive = 0;     // of parts: the worst
  bool estimates_keep = false;  // the limit: of all parts that have something to measure
  Concern concern = Concern::cost;
  const PartResult& worst() const { return parts[decisive]; }
};

// Of one interval against a limit, by itself.
Verdict verdict_of(const Interval&, scenarios::Bound, double limit);

// `runs` of the policy; when a limit of the engine cut one short, nothing passes.
ObjectiveResult evaluate(const scenarios::Scenario&, const scenarios::Policy&,
                         const scenarios::Objective&, const std::vector<RunSummary>& runs,
                         Confidence);

}  // namespace seatrial::analysis
