#include "analysis/report/replication_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/causes.hpp"
#include "analysis/report/cost_text.hpp"
#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<RunSummary> two_runs() {
  return std::vector<RunSummary>(2, RunSummary{Shape{1, 1, 1}});
}

TEST(ReplicationLine, IsEmptyWhereNothingOfThatKindWasSeen) {
  EXPECT_EQ(replication_line("asynchronous", two_runs()), "");
}

TEST(ReplicationLine, SaysWhatIsAtRiskInMemory) {
  std::vector<RunSummary> runs = two_runs();
  runs[0].at_risk = {10, 300, 120, models::Duration::milliseconds(900)};
  runs[1].at_risk = {10, 100, 70, models::Duration::milliseconds(200)};

  EXPECT_EQ(
      replication_line("tiered", runs),
      "\"tiered\": acknowledged writes in memory alone: 20 in the mean over time, at most 120, "
      "the oldest 900 ms (of all replications)");
}

TEST(ReplicationLine, SaysTheShareOfUpdatesThatWereAcknowledgedEarly) {
  std::vector<RunSummary> runs = two_runs();
  for (RunSummary& run : runs) {
    run.cells[0].counts.operations = 7'000;  // reads
    run.cells[1].counts.operations = 200;
    run.exercised.degraded[static_cast<std::size_t>(models::Degraded::acknowledged_early)] = 3;
  }

  EXPECT_THAT(replication_line("bounded", runs),
              HasSubstr(": 1.5 % of the updates acknowledged before other regions had them"));
}

TEST(ReplicationLine, SaysWhatTheBusTheAdaptiveModeAndBackupsDid) {
  std::vector<RunSummary> runs(1, RunSummary{Shape{1, 1, 1}});
  models::ReplicationObserved& seen = runs[0].replication;
  seen.bus_delivered = 1'000;
  seen.bus_duplicates = 12;
  seen.bus_waiting = 3;
  seen.mode_switches = 4;
  seen.synchronous_writes = 55;
  seen.backups = 1;
  seen.oldest_backup_age = models::Duration::seconds(75);

  EXPECT_EQ(replication_line("all", runs),
            "\"all\": the event bus delivered 1,000 entries, 12 of them duplicates; 3 had not come "
            "by the end; 4 changes of the mode, 55 writes waited for other regions; 1 backup, the "
            "oldest was 75 s old when the next one was complete");
}

TEST(CostLine, SaysOfWhatAMonthIsMade) {
  synthetic::Judged judged = synthetic::example();
  models::WorldConfig& world = judged.scenario.policies[0].world;
  for (models::PhaseConfig& phase : world.phases) {
    phase.length = models::Duration::seconds(60);
    phase.stands_for_hours_per_month = 365;
  }
  world.pods.count = 2;
  scenarios::Prices prices;
  prices.present = true;
  prices.currency = "EUR";
  prices.pod_hour = 50'000;
  const std::vector<RunSummary>& runs = judged.experiment.runs[0];

  EXPECT_EQ(cost_line("as is", {prices, world}, runs), "") << "all of it is pods";

  prices.broker_node_hour = 1;  // there is none
  world.store.request_units_per_second = 100;
  prices.provisioned_hour = 100'000;
  EXPECT_EQ(cost_line("as is", {prices, world}, runs),
            "\"as is\": 292 EUR a month: 146 for provisioned RU/s, 146 for pods");
}

TEST(Why, SaysHowMuchLessWaitingThereIsInEveryRegion) {
  synthetic::Judged judged = synthetic::example();
  judged.comparison.recommended = 1;
  judged.comparison.read_p99_difference = {{-37.6e9, -38e9, -37e9, true, false}, "East"};

  EXPECT_THAT(why_lines(judged.scenario, judged.comparison),
              Contains(HasSubstr("p99 of all reads at least 37.6 s less (East)")));
}

TEST(Comparison, NotesThatThereIsNoMonthWhereAPhaseStandsForNone) {
  synthetic::Judged judged = synthetic::example();
  const auto note = Contains(HasSubstr("no cost a month: a phase does not say"));
  EXPECT_THAT(judged.comparison.warnings, Not(note)) << "there are no prices";

  judged.scenario.prices.present = true;
  EXPECT_THAT(compare(judged.scenario, judged.experiment).warnings, note);

  for (scenarios::Policy& policy : judged.scenario.policies)
    for (models::PhaseConfig& phase : policy.world.phases) phase.stands_for_hours_per_month = 1;
  EXPECT_THAT(compare(judged.scenario, judged.experiment).warnings, Not(note));
}

}  // namespace
}  // namespace seatrial::analysis
