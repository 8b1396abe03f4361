#include "analysis/capacity/offered_load.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "scenarios/load.hpp"

namespace seatrial::analysis {
namespace {

// East takes the writes and 60 % of the users; ten sessions a second of one update and two reads.
models::WorldConfig world(const std::vector<std::string>& overrides = {}) {
  const std::string text = R"({
    "title": "t", "question": "q",
    "regions": { "users": { "East": "60%", "West": "40%" },
                 "links": { "East <> West": { "one_way": "40ms",
                                              "bytes_per_second": "100000 B" } } },
    "store": { "write_region": "East", "consistency": "session", "replication_lag": "20ms",
               "partitions": 2 },
    "broker": { "client": { "timeout": "50ms", "timeout_check": "50ms" }, "get_service": "10us",
                "set_service": "20us" },
    "pods": { "count": 4, "cpu": 2, "cpu_per_operation": "8ms" },
    "data": { "cart": { "owner": "user", "size": "4 KB" } },
    "workload": { "sessions": "10/s", "steps": { "s": { "share": "100%", "do": [
      { "update": "cart" }, { "read": "cart" }, { "read": "cart" } ] } } },
    "phases": [ { "name": "normal", "for": "1min" } ],
    "policies": { "only": { "session_token": { "carry": [ "broker" ] } } },
    "objectives": { "o": { "metric": "ryw", "at_most": "1%" } } })";
  return scenarios::parse_scenario(text, "w.json", overrides).policies.front().world;
}

Demand demand_of(const models::WorldConfig& world, Limit limit, const std::string& where) {
  for (const Demand& demand : demands_of(world))
    if (demand.limit == limit && demand.where == where) return demand;
  ADD_FAILURE() << "no demand on it in " << where;
  return {};
}

TEST(OfferedLoad, OfPodsIsOperationsTimesTheirWork) {
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::pod_cpu, "East").rate, 18);
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::pod_cpu, "East").used, 18 * 0.008 / 8);
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::pod_cpu, "West").used, 12 * 0.008 / 8);
}

TEST(OfferedLoad, OfABrokerIsOneGetAReadAndOneSetAnUpdate) {
  const Demand east = demand_of(world(), Limit::broker, "East");

  EXPECT_DOUBLE_EQ(east.rate, 18);
  EXPECT_NEAR(east.used, 12 * 10e-6 + 6 * 20e-6, 1e-12);
  EXPECT_NEAR(demand_of(world({"/broker/placement=West"}), Limit::broker, "West").rate, 30, 1e-9);
  EXPECT_NEAR(demand_of(world({"/data/cart/update=replace"}), Limit::broker, "East").rate, 24,
              1e-9);
}

// 4 KB: a read costs 2 RU, an update 20; all updates go to East.
TEST(OfferedLoad, OfAPartitionIsReadsHereAndUpdatesInTheWriteRegion) {
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::request_units, "East").rate, 12 * 2 + 10 * 20);
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::request_units, "West").rate, 8 * 2);
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::request_units, "West").used, 8 * 2 / 2 / 10'000.0);
  EXPECT_DOUBLE_EQ(
      demand_of(world({"/store/consistency=strong"}), Limit::request_units, "East").rate,
      12 * 2 * 2 + 10 * 20);
}

TEST(OfferedLoad, OfThePrimaryIsAllReadsWhereReadsGoThere) {
  const auto primary = world({"/store/read_from=primary"});

  EXPECT_DOUBLE_EQ(demand_of(primary, Limit::request_units, "East").rate, 20 * 2 + 10 * 20);
  EXPECT_DOUBLE_EQ(demand_of(primary, Limit::request_units, "West").rate, 0);
}

// Each write region takes its own updates, and a link carries what the other one gets of them.
TEST(OfferedLoad, OfSeveralWriteRegionsIsTheirOwnUpdates) {
  const auto both = world({R"(/store/write_regions=["East","West"])"});

  EXPECT_NEAR(demand_of(both, Limit::request_units, "East").rate, 12 * 2 + 6 * 20, 1e-9);
  EXPECT_NEAR(demand_of(both, Limit::request_units, "West").rate, 8 * 2 + 4 * 20, 1e-9);
  EXPECT_DOUBLE_EQ(demand_of(both, Limit::link, "West > East").rate, 4 * (500 + 256));
  EXPECT_DOUBLE_EQ(demand_of(both, Limit::link, "East > West").rate, 6 * (500 + 256));
}

// 4 KB: an insert costs 10 RU, an update 20, a read 2.
TEST(OfferedLoad, OfInsertsAndDeletesIsHalfThatOfUpdates) {
  const models::WorldConfig inserts =
      world({R"(/workload/steps/s/do=[{"insert":"cart"},{"delete":"cart"},{"read":"cart"}])",
             "/data/cart/at_start=absent"});

  EXPECT_DOUBLE_EQ(demand_of(inserts, Limit::request_units, "East").rate, 10 * (10 + 10) + 6 * 2);
  EXPECT_DOUBLE_EQ(demand_of(inserts, Limit::pod_cpu, "East").rate, 18);
  EXPECT_DOUBLE_EQ(demand_of(inserts, Limit::broker, "East").rate, 18);
}

TEST(OfferedLoad, OfThePartitionOfAPopularDocumentIsMore) {
  const auto shared = world({R"(/data/cart={"owner":"shared","size":"4 KB","documents":2,)"
                             R"("popularity":{"zipf":1}})"});

  // Two thirds of the load are the first document's, and the other one's is spread.
  EXPECT_NEAR(demand_of(shared, Limit::request_units, "West").used,
              8 * 2 * (2.0 / 3 + 1.0 / 6) / 10'000, 1e-9);
}

// To the write region requests, from there replies and all that the other region gets of the log.
TEST(OfferedLoad, OfALinkIsUpdatesOfOtherRegionsAndWhatIsReplicated) {
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::link, "West > East").rate, 4 * (500 + 256));
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::link, "East > West").rate, 4 * 500 + 10 * 756);
  EXPECT_DOUBLE_EQ(demand_of(world({"/store/replication={\"kind\":\"asynchronous\",\"ship\":"
                                    "\"full\",\"compression\":2}"}),
                             Limit::link, "East > West")
                       .rate,
                   4 * 500 + 10 * (500 + 2048));
  EXPECT_DOUBLE_EQ(demand_of(world(), Limit::link, "West > East").used, 4 * 756 / 100'000.0);
}

TEST(Waits, AreErlangsAndPollaczekAndKhinchines) {
  const auto exponential = world({"/pods/count=1", "/pods/cpu=1", "/workload/sessions=20/s",
                                  R"(/pods/cpu_per_operation={"exponential":{"mean":"20ms"}})"});

  // 36 operations a second of 20 ms: 72 % of one core; M/M/1.
  EXPECT_NEAR(cpu_wait(exponential, 0, 1), 0.72 * 0.02 / 0.28, 0.001);
  EXPECT_TRUE(std::isinf(cpu_wait(exponential, 0, 1.4)));
  EXPECT_DOUBLE_EQ(cpu_wait(world({"/pods/cpu_per_operation=0ms"}), 0, 1), 0);

  const double load = 2000;  // of 24,000 GET/s of 10 us and 12,000 SET/s of 20 us
  EXPECT_NEAR(broker_wait(world(), 0, load), (24'000 * 1e-10 + 12'000 * 4e-10) / (2 * 0.52), 1e-9);
  EXPECT_TRUE(std::isinf(broker_wait(world(), 0, 5000)));
}

}  // namespace
}  // namespace seatrial::analysis
