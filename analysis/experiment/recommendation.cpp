#include "analysis/experiment/recommendation.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace seatrial::analysis {
namespace {

constexpr double equal_cost = 1.01;

// What decides, in this order: the greater met, the lesser missed, and so on.
struct Standing {
  std::size_t met = 0, missed = 0, likely = 0;
  std::vector<Concern> of_missed, of_open;  // what matters most first: the later, the better
  std::size_t price = 0;                    // costs in classes, the cheapest first
  double latency = 0;
  bool is_baseline = false;
  std::size_t position = 0;  // in the file

  auto worth() const {
    return std::tuple{met, -static_cast<std::int64_t>(missed), likely, of_missed, of_open};
  }
  bool before(const Standing& other) const {
    if (worth() != other.worth()) return worth() > other.worth();
    return std::tuple{price, latency, !is_baseline, position} <
           std::tuple{other.price, other.latency, !other.is_baseline, other.position};
  }
};

// Nothing measured is the worst.
double value_of(const Interval& interval) {
  return interval.defined ? interval.estimate : std::numeric_limits<double>::infinity();
}

bool has_costs(const std::vector<PolicyResult>& policies) {
  return std::all_of(policies.begin(), policies.end(),
                     [](const PolicyResult& policy) { return policy.cost_a_month.defined; });
}

// "Within 1 %" of each other has circles, so equal cost is within 1 % of the cheapest that is not
// yet in a cheaper class; of policies that are worth the same.
void set_prices(const std::vector<PolicyResult>& policies, std::vector<Standing>& standings) {
  const auto cost = [&](const Standing& standing) {
    const PolicyResult& policy = policies[standing.position];
    return value_of(has_costs(policies) ? policy.cost_a_month : policy.ru_per_operation.interval);
  };
  std::vector<Standing*> dearer;
  for (Standing& standing : standings) dearer.push_back(&standing);
  std::sort(dearer.begin(), dearer.end(), [&](const Standing* one, const Standing* other) {
    return std::tuple{one->worth(), cost(*one)} < std::tuple{other->worth(), cost(*other)};
  });
  const Standing* cheapest = dearer.front();
  std::size_t price = 0;
  for (Standing* standing : dearer) {
    const bool same =
        standing->worth() == cheapest->worth() && cost(*standing) <= cost(*cheapest) * equal_cost;
    if (!same) {
      ++price;
      cheapest = standing;
    }
    standing->price = price;
  }
}

std::vector<Concern> concerns_of(const PolicyResult& policy, Verdict verdict) {
  std::vector<Concern> concerns;
  for (const ObjectiveResult& result : policy.objectives)
    if (result.verdict == verdict) concerns.push_back(result.concern);
  std::sort(concerns.begin(), concerns.end());
  return concerns;
}

std::vector<Standing> standings_of(const Comparison& comparison) {
  std::vector<Standing> standings;
  for (std::size_t i = 0; i < comparison.policies.size(); ++i) {
    const PolicyResult& policy = comparison.policies[i];
    standings.push_back({.met = policy.passed,
                         .missed = policy.failed,
                         .likely = policy.likely,
                         .of_missed = concerns_of(policy, Verdict::fail),
                         .of_open = concerns_of(policy, Verdict::inconclusive),
                         .latency = value_of(policy.read_p99.measurement.interval),
                         .is_baseline = i == comparison.baseline,
                         .position = i});
  }
  set_prices(comparison.policies, standings);
  return standings;
}

std::string times(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// Of two lists of one length that differ: "what it misses concerns latency, what the other misses
// lost writes".
std::string lesser_text(const std::string& misses, const std::vector<Concern>& better,
                        const std::vector<Concern>& other) {
  std::size_t i = 0;
  while (better[i] == other[i]) ++i;
  const auto name = [&](const std::vector<Concern>& list) {
    return std::string{concern_names[static_cast<std::size_t>(list[i])]};
  };
  return "what it " + misses + " concerns " + name(better) + ", what the other " + misses + " " +
         name(other);
}

}  // namespace

void recommend(Comparison& comparison) {
  std::vector<Standing> standings = standings_of(comparison);
  std::sort(standings.begin(), standings.end(),
            [](const Standing& one, const Standing& other) { return one.before(other); });
  comparison.recommended = standings.front().position;
  comparison.runner_up.reset();
  if (standings.size() > 1) comparison.runner_up = standings[1].position;
}

std::string reason(const Comparison& comparison, std::size_t first, std::size_t second) {
  const std::vector<Standing> standings = standings_of(comparison);
  const Standing& better = standings[first];
  const Standing& other = standings[second];
  if (better.met != other.met)
    return "it meets " + times(better.met - other.met, "objective") + " more";
  if (better.missed != other.missed)
    return "it misses " + times(other.missed - better.missed, "objective") + " fewer";
  if (better.likely != other.likely)
    return "it keeps " + times(better.likely - other.likely, "limit") + " more by its estimates";
  if (better.of_missed != other.of_missed)
    return lesser_text("misses", better.of_missed, other.of_missed);
  if (better.of_open != other.of_open)
    return lesser_text("leaves open", better.of_open, other.of_open);
  const bool money = has_costs(comparison.policies);
  if (better.price != other.price)
    return money ? "it costs less a month" : "it costs fewer RU an operation";
  if (better.latency < other.latency)
    return money ? "it reads faster at the same cost" : "it reads faster at the same RU";
  if (better.is_baseline) return "it is the baseline: nothing to build";
  return "it stands first in the file";
}

bool objectives_decide(const Comparison& comparison, std::size_t first, std::size_t second) {
  const std::vector<Standing> standings = standings_of(comparison);
  return standings[first].worth() != standings[second].worth();
}

}  // namespace seatrial::analysis
