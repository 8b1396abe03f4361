#include "analysis/experiment/run.hpp"

#include <gtest/gtest.h>

#include <atomic>

#include "tests/analysis/experiment/synthetic.hpp"

namespace seatrial::analysis {
namespace {

const synthetic::Behaviours two{{"as is", {}}, {"token", {}}};

std::vector<sim::Hash128> digests(const Experiment& experiment) {
  std::vector<sim::Hash128> all;
  for (const auto& runs : experiment.runs)
    for (const RunSummary& run : runs) all.push_back(run.digest);
  return all;
}

TEST(Experiment, IsTheSameForAnyNumberOfJobs) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  ExperimentOptions one, many;
  one.jobs = 1;
  many.jobs = 7;

  const Experiment alone = run_experiment(scenario, one, synthetic::simulation_of(two));
  const Experiment together = run_experiment(scenario, many, synthetic::simulation_of(two));

  EXPECT_EQ(alone.replications, 4U);
  EXPECT_EQ(digests(alone).size(), 8U);
  EXPECT_EQ(digests(alone), digests(together));
}

TEST(Experiment, GivesEachRunItsSeedAndReplication) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  ExperimentOptions options;
  options.jobs = 1;
  options.seed = 99;
  options.replications = 2;
  options.shuffle_ties = 5;
  std::vector<std::uint64_t> seen;

  run_experiment(scenario, options,
                 [&](const models::WorldConfig& world, const models::RunOptions& run) {
                   seen.push_back(run.seed * 100 + run.replication * 10 +
                                  static_cast<std::uint64_t>(world.pods.count));
                   EXPECT_TRUE(run.shuffle_ties);
                   EXPECT_EQ(run.tie_seed, 5U);
                   return synthetic::simulation_of(two)(world, run);
                 });

  EXPECT_EQ(seen, (std::vector<std::uint64_t>{9900, 9901, 9910, 9911}));
}

TEST(Experiment, KeepsWholeReplicationsWhenItIsInterrupted) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  std::atomic<int> finished{0};
  ExperimentOptions options;
  options.jobs = 1;
  options.cancelled = [&] { return finished >= 5; };

  const Experiment experiment = run_experiment(
      scenario, options, [&](const models::WorldConfig& world, const models::RunOptions& run) {
        ++finished;
        return synthetic::simulation_of(two)(world, run);
      });

  EXPECT_TRUE(experiment.interrupted());
  EXPECT_EQ(experiment.replications, 2U);
  for (const auto& runs : experiment.runs) EXPECT_EQ(runs.size(), 2U);
}

// One window, in which 10^replication operations happened.
RunSummary run_with_timeline(const models::WorldConfig& world, const models::RunOptions& run) {
  RunSummary summary = synthetic::simulation_of(two)(world, run);
  summary.timeline = Timeline{{models::Duration::seconds(1), 1}, 1};
  std::uint64_t operations = 1;
  for (std::uint32_t i = 0; i < run.replication; ++i) operations *= 10;
  summary.timeline.cells[0].operations = operations;
  return summary;
}

TEST(Experiment, MergesTheTimelinesOfAPolicysReplications) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  ExperimentOptions one, many;
  one.jobs = 1;
  many.jobs = 7;

  const Experiment alone = run_experiment(scenario, one, run_with_timeline);
  const Experiment together = run_experiment(scenario, many, run_with_timeline);

  ASSERT_EQ(alone.timelines.size(), 2U);
  EXPECT_EQ(alone.timelines[1].cells[0].operations, 1111U);
  EXPECT_EQ(alone.timelines[1].runs, 4U);
  EXPECT_EQ(alone.timelines, together.timelines);
  for (const auto& runs : alone.runs)
    for (const RunSummary& run : runs) EXPECT_TRUE(run.timeline.cells.empty()) << "taken away";
}

// Replication 1 is missing, so 2 and 3 do not count either.
TEST(Experiment, MergesTheTimelinesOfWholeReplicationsAlone) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  ExperimentOptions options;
  options.jobs = 1;

  const Experiment experiment = run_experiment(
      scenario, options, [&](const models::WorldConfig& world, const models::RunOptions& run) {
        RunSummary summary = run_with_timeline(world, run);
        summary.totals.cancelled = run.replication == 1 && world.pods.count == 1;
        return summary;
      });

  EXPECT_EQ(experiment.replications, 1U);
  for (const Timeline& timeline : experiment.timelines) {
    EXPECT_EQ(timeline.runs, 1U);
    EXPECT_EQ(timeline.cells[0].operations, 1U);
  }
}

TEST(Experiment, DropsARunThatWasCutShort) {
  const scenarios::Scenario scenario = synthetic::scenario_of(two, "as is");
  ExperimentOptions options;
  options.jobs = 1;

  const Experiment experiment = run_experiment(
      scenario, options, [&](const models::WorldConfig& world, const models::RunOptions& run) {
        RunSummary summary = synthetic::simulation_of(two)(world, run);
        summary.totals.cancelled = run.replication == 3;
        return summary;
      });

  EXPECT_EQ(experiment.replications, 3U);
}

TEST(Experiment, RefusesPoliciesThatWereOfferedDifferentSessions) {
  synthetic::Behaviours unequal = two;
  unequal["token"].workload = 8;

  EXPECT_THROW(run_experiment(synthetic::scenario_of(unequal, "as is"), {},
                              synthetic::simulation_of(unequal)),
               ExperimentError);
}

TEST(Experiment, PassesOnWhatASimulationThrows) {
  const auto broken = [](const models::WorldConfig&, const models::RunOptions&) -> RunSummary {
    throw std::runtime_error{"broken"};
  };

  EXPECT_THROW(run_experiment(synthetic::scenario_of(two, "as is"), {}, broken),
               std::runtime_error);
}

TEST(Experiment, TellsARisingShareThatEndsAtOne) {
  std::vector<double> told;
  ExperimentOptions options;
  options.progress = [&](double share) { told.push_back(share); };

  run_experiment(synthetic::scenario_of(two, "as is"), options, synthetic::simulation_of(two));

  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_DOUBLE_EQ(told.back(), 1);
}

}  // namespace
}  // namespace seatrial::analysis
