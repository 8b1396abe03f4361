#include "analysis/report/recovery_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using synthetic::flat;
using synthetic::Judged;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Spell took(std::int64_t seconds, bool is_open = false) {
  Spell spell;
  spell.add(Duration::seconds(seconds), is_open);
  return spell;
}

RecoveryCounts counts_of(std::uint64_t lost, std::int64_t rpo, Spell writes, Spell reads) {
  return {1, lost, took(rpo), writes, reads, {}};
}

// East is down in the outage; "as is" loses writes of partition 1, "token" none.
Judged recovered() {
  Judged judged = synthetic::example();
  models::FaultConfig fault;
  fault.kind = models::FaultKind::region;
  fault.region = "East";
  for (scenarios::Policy& policy : judged.scenario.policies)
    policy.world.phases[1].faults = {fault};
  FaultRecovery lossy{0, models::PhaseId{1}, models::RegionId{0}, 0, {}, {}};
  lossy.partitions = {counts_of(1, 1, took(60), took(2)), counts_of(5, 4, took(70), took(2))};
  lossy.whole = counts_of(6, 4, took(70), took(2));
  lossy.whole.rto_lag = took(3);
  FaultRecovery patient = lossy;
  patient.partitions.clear();
  patient.whole = counts_of(0, 0, took(180, true), took(2));
  judged.comparison.policies[0].recoveries = {lossy};
  judged.comparison.policies[1].recoveries = {patient};
  return judged;
}

TEST(RecoveryTable, HasARowForEachFaultAndPolicy) {
  const Judged judged = recovered();

  const data::Recoveries found = recoveries_data(judged.scenario, judged.comparison);

  EXPECT_THAT(found.heads,
              ElementsAre("writes lost", "RPO", "RTO, writes", "RTO, reads", "usual lag after"));
  ASSERT_EQ(found.rows.size(), 2U);
  EXPECT_THAT(found.rows[0].fault, HasSubstr("East"));
  EXPECT_THAT(found.rows[0].fault, HasSubstr(" in outage"));
  EXPECT_EQ(found.rows[0].policy, "as is");
  EXPECT_EQ(found.rows[0].cells[0].text, "6");
  EXPECT_EQ(found.rows[0].cells[4].text, "3 s");
  EXPECT_EQ(found.rows[1].policy, "token");
  EXPECT_EQ(found.rows[1].cells[2].text, "at least 180 s, not over");
  EXPECT_EQ(found.rows[1].cells[4].text, "-");
}

TEST(RecoveryTable, NamesTheWorstPartitionAndTheBestWhereTheyDiffer) {
  const Judged judged = recovered();

  const data::RecoveryRow row = recoveries_data(judged.scenario, judged.comparison).rows.front();

  EXPECT_EQ(row.cells[0].where, "partition 1: 5; partition 0: 1");
  EXPECT_EQ(row.cells[2].where, "partition 1: 70 s; partition 0: 60 s");
  EXPECT_EQ(row.cells[3].where, "");
}

TEST(RecoveryTable, SetsThePoliciesAgainstEachOtherInOneSentence) {
  const Judged judged = recovered();

  const data::Recoveries found = recoveries_data(judged.scenario, judged.comparison);

  ASSERT_EQ(found.said.size(), 1U);
  EXPECT_THAT(found.said[0],
              HasSubstr(": no acknowledged write is lost under \"token\", most under \"as is\": 6, "
                        "the oldest 4 s old; writes are back soonest under \"as is\" "
                        "(70 s), latest under \"token\" (at least 180 s, not over); reads are back "
                        "after 2 s under every policy"));
}

TEST(RecoveryTable, SaysOnceWhatIsEqualUnderEveryPolicy) {
  Judged judged = recovered();
  judged.comparison.policies[0].recoveries = judged.comparison.policies[1].recoveries;

  const data::Recoveries found = recoveries_data(judged.scenario, judged.comparison);

  EXPECT_THAT(found.said[0], HasSubstr("no acknowledged write is lost under any policy; writes "
                                       "are back after at least 180 s, not over under every"));
}

TEST(RecoveryTable, GivesTheRangeOfWhatIsNearlyEqual) {
  Judged judged = recovered();
  judged.comparison.policies[0].recoveries[0].whole.rto_writes = {1, 0, 20'700'000'000};
  judged.comparison.policies[1].recoveries[0].whole.rto_writes = {1, 0, 21'400'000'000};

  EXPECT_THAT(recoveries_data(judged.scenario, judged.comparison).said[0],
              HasSubstr("writes are back after 20.7 s to 21.4 s under every policy"));
}

// Partition 0 has split: nobody asks it for anything, so that it loses nothing.
TEST(RecoveryTable, NamesNoPartitionThatHasSplit) {
  Judged judged = recovered();
  std::vector<RecoveryCounts>& all = judged.comparison.policies[0].recoveries[0].partitions;
  all[0] = counts_of(0, 0, {}, {});
  all.push_back(counts_of(3, 2, took(60), took(2)));

  const data::RecoveryRow row = recoveries_data(judged.scenario, judged.comparison).rows.front();

  EXPECT_EQ(row.cells[0].where, "partition 1: 5; partition 2: 3");
  EXPECT_EQ(row.cells[1].where, "partition 1: 4 s; partition 2: 2 s");
}

TEST(RecoveryTable, IsInEveryReport) {
  const Judged judged = recovered();

  EXPECT_THAT(flat(judged.terminal()), HasSubstr("FAULTS "));
  EXPECT_THAT(flat(judged.terminal()), HasSubstr("writes are back soonest under \"as is\""));
  EXPECT_THAT(judged.markdown(), HasSubstr("**After a fault of the store.**"));
  EXPECT_THAT(judged.markdown(), HasSubstr("| 6 (partition 1: 5; partition 0: 1) |"));
}

TEST(RecoveryTable, IsNowhereWithoutAFaultOfTheStore) {
  const Judged judged = synthetic::example();

  EXPECT_THAT(judged.report().recovery.rows, IsEmpty());
  EXPECT_THAT(judged.report().recovery.heads, IsEmpty());
  EXPECT_THAT(judged.terminal(), Not(HasSubstr("FAULTS")));
  EXPECT_THAT(judged.markdown(), Not(HasSubstr("After a fault")));
}

}  // namespace
}  // namespace seatrial::analysis
