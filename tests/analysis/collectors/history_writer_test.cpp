#include "analysis/collectors/history_writer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <system_error>

#include "analysis/collectors/summary_collector.hpp"
#include "analysis/collectors/tee.hpp"
#include "tests/analysis/checkers/random_history.hpp"
#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using nlohmann::json;

// Of the running test alone, so that tests may run side by side.
std::filesystem::path path_of_test() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return std::filesystem::path{testing::TempDir()} / (std::string{test->name()} + ".ndjson");
}

class History : public testing::Test {
 protected:
  ~History() override {
    std::filesystem::remove_all(path_);
    std::filesystem::remove_all(part_);
  }

  std::vector<json> lines() const {
    std::ifstream file{path_};
    std::vector<json> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(json::parse(line));
    return lines;
  }

  const std::filesystem::path path_ = path_of_test();
  const std::filesystem::path part_ = path_.string() + ".part";
};

TEST_F(History, HoldsEveryFieldOfAnOperation) {
  HistoryWriter history{path_, small_world(), {}};
  history.operation(some_read());
  history.finish();

  EXPECT_EQ(lines().at(1), json::parse(R"({
    "record": "operation", "user": "101", "session": "102", "device": 1, "index": 3,
    "kind": "read", "class": "profile", "owner": "104", "partition": 5, "phase": "surge",
    "region": "West Europe", "measured": true, "session_arrived": 60000000, "invoked": 70000000,
    "answered": 75000000, "completed": 80000000, "outcome": "ok", "degraded": "", "pod": 6,
    "served_by": "East US", "replica": 2, "attempts": 4, "throttled": 0,
    "token": {"source": "client", "epoch": 1, "lsn": 107},
    "version": {"epoch": 1, "lsn": 108, "ordinal": 9},
    "found": true, "based_on": {"epoch": 1, "lsn": 106, "ordinal": 8}, "paths": "0",
    "lost_update": false,
    "in_conflict": false,
    "ru_thousandths": 1000, "bytes": 2048, "broker_calls": 11, "cross_region_calls": 12,
    "truth": {"newest": 10, "versions_behind": 1, "behind": 2000000, "allowed": true}})"));
}

TEST_F(History, SaysWhichPartitionsTookThePlaceOfOthers) {
  HistoryWriter history{path_, small_world(), {}};
  history.partitions({{models::PartitionId{1}},
                      {models::PartitionId{4}, models::PartitionId{5}},
                      models::Instant::at(models::Duration::nanoseconds(70))});
  history.finish();

  EXPECT_EQ(lines().at(1),
            json::parse(R"({"record": "partitions", "before": [1], "after": [4, 5], "at": 70})"));
}

TEST_F(History, HoldsCommitsAndLeavesBetweenItsTitleAndItsEnd) {
  HistoryWriter history{path_, small_world(), {"cart", "as is", 7, 2}};
  history.commit(some_commit());
  history.user_left({models::UserId{101}, at_ms(90)});
  history.finish();

  const auto found = lines();

  ASSERT_EQ(found.size(), 4u);
  EXPECT_EQ(found[0], json::parse(R"({"record": "run", "format": 1, "scenario": "cart",
    "policy": "as is", "seed": "7", "replication": 2, "warmup": 56000000,
    "phases": [{"name": "normal", "length": 100000000}, {"name": "surge", "length": 100000000}],
    "regions": ["East US", "West Europe"], "data": ["cart", "profile"]})"));
  EXPECT_EQ(found[1], json::parse(R"({"record": "commit", "class": "profile", "owner": "104",
    "partition": 5, "committed": 68000000, "version": {"epoch": 1, "lsn": 109, "ordinal": 10},
    "writer": "103"})"));
  EXPECT_EQ(found[2], json::parse(R"({"record": "left", "user": "101", "at": 90000000})"));
  EXPECT_EQ(found[3], json::parse(R"({"record": "end", "operations": 0, "commits": 1})"));
}

TEST_F(History, NamesSurviveWhateverCharactersTheyHold) {
  const std::string name = "\"quoted\" \\ back\nnew\tline \x01 \x1f é 東";
  models::WorldConfig world = small_world();
  world.phases[1].name = name;
  HistoryWriter history{path_, world, {name, name, 0, 0}};
  history.operation(some_read());
  history.finish();

  EXPECT_EQ(lines().at(0)["policy"], name);
  EXPECT_EQ(lines().at(1)["phase"], name);
}

// What an outsider would do, with the file alone: see docs/history.md.
Tally recount(const std::vector<json>& lines, const char* whose) {
  const auto order = [](const json& version) {
    return std::pair{version["epoch"].get<int>(), version["lsn"].get<int>()};
  };
  Tally tally;
  std::map<std::string, std::uint64_t> opportunities;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const json& read = lines[i];
    if (read["record"] != "operation" || read["outcome"] != "ok" || read["kind"] != "read")
      continue;
    const json* floor = nullptr;
    for (std::size_t j = 0; j < i; ++j) {
      const json& write = lines[j];
      if (write["record"] != "operation" || write["outcome"] != "ok" || write["kind"] != "update")
        continue;
      if (write[whose] != read[whose] || write["class"] != read["class"]) continue;
      if (write["owner"] != read["owner"] || write["completed"] > read["invoked"]) continue;
      if (floor == nullptr || order(write["version"]) > order((*floor)["version"])) floor = &write;
    }
    if (floor == nullptr) continue;
    ++tally.opportunities;
    ++opportunities[read[whose].dump()];
    tally.violations += order(read["version"]) < order((*floor)["version"]);
  }
  for (const auto& [who, number] : opportunities) tally.squares += number * number;
  return tally;
}

TEST_F(History, AllowsAnOutsiderToRecountTheViolations) {
  SummaryCollector collector{small_world()};
  HistoryWriter history{path_, small_world(), {}};
  Tee both{{&collector, &history}};
  for (const Record& record : RandomHistory{4, false}.play()) {
    if (const auto* commit = std::get_if<models::CommitObserved>(&record)) both.commit(*commit);
    if (const auto* left = std::get_if<models::UserLeft>(&record)) both.user_left(*left);
    if (const auto* seen = std::get_if<models::OperationObserved>(&record)) {
      models::OperationObserved measured = *seen;
      measured.measured = true;
      both.operation(measured);
    }
  }
  history.finish();

  Counts all;
  const RunSummary summary = collector.finish({});
  for (const Cell& cell : summary.cells) all.merge(cell.counts);

  EXPECT_GT(all.ryw.violations, 0u);
  EXPECT_EQ(recount(lines(), "session"), all.ryw);
  EXPECT_EQ(recount(lines(), "user"), all.ryw_user);
}

TEST_F(History, DoesNotAppearUnlessFinished) {
  {
    HistoryWriter history{path_, small_world(), {}};
    history.operation(some_read());
    EXPECT_FALSE(std::filesystem::exists(path_));
  }

  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_FALSE(std::filesystem::exists(part_));
}

TEST_F(History, KeepsAnOlderFileUntilTheNewOneIsWhole) {
  std::ofstream{path_} << "older";
  HistoryWriter history{path_, small_world(), {}};
  history.operation(some_read());
  std::ifstream file{path_};
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>{file}, {}), "older");

  history.finish();

  EXPECT_EQ(lines().size(), 3u);
}

TEST_F(History, NamesThePathThatCannotBeOpened) {
  const auto nowhere = path_ / "missing" / "history.ndjson";

  try {
    HistoryWriter history{nowhere, small_world(), {}};
    FAIL() << "opened a file in a missing folder";
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code(), std::errc::no_such_file_or_directory);
    EXPECT_THAT(error.what(), testing::HasSubstr(nowhere.string()));
  }
}

TEST_F(History, ReportsThatItsPlaceIsTaken) {
  std::filesystem::create_directory(path_);
  HistoryWriter history{path_, small_world(), {}};

  EXPECT_THROW(history.finish(), std::system_error);
  EXPECT_FALSE(std::filesystem::exists(part_));
}

TEST_F(History, ReportsAWriteThatFailedDuringTheRun) {
  rlimit usual{};
  getrlimit(RLIMIT_FSIZE, &usual);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit tiny{100'000, usual.rlim_max};
  HistoryWriter history{path_, small_world(), {}};

  setrlimit(RLIMIT_FSIZE, &tiny);
  for (int i = 0; i < 1000; ++i) history.operation(some_read());
  EXPECT_THROW(history.finish(), std::system_error);
  setrlimit(RLIMIT_FSIZE, &usual);
  std::signal(SIGXFSZ, handler);

  EXPECT_FALSE(std::filesystem::exists(path_));
  EXPECT_FALSE(std::filesystem::exists(part_));
}

}  // namespace
}  // namespace seatrial::analysis
