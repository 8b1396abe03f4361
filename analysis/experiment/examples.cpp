#include "analysis/experiment/examples.hpp"

#include <algorithm>
#include <tuple>

namespace seatrial::analysis {
namespace {

// A violation and what it is ordered by.
struct Candidate {
  NumberedViolation example;
  std::size_t place = 0;  // of its policy: the baseline's is 0
  std::size_t rank = 0;   // among those of its kind: in its replication, then over all

  auto kind() const {
    return std::tuple{place, example.violation.guarantee, example.violation.cause};
  }
};

std::vector<Candidate> candidates_of(const Experiment& experiment, std::size_t policy,
                                     std::size_t place) {
  std::vector<Candidate> all;
  for (std::uint32_t replication = 0; replication < experiment.replications; ++replication) {
    CausesByGuarantee seen{};
    for (const Violation& violation : experiment.runs[policy][replication].violations) {
      std::uint64_t& rank = seen[static_cast<std::size_t>(violation.guarantee)]
                                [static_cast<std::size_t>(violation.cause)];
      all.push_back({{0, policy, replication, violation}, place, rank++});
    }
  }
  return all;
}

// Of each kind the firsts of all replications, then the seconds; the rank becomes the place among
// these. The order of those that are equal is that of replications.
void spread_over_replications(std::vector<Candidate>& candidates) {
  std::stable_sort(candidates.begin(), candidates.end(), [](const auto& one, const auto& other) {
    return std::tuple{one.kind(), one.rank} < std::tuple{other.kind(), other.rank};
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const bool is_first = i == 0 || candidates[i].kind() != candidates[i - 1].kind();
    candidates[i].rank = is_first ? 0 : candidates[i - 1].rank + 1;
  }
  std::erase_if(candidates, [](const auto& one) { return one.rank >= examples_of_each; });
}

}  // namespace

std::vector<NumberedViolation> examples_of(const Experiment& experiment, std::size_t baseline) {
  std::vector<Candidate> candidates;
  for (std::size_t policy = 0; policy < experiment.runs.size(); ++policy) {
    const std::size_t place = policy == baseline ? 0 : policy + 1;
    for (const Candidate& one : candidates_of(experiment, policy, place)) candidates.push_back(one);
  }
  spread_over_replications(candidates);
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& one, const auto& other) { return one.rank < other.rank; });
  candidates.resize(std::min(candidates.size(), most_examples));
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& one, const auto& other) { return one.kind() < other.kind(); });
  std::vector<NumberedViolation> examples;
  for (Candidate& one : candidates) {
    one.example.number = examples.size() + 1;
    examples.push_back(one.example);
  }
  return examples;
}

}  // namespace seatrial::analysis
