// The tables of what was measured: how soon commits are seen, how often guarantees broke.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/report/freshness_table.hpp"
#include "analysis/report/guarantees_table.hpp"
#include "analysis/report/text.hpp"
#include "tests/analysis/report/judged.hpp"

namespace seatrial::analysis {
namespace {

using models::Duration;
using synthetic::example;
using synthetic::flat;
using synthetic::Judged;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// Of forty probes in the second region, probe i is fresh after i of `unit`; under "token" at once.
Judged probed(Duration unit = Duration::milliseconds(1), bool is_exact = true) {
  Judged judged = example();
  models::FreshnessConfig config;
  config.present = true;
  for (const std::int64_t ms : {0, 10, 20, 30, 40, 50, 60})
    config.after_commit.push_back(Duration::milliseconds(ms));
  config.level = 0.9;
  for (std::size_t i = 0; i < judged.scenario.policies.size(); ++i) {
    judged.scenario.policies[i].world.probes.freshness = config;
    for (RunSummary& run : judged.experiment.runs[i]) {
      run.freshness.resize(2);
      for (int probe = 0; probe < 40; ++probe) {
        models::FreshnessObserved seen;
        seen.fresh_after = i == 0 ? unit * probe : Duration{};
        seen.is_exact = is_exact;
        run.freshness[1].add(seen, config.after_commit);
      }
    }
  }
  return judged;
}

TEST(FreshnessTable, HasARowForEachPolicyAndAColumnForSomeOffsets) {
  const Judged judged = probed();

  const data::Measures table = freshness_table(judged.scenario, judged.experiment);

  EXPECT_THAT(table.heads, ElementsAre("at once", "10 ms later", "30 ms later", "40 ms later",
                                       "60 ms later", "90 % from"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[0].policy, "as is");
  EXPECT_EQ(table.rows[0].region, "West");
  EXPECT_EQ(table.rows[0].cells[0].text, "2.5 %");
  EXPECT_EQ(table.rows[0].cells[1].text, "27.5 %");
  EXPECT_THAT(table.rows[0].cells[1].note, HasSubstr(", "));
  EXPECT_THAT(table.rows[0].cells[5].text, HasSubstr(" ms"));
  EXPECT_EQ(table.rows[1].cells[0].text, "100 %");
  EXPECT_EQ(table.rows[1].cells[5].text, "at once");
}

TEST(FreshnessTable, HasTheFirstOffsetThatReachesTheLevelThoughOthersAreLeftOut) {
  const Judged judged = probed(Duration::microseconds(500), false);

  const data::Measures table = freshness_table(judged.scenario, judged.experiment);

  EXPECT_THAT(table.heads, ElementsAre("at once", "10 ms later", "20 ms later", "30 ms later",
                                       "60 ms later", "first offset with 90 %"));
  EXPECT_EQ(table.rows[0].cells[5].text, "20 ms");
  EXPECT_EQ(table.rows[0].cells[5].note, "") << "all replications agree";
  EXPECT_THAT(table.legend, HasSubstr("5 of 7 offsets; results.json has all"));
  EXPECT_THAT(table.legend, HasSubstr("All phases together: replicas that are down"));
}

TEST(FreshnessTable, IsLaidOutInColumnsOnATerminal) {
  const std::string text = probed().terminal();

  EXPECT_THAT(text, HasSubstr("\nFRESH  Reads that see a commit"));
  EXPECT_THAT(text, testing::ContainsRegex("\nas is, West  +2.5 %  +27.5 %  +77.5 % "));
  EXPECT_THAT(text, testing::ContainsRegex("\npolicy  +once  +later"));
  EXPECT_THAT(text, Not(HasSubstr("\"as is\": reads in West that see a commit")));
}

TEST(FreshnessTable, IsInMarkdownWithItsIntervals) {
  const std::string text = probed().markdown();

  EXPECT_THAT(text, HasSubstr("| policy | region | at once | 10 ms later |"));
  EXPECT_THAT(text, HasSubstr("| as is | West | 2.5 % ["));
}

TEST(FreshnessTable, IsNowhereWithoutAProbe) {
  const Judged judged = example();

  EXPECT_THAT(judged.report().freshness.rows, IsEmpty());
  EXPECT_THAT(judged.terminal(), Not(HasSubstr("FRESH")));
  EXPECT_THAT(judged.markdown(), Not(HasSubstr("How soon a commit is seen")));
}

TEST(GuaranteesTable, SetsTheWorstRunBesideTheMean) {
  Judged judged = example();
  Cell& cell = judged.experiment.runs[0][2].cells[0];
  ASSERT_EQ(cell.counts.ryw.opportunities, 10'000U);
  cell.counts.ryw.violations = 1'208;
  std::uint64_t worst = 0;
  for (const RunSummary& run : judged.experiment.runs[0]) {
    std::uint64_t broken = 0;
    for (const Cell& one : run.cells) broken += one.counts.ryw.violations;
    worst = std::max(worst, broken);
  }

  const data::Measures table = guarantees_table(judged.scenario, judged.experiment);

  EXPECT_THAT(table.heads, ElementsAre("own write missed"));
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_THAT(table.rows[0].cells[0].note,
              HasSubstr("; worst run " + rounded(static_cast<double>(worst) * 1e6 / 40'000)));
  EXPECT_THAT(table.rows[1].cells[0].text, HasSubstr("0 <"));
  EXPECT_EQ(table.rows[1].cells[0].note, "") << "none broke it in any run";
}

TEST(GuaranteesTable, ShowsGuaranteesOfWritesOnlyWhereOneBroke) {
  Judged judged = example();
  for (RunSummary& run : judged.experiment.runs[1]) run.cells[1].counts.mw = {100, 0, 0};
  EXPECT_THAT(guarantees_table(judged.scenario, judged.experiment).heads,
              ElementsAre("own write missed"));

  judged.experiment.runs[1][0].cells[1].counts.mw.violations = 1;

  EXPECT_THAT(guarantees_table(judged.scenario, judged.experiment).heads,
              ElementsAre("own write missed", "write before an own earlier one"));
}

TEST(GuaranteesTable, IsInThePullRequest) {
  EXPECT_THAT(example().markdown(), HasSubstr("| policy | own write missed |\n|---|--:|\n"
                                              "| as is | "));
}

TEST(Places, OfWhatIsWorstAreSaidUnderTheTable) {
  const Judged judged = synthetic::unmet(300, 0.001);

  EXPECT_EQ(judged.report().table.rows[1].cells[0].place, "outage");
  EXPECT_THAT(flat(judged.terminal()), HasSubstr("Worst: \"own cart\" in "));
  EXPECT_THAT(judged.markdown(), testing::ContainsRegex("\\*\\*30,[0-9]+\\*\\* .* in outage \\|"));
}

TEST(Table, SaysOfHowManyFaultsAZeroIs) {
  Judged judged = example();
  scenarios::Objective& objective = judged.scenario.objectives.front();
  objective = {};
  objective.name = "losses";
  objective.metric = "writes_lost";
  for (std::vector<RunSummary>& runs : judged.experiment.runs)
    for (RunSummary& run : runs)
      run.cell(models::PhaseId{1}, {}, {}, {}).counts.recovery.faults = 1;
  const std::string runs = std::to_string(judged.experiment.replications);

  judged.comparison = compare(judged.scenario, judged.experiment);

  EXPECT_EQ(judged.report().table.rows[0].cells[0].text, "0 of " + runs + " faults");
  EXPECT_EQ(judged.report().table.rows[0].cells[0].verdict, Verdict::pass);
}

TEST(Places, AreNotSaidOfWhatWasSeenNowhereOrHasButOne) {
  Judged judged = example();
  EXPECT_EQ(judged.report().table.rows[1].cells[0].place, "") << "no wrong read anywhere";

  judged.scenario.objectives[0].during = "outage";
  judged.comparison = compare(judged.scenario, judged.experiment);

  EXPECT_EQ(judged.report().table.rows[0].cells[0].place, "");
  EXPECT_THAT(judged.terminal(), Not(HasSubstr("Worst:")));
}

}  // namespace
}  // namespace seatrial::analysis
