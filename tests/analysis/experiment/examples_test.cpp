#include "analysis/experiment/examples.hpp"

#include <gtest/gtest.h>

#include <set>

namespace seatrial::analysis {
namespace {

Violation violation_of(Guarantee guarantee, Cause cause, std::uint32_t mark) {
  Violation violation;
  violation.guarantee = guarantee;
  violation.cause = cause;
  violation.read.index = mark;
  return violation;
}

// Every policy and replication has `each` of every kind given, marked in turn.
Experiment experiment_with(std::size_t policies, std::uint32_t replications, std::size_t each,
                           std::size_t causes) {
  Experiment experiment;
  experiment.replications = replications;
  experiment.runs.assign(policies, std::vector<RunSummary>(replications));
  for (auto& runs : experiment.runs)
    for (RunSummary& run : runs)
      for (std::uint32_t i = 0; i < each; ++i)
        for (std::size_t cause = 0; cause < causes; ++cause)
          run.violations.push_back(violation_of(Guarantee::ryw, static_cast<Cause>(cause), i));
  return experiment;
}

TEST(Examples, AreSpreadOverReplicationsBeforeAnyGivesASecond) {
  Experiment experiment = experiment_with(1, 4, 3, 1);
  experiment.runs[0][1].violations.clear();

  const auto examples = examples_of(experiment, 0);

  ASSERT_EQ(examples.size(), 3U);
  EXPECT_EQ(examples[0].replication, 0U);
  EXPECT_EQ(examples[1].replication, 2U);
  EXPECT_EQ(examples[2].replication, 3U);
  for (const NumberedViolation& one : examples) EXPECT_EQ(one.violation.read.index, 0U);
}

TEST(Examples, AreSecondsWhereReplicationsAreFew) {
  const auto examples = examples_of(experiment_with(1, 2, 3, 1), 0);

  ASSERT_EQ(examples.size(), 3U);
  EXPECT_EQ(examples[2].replication, 0U);
  EXPECT_EQ(examples[2].violation.read.index, 1U);
}

TEST(Examples, AreNumberedFromOneTheBaselineFirst) {
  const auto examples = examples_of(experiment_with(3, 1, 1, 2), 1);

  ASSERT_EQ(examples.size(), 6U);
  const std::vector<std::size_t> policies{1, 1, 0, 0, 2, 2};
  for (std::size_t i = 0; i < examples.size(); ++i) {
    EXPECT_EQ(examples[i].number, i + 1);
    EXPECT_EQ(examples[i].policy, policies[i]);
    EXPECT_EQ(examples[i].violation.cause, static_cast<Cause>(i % 2));
  }
}

TEST(Examples, AreSixtyAtMostAndLeaveNoKindWithoutOne) {
  const auto examples = examples_of(experiment_with(7, 5, 3, 6), 0);

  EXPECT_EQ(examples.size(), most_examples);
  std::set<std::pair<std::size_t, Cause>> kinds;
  for (const NumberedViolation& one : examples) kinds.insert({one.policy, one.violation.cause});
  EXPECT_EQ(kinds.size(), 7U * 6);
}

TEST(Examples, AreNoneWhereNothingWentWrong) {
  EXPECT_TRUE(examples_of(experiment_with(2, 2, 0, 0), 0).empty());
}

}  // namespace
}  // namespace seatrial::analysis
