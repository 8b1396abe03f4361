// What differs is said in the order in which a reader asks: right reads, service and losses before
// time, and cost last.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/experiment/differences.hpp"
#include "analysis/report/sentences.hpp"
#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using synthetic::Behaviours;
using synthetic::flat;
using synthetic::Judged;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

scenarios::Objective objective(const std::string& metric, double limit) {
  scenarios::Objective objective;
  objective.name = metric;
  objective.metric = metric;
  objective.limit = limit;
  return objective;
}

// "cheap" costs less than "safe", and fails and reads wrong more often.
Judged judged(std::vector<scenarios::Objective> objectives) {
  synthetic::Behaviour safe, cheap;
  safe.ru_thousandths = 1500;
  cheap.failed_per_10000 = 210;
  const Behaviours behaviours{{"cheap", cheap}, {"safe", safe}};
  Judged judged;
  judged.scenario = synthetic::scenario_of(behaviours, "safe");
  judged.scenario.objectives = std::move(objectives);
  judged.experiment = run_experiment(judged.scenario, {}, synthetic::simulation_of(behaviours));
  for (RunSummary& run : judged.experiment.runs[0])
    for (Cell& cell : run.cells) cell.counts.ryw_user = {10'000, 300, 10'000};
  for (RunSummary& run : judged.experiment.runs[1])
    for (Cell& cell : run.cells) cell.counts.ryw_user = {10'000, 0, 10'000};
  judged.comparison = compare(judged.scenario, judged.experiment);
  return judged;
}

TEST(Order, OfDifferencesIsThatOfConcernsAndNotOfTheFile) {
  const Judged all = judged({objective("ru_per_operation", 2), objective("read.p99", 1e9),
                             objective("availability", 0.5), objective("stale", 0.5)});

  const std::vector<std::string> texts =
      difference_texts(all.scenario, all.experiment, all.comparison, 0);

  EXPECT_THAT(texts,
              ElementsAre(StartsWith("stale"), StartsWith("availability"), StartsWith("read.p99"),
                          StartsWith("ru_per_operation"), HasSubstr("RU an operation")));
}

TEST(Order, OfDifferencesHasWhatMattersThoughNoObjectiveAsksForIt) {
  const Judged all = judged({objective("read.p99", 1e9)});

  const std::vector<std::string> texts =
      difference_texts(all.scenario, all.experiment, all.comparison, 0);

  EXPECT_THAT(texts, ElementsAre(HasSubstr("30,000 per million more wrong reads ["),
                                 HasSubstr("2.1 % fewer served ["), StartsWith("read.p99"),
                                 HasSubstr("RU an operation")));
}

TEST(Order, OfAPreferencePutsCostAfterWhatItIsPaidWith) {
  const Judged all = judged({objective("read.p99", 1e9)});

  EXPECT_EQ(
      preference_text(all.comparison),
      "\"cheap\" stands before \"safe\": although with 30,000 per million more wrong reads and "
      "2.1 % fewer served, it costs fewer RU an operation");
}

TEST(Order, OfAPreferencePutsWhatSpeaksForItBeforeWhatSpeaksAgainstIt) {
  Judged all = judged({objective("read.p99", 1e9)});
  std::vector<OutcomeDifference>& differences = all.comparison.against_runner_up;
  ASSERT_EQ(differences.size(), 2U);
  differences[1].interval.estimate = 0.021;
  EXPECT_EQ(preference_text(all.comparison),
            "\"cheap\" stands before \"safe\": 2.1 % more served, and it costs fewer RU an "
            "operation, although with 30,000 per million more wrong reads");

  differences.erase(differences.begin());
  EXPECT_EQ(preference_text(all.comparison),
            "\"cheap\" stands before \"safe\": 2.1 % more served, and it costs fewer RU an "
            "operation");
}

TEST(Order, OfAPreferenceNamesTheObjectivesAloneWhereTheyDecide) {
  const Judged all = judged({objective("ryw_user", 0.01)});

  EXPECT_EQ(preference_text(all.comparison),
            "\"safe\" stands before \"cheap\": it meets 1 objective more");
}

TEST(Order, OfWhatTheVerdictLeadsWithPutsCostLast) {
  const Judged all = judged({objective("read.p99", 1e9)});

  EXPECT_EQ(standing_text(all.comparison, 0),
            "1 of 1 objective, 1 RU an operation; against \"safe\": 30,000 per million more wrong "
            "reads, 2.1 % fewer served, -0.5 RU");
  EXPECT_THAT(flat(all.terminal()),
              HasSubstr("RECOMMENDED cheap 1 of 1 objective, 1 RU an operation; against \"safe\": "
                        "30,000 per million more wrong reads"));
}

TEST(OutcomeDifferences, AreNoneBetweenPoliciesThatDoTheSame) {
  const Judged all = judged({objective("read.p99", 1e9)});

  EXPECT_THAT(outcome_differences(all.scenario, all.experiment, all.comparison, {0, 0}), IsEmpty());
  EXPECT_EQ(outcome_differences(all.scenario, all.experiment, all.comparison, {0, 1}).size(), 2U);
}

// "cheap" loses in the outage as many writes as said in each run and "safe" none; in the phase
// before it both switch over as planned.
Judged losing(const std::vector<scenarios::Objective>& objectives, std::uint64_t first,
              std::uint64_t others) {
  Judged all = judged(objectives);
  models::FaultConfig planned;
  planned.kind = models::FaultKind::switchover;
  for (scenarios::Policy& policy : all.scenario.policies) policy.world.phases[0].faults = {planned};
  for (std::size_t policy = 0; policy < 2; ++policy)
    for (RunSummary& run : all.experiment.runs[policy]) {
      const bool is_first = &run == all.experiment.runs[policy].data();
      run.cell(models::PhaseId{0}, {}, {}, {}).counts.recovery.faults = 1;
      RecoveryCounts& lost = run.cell(models::PhaseId{1}, {}, {}, {}).counts.recovery;
      lost.faults = 1;
      lost.writes_lost = policy == 1 ? 0 : is_first ? first : others;
    }
  all.comparison = compare(all.scenario, all.experiment);
  return all;
}

TEST(OutcomeDifferences, CountLostWritesByFaultsThatCanLoseThem) {
  const Judged all = losing({objective("read.p99", 1e9)}, 8, 8);

  EXPECT_THAT(standing_text(all.comparison, 0), HasSubstr(", 8 more writes lost a fault"));
}

TEST(OutcomeDifferences, DecideNothingThatAnObjectiveLeavesOpen) {
  scenarios::Objective lost = objective("writes_lost", 2);
  lost.during = "outage";
  const Judged unasked = losing({objective("read.p99", 1e9)}, 8, 4);
  EXPECT_THAT(standing_text(unasked.comparison, 0), HasSubstr("5 more writes lost a fault"));
  const Judged open = losing({lost, objective("read.p99", 1e9)}, 8, 4);
  ASSERT_EQ(open.comparison.policies[0].differences[0][0].change, Change::inconclusive);
  EXPECT_THAT(standing_text(open.comparison, 0), Not(HasSubstr("writes lost")));

  const Judged decided = losing({lost, objective("read.p99", 1e9)}, 8, 8);
  EXPECT_THAT(standing_text(decided.comparison, 0), HasSubstr("8 more writes lost a fault"));
}

}  // namespace
}  // namespace seatrial::analysis
