#include "analysis/experiment/recommendation.hpp"

#include <algorithm>
#include <tuple>

namespace seatrial::analysis {
namespace {

constexpr double equal_cost = 1.01;

auto standing(const PolicyResult& policy) {
  return std::pair{policy.passed, -static_cast<std::int64_t>(policy.failed)};
}

double cost(const PolicyResult& policy) { return policy.ru_per_operation.interval.estimate; }
double latency(const PolicyResult& policy) { return policy.read_p99.measurement.interval.estimate; }

// Of the candidates: those of the best standing, of these the cheapest and all within 1 % of it
// (measured from the cheapest, so that the rule has no circles), of these the quickest.
std::size_t best_of(const std::vector<PolicyResult>& policies,
                    const std::vector<std::size_t>& candidates) {
  auto top = standing(policies[candidates.front()]);
  for (const std::size_t i : candidates) top = std::max(top, standing(policies[i]));
  std::optional<double> lowest;
  for (const std::size_t i : candidates)
    if (standing(policies[i]) == top)
      lowest = std::min(lowest.value_or(cost(policies[i])), cost(policies[i]));
  std::optional<std::size_t> best;
  for (const std::size_t i : candidates) {
    if (standing(policies[i]) != top || cost(policies[i]) > *lowest * equal_cost) continue;
    if (!best || latency(policies[i]) < latency(policies[*best])) best = i;
  }
  return *best;
}

std::string times(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

}  // namespace

void recommend(Comparison& comparison) {
  std::vector<std::size_t> candidates(comparison.policies.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) candidates[i] = i;
  comparison.recommended = best_of(comparison.policies, candidates);
  std::erase(candidates, comparison.recommended);
  comparison.runner_up.reset();
  if (!candidates.empty()) comparison.runner_up = best_of(comparison.policies, candidates);
}

std::string reason(const Comparison& comparison, std::size_t first, std::size_t second) {
  const PolicyResult& better = comparison.policies[first];
  const PolicyResult& other = comparison.policies[second];
  if (better.passed != other.passed)
    return "meets " + times(better.passed - other.passed, "objective") + " more";
  if (better.failed != other.failed)
    return "misses " + times(other.failed - better.failed, "objective") + " fewer";
  if (cost(other) > cost(better) * equal_cost) return "costs fewer RU an operation";
  if (latency(better) < latency(other)) return "reads faster at the same RU";
  if (first == comparison.baseline) return "is the baseline: nothing to build";
  return "stands first in the file";
}

}  // namespace seatrial::analysis
