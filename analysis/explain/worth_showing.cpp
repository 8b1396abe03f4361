#include <algorithm>
#include <tuple>

#include "analysis/experiment/comparison.hpp"
#include "analysis/explain/explain.hpp"

namespace seatrial::analysis {

namespace {

bool is_same_read(const NumberedViolation& one, const NumberedViolation& other) {
  const models::OperationObserved& read = one.violation.read;
  const models::OperationObserved& also = other.violation.read;
  return one.policy == other.policy && one.replication == other.replication &&
         read.session == also.session && read.index == also.index;
}

// How many of its kind there were under its policy.
std::uint64_t frequency(const Comparison& comparison, const NumberedViolation& wrong) {
  return comparison.policies[wrong.policy].wrong_reads.by_cause[static_cast<std::size_t>(
      wrong.violation.guarantee)][static_cast<std::size_t>(wrong.violation.cause)];
}

// The baseline's before others'; own writes before what was read, before other devices; frequent
// before rare. The comparison's order is the file's, and decides the rest.
std::vector<const NumberedViolation*> ranked(const Comparison& comparison) {
  std::vector<const NumberedViolation*> all;
  for (const NumberedViolation& wrong : comparison.violations) all.push_back(&wrong);
  const auto rank = [&](const NumberedViolation* wrong) {
    return std::tuple{wrong->policy != comparison.baseline, wrong->violation.guarantee,
                      ~frequency(comparison, *wrong)};
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto* one, const auto* other) { return rank(one) < rank(other); });
  return all;
}

// Only first devices write: what one of them missed of its user's writes is its own write, and an
// example of ryw as well.
bool tells_of_one_device(const Violation& violation) {
  return violation.guarantee == Guarantee::ryw_user && violation.read.device == 0;
}

}  // namespace

std::vector<std::size_t> beside_in_turn(std::size_t policy, std::size_t recommended,
                                        std::optional<std::size_t> runner_up,
                                        std::size_t policies) {
  std::vector<std::size_t> order;
  const auto add = [&](std::size_t other) {
    if (other != policy && std::find(order.begin(), order.end(), other) == order.end())
      order.push_back(other);
  };
  add(recommended);
  if (runner_up) add(*runner_up);
  for (std::size_t other = 0; other < policies; ++other) add(other);
  return order;
}

std::vector<AskedPair> worth_showing(const Comparison& comparison, std::size_t most) {
  std::vector<AskedPair> chosen;
  const auto tells_something_new = [&](const NumberedViolation& wrong, bool of_cause) {
    return std::none_of(chosen.begin(), chosen.end(), [&](const AskedPair& shown) {
      const Violation& one = shown.wrong.violation;
      return is_same_read(shown.wrong, wrong) ||
             (of_cause ? one.cause == wrong.violation.cause
                       : one.guarantee == wrong.violation.guarantee);
    });
  };
  // New causes first; then, where there is room, known ones of another guarantee.
  for (const bool of_cause : {true, false})
    for (const NumberedViolation* wrong : ranked(comparison)) {
      const std::vector<std::size_t> others = beside_in_turn(
          wrong->policy, comparison.recommended, comparison.runner_up, comparison.policies.size());
      if (chosen.size() == most || others.empty() || tells_of_one_device(wrong->violation))
        continue;
      if (tells_something_new(*wrong, of_cause))
        chosen.push_back({*wrong, others.front(), {others.begin() + 1, others.end()}});
    }
  return chosen;
}

}  // namespace seatrial::analysis
