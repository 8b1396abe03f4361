#include "analysis/report/results_parts.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/analysis/collectors/small_world.hpp"

namespace seatrial::analysis {
namespace {

using Json = nlohmann::json;

scenarios::Scenario scenario_of_two() {
  scenarios::Scenario scenario;
  scenario.policies = {{"as is", small_world()}, {"token", small_world()}};
  return scenario;
}

TEST(ViolationsJson, NamesAllThatFindsTheReadAgain) {
  Comparison comparison;
  comparison.violations = {{4, 1, 2, {}}};
  Violation& violation = comparison.violations[0].violation;
  violation.guarantee = Guarantee::ryw_user;
  violation.cause = Cause::client_token_too_old;
  violation.floor = {1, 812, 3};
  violation.age = models::Duration::milliseconds(60);
  violation.read = some_read();
  violation.read.session = models::SessionId{UINT64_MAX};

  const Json all = Json::parse(violations_json(scenario_of_two(), comparison));

  ASSERT_EQ(all.size(), 1U);
  const Json expected = Json::parse(R"({
      "number": 4, "policy": "token", "replication": 2, "guarantee": "ryw_user",
      "cause": "client token too old", "floor": {"epoch": 1, "lsn": 812, "ordinal": 3},
      "age_ns": 60000000, "user": "101", "session": "18446744073709551615", "device": 1,
      "index": 3, "phase": "surge", "region": "West Europe", "data_class": "profile",
      "document": "104", "partition": 5, "pod": 6, "served_by": "East US", "replica": 2,
      "attempts": 4, "invoked_ns": 70000000, "completed_ns": 80000000,
      "returned": {"epoch": 1, "lsn": 108, "ordinal": 9},
      "token": {"source": "client", "epoch": 1, "lsn": 107}, "versions_behind": 1,
      "degraded": ""})");
  EXPECT_EQ(all[0], expected);
}

Json picture_of(const PolicyResult& policy, const Timeline& timeline = {}) {
  return Json::parse(picture_json(small_world(), policy, timeline));
}

TEST(PictureJson, HasOneValueAWindowAndNullWhereNothingWasSeen) {
  Timeline timeline{{models::Duration::milliseconds(1), 3}, 2};
  Window& window = timeline.at(models::RegionId{1}, 1);
  window.operations = 7;
  window.ryw_user = {5, 2};
  window.read_latency.record(1000);
  window.gauges = {4, 12, 11, 1, 2, {9000, 3, 0}, 10000, 30, 0, {20, 5, 0}, 0, {}};

  const Json west = picture_of({}, timeline)["timeline"][1];

  EXPECT_EQ(west["region"], "West Europe");
  EXPECT_EQ(west["operations"], Json::parse("[0, 7, 0]"));
  EXPECT_EQ(west["ryw_user_reads"], Json::parse("[0, 5, 0]"));
  EXPECT_EQ(west["ryw_user_wrong"], Json::parse("[0, 2, 0]"));
  EXPECT_EQ(west["read_p99_ns"], Json::parse("[null, 1000, null]"));
  EXPECT_EQ(west["update_p99_ns"], Json::parse("[null, null, null]"));
  EXPECT_EQ(west["pods_ready"], Json::parse("[null, 2.75, null]"));
  EXPECT_EQ(west["breakers_open"], Json::parse("[null, 0.25, null]"));
  EXPECT_EQ(west["broker_down"], Json::parse("[null, 0.5, null]"));
  EXPECT_EQ(west["replication_lag_ns"], Json::parse("[null, 9000, null]"));
  EXPECT_EQ(west["mean_replication_lag_ns"], Json::parse("[null, 2500.0, null]"));
  EXPECT_EQ(west["lag_partition"], Json::parse("[null, 3, null]"));
  EXPECT_EQ(west["entries_lacking"], Json::parse("[null, 7.5, null]"));
  EXPECT_EQ(west["most_entries_lacking"], Json::parse("[null, 20, null]"));
  EXPECT_EQ(west["lacking_partition"], Json::parse("[null, 5, null]"));
  EXPECT_FALSE(west.contains("bytes_waiting")) << "no link of the world is limited";
}

TEST(PictureJson, SaysWhatWaitsForLimitedLinksAndWhereItComesFrom) {
  models::WorldConfig world = small_world();
  world.regions.links.resize(1);
  world.regions.links[0].bytes_per_second = 1000;
  Timeline timeline{{models::Duration::milliseconds(1), 1}, 2};
  timeline.at(models::RegionId{1}, 0).gauges = {2, 0, 0, 0, 0, {}, 0, 0, 0, {}, 300, {200, 0, 0}};

  const Json west = Json::parse(picture_json(world, {}, timeline))["timeline"][1];

  EXPECT_EQ(west["bytes_waiting"], Json::parse("[150.0]"));
  EXPECT_EQ(west["most_bytes_waiting"], Json::parse("[200]"));
  EXPECT_EQ(west["waiting_from"], Json::parse("[\"East US\"]"));
}

TEST(StoreTimelineJson, LeavesOutWhatTheStoreHasNoneOf) {
  Timeline timeline{{models::Duration::milliseconds(1), 2}, 2};
  timeline.store[1].samples = 1;
  timeline.store[1].request_bytes = 70;
  timeline.store[1].replication_bytes = 30;

  const Json store = Json::parse(store_timeline_json(small_world(), timeline));

  EXPECT_EQ(store, Json::parse(R"({"request_bytes": [0, 70], "replication_bytes": [0, 30]})"));
}

TEST(StoreTimelineJson, SaysOfEachWindowWhatLooksHaveSeen) {
  Timeline timeline{{models::Duration::milliseconds(1), 1}, 2};
  StoreWindow& window = timeline.store[0];
  window.samples = 4;
  window.bus_waiting = 6;
  window.at_risk = 10;
  window.most_at_risk = 7;
  window.backups = 2;
  window.backup_bytes = 900;
  window.backup_age_ns = 5000;
  window.greatest_backup_age_ns = 4000;
  window.busiest = {2500, 3, 1};
  window.limit_thousandths = 5000;

  const Json store = Json::parse(store_timeline_json(small_world(), timeline));

  EXPECT_EQ(store["bus_waiting"], Json::parse("[1.5]"));
  EXPECT_EQ(store["writes_at_risk"], Json::parse("[2.5]"));
  EXPECT_EQ(store["most_writes_at_risk"], Json::parse("[7]"));
  EXPECT_EQ(store["backup_bytes"], Json::parse("[900]"));
  EXPECT_EQ(store["backup_age_ns"], Json::parse("[2500.0]"));
  EXPECT_EQ(store["greatest_backup_age_ns"], Json::parse("[4000]"));
  EXPECT_EQ(store["busiest_ru_thousandths"], Json::parse("[2500]"));
  EXPECT_EQ(store["busiest_partition"], Json::parse("[3]"));
  EXPECT_EQ(store["busiest_region"], Json::parse("[\"West Europe\"]"));
  EXPECT_EQ(store["limit_ru_thousandths"], Json::parse("[5000]"));
}

TEST(PictureJson, SaysWhatIsLeftOfACatchUpOnlyWhereOneIsPaced) {
  Timeline timeline{{models::Duration::milliseconds(1), 2}, 2};
  GaugeSums& gauges = timeline.at(models::RegionId{1}, 1).gauges;
  gauges.samples = 4;
  gauges.catch_up_left = 4'000;
  models::WorldConfig paced = small_world();
  paced.store.catch_up.present = true;

  const Json with = Json::parse(picture_json(paced, {}, timeline))["timeline"][1];

  EXPECT_EQ(with["catch_up_left_bytes"], Json::parse("[null, 1000.0]"));
  EXPECT_FALSE(picture_of({}, timeline)["timeline"][1].contains("catch_up_left_bytes"));
}

TEST(RecoveriesJson, SaysHowARegionCaughtUpOnlyWhereThatIsPaced) {
  PolicyResult policy;
  FaultRecovery fault;
  fault.whole.faults = 2;
  fault.whole.catch_up = {3, 1, 5'000, 7'000};
  fault.partitions = {fault.whole};
  policy.recoveries = {fault};
  models::WorldConfig paced = small_world();
  paced.store.catch_up.present = true;

  const Json with = Json::parse(recoveries_json(paced, policy))[0];
  const Json without = Json::parse(recoveries_json(small_world(), policy))[0];

  const Json expected = Json::parse(R"({
      "by_log": 3, "by_snapshot": 1, "log_bytes": 5000, "snapshot_bytes": 7000})");
  EXPECT_EQ(with["catch_up"], expected);
  EXPECT_EQ(with["partitions"][0]["catch_up"], expected);
  EXPECT_FALSE(without.contains("catch_up"));
}

TEST(PictureJson, PutsWrongReadsToTheReadsOfTheirAge) {
  PolicyResult policy;
  for (const std::int64_t age : {10, 1000, 1000, 1'000'000})
    policy.since_write.ryw.opportunities.record(age);
  policy.since_write.ryw.violations.record(1000);

  const Json buckets = picture_of(policy)["since_write"]["ryw"];

  ASSERT_EQ(buckets.size(), 3U);
  EXPECT_EQ(buckets[0]["wrong"], 0);
  EXPECT_EQ(buckets[1]["reads"], 2);
  EXPECT_EQ(buckets[1]["wrong"], 1);
  EXPECT_LE(buckets[1]["from_ns"], 1000);
  EXPECT_GE(buckets[1]["to_ns"], 1000);
  EXPECT_EQ(buckets[2]["wrong"], 0);
}

TEST(PictureJson, NamesPhaseAndRegionOfABlast) {
  PolicyResult policy;
  policy.blast.resize(4);
  policy.blast[3] = {5, 4, 3, 2, 1};

  const Json blast = picture_of(policy)["blast"];

  ASSERT_EQ(blast.size(), 4U);
  EXPECT_EQ(blast[3], Json::parse(R"({"phase": "surge", "region": "West Europe", "users": 5,
                                      "wrong": 4, "failed": 3, "degraded": 2, "hit": 1})"));
}

TEST(Curve, RisesFromTheLeastToTheGreatest) {
  sim::Histogram latency;
  for (std::int64_t i = 1; i <= 1000; ++i) latency.record(i * 1000);

  const Curve curve = curve_of(latency);

  EXPECT_EQ(curve.front(), (CurvePoint{0, 1000}));
  EXPECT_EQ(curve.back(), (CurvePoint{100, 1'000'000}));
  for (std::size_t i = 1; i < curve.size(); ++i) {
    EXPECT_GT(curve[i].percentile, curve[i - 1].percentile);
    EXPECT_GE(curve[i].ns, curve[i - 1].ns);
  }
  EXPECT_TRUE(curve_of({}).empty());
}

}  // namespace
}  // namespace seatrial::analysis
