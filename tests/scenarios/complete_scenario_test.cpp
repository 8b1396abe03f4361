// A scenario that says everything: each key reaches its member.
#include <gmock/gmock.h>

#include "scenarios/metrics.hpp"
#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using models::Duration;
using sim::Distribution;

const char* const everything = R"({
  "$schema": "x", "title": "T", "question": "Q",
  "regions": { "matrix": "none", "users": { "A": "25%", "B": "75%" }, "route": "nearest",
    "jitter": false, "zones": 2, "links": { "A > B": { "one_way": "40ms", "loss": "1%",
    "bytes_per_second": "125 MB" }, "B > A": { "one_way": "41ms" } },
    "same_zone_round_trip": "1ms", "cross_zone_round_trip": "2ms", "last_mile_round_trip": "10ms",
    "request_timeout": "30s" },
  "store": { "kind": "cosmos", "write_region": "A", "consistency": "eventual", "partitions": 2,
    "replicas": 5, "write_quorum": 2, "sdk": "java", "read_from": "any_replica",
    "apply_order": "independent", "in_region_lag": "1ms", "read_service": "2ms",
    "write_service": "3ms",
    "replication_lag": { "link": "20ms", "varies_every": "2s", "entry": "5ms" },
    "election": "4s", "failover": { "after": "90s", "to": [ "B", "A" ] },
    "catch_up": { "bytes_per_second": "20 MB", "log_retained": "10min", "snapshot_compression": 4,
                  "other_documents": "1 GB", "first": [ "cart" ] } },
  "broker": { "kind": "redis", "placement": "B", "ttl": "1min", "write": "set",
    "get_service": "1us", "set_service": "2us", "on_unavailable": "fail",
    "client": { "timeout": "50ms", "timeout_check": "10ms",
                "breaker": { "open_after": 3, "retry_after": "1s" } } },
  "pods": { "count": 3, "cpu": 4, "max_in_flight": 5, "max_queue": 6, "cpu_per_operation": "1ms",
    "restart_after": "7s", "balance": { "kind": "random" }, "affinity": "cookie" },
  "data": { "cart": { "owner": "session", "size": "4 KB", "update": "replace_if_match",
                      "patch_size": "1 KB", "replication": "synchronous" },
            "product": { "owner": "shared", "size": "2 KB", "documents": 7,
                         "popularity": { "zipf": 0.99 } } },
  "session_token": { "carry": [ "client", "broker" ], "key": "document",
    "publish": "asynchronous", "publish_after": "1ms", "reads_publish": false, "pod_cache": false },
  "workload": { "sessions": "12/min", "steps_per_session": { "geometric": { "mean": 6 } },
    "pause": "3s", "steps": {
      "buy": { "share": "40%", "do": [ { "update": "cart" }, { "pause": "60ms" },
                                       { "read": "cart" } ] },
      "look": { "share": "60%", "do": [ { "read": "product" } ] } },
    "second_device": { "share": "8%", "refetch_after": "80ms" } },
  "phases": [
    { "name": "normal", "for": "2min", "stands_for": "700 h/month" },
    { "name": "bad", "for": "1min", "sessions": "x5", "ramp": "10s", "faults": [
      { "pods": "A", "kill": 2, "start_within": "5s" }, { "broker": "B", "is": "unreachable" },
      { "partition": [ "B" ] }, { "slow_link": "A > B", "factor": "x3" },
      { "cut_link": "A <> B" }, { "region": "A", "is": "down" },
      { "store": "B", "is": "down" },
      { "replicas": "B", "crash": 2, "restart_after": "20s" },
      { "switchover": "B", "at_most": "30s" } ] } ],
  "baseline": "two", "policies": { "one": {}, "two": {} },
  "objectives": {
    "a": { "metric": "ryw", "of": "cart", "outside": "bad", "at_most": "10 per million" },
    "b": { "metric": "update.p99", "each": "region", "during": "bad", "at_most": "400ms" },
    "c": { "metric": "availability", "at_least": "99.95%" },
    "d": { "metric": "ru_per_operation", "at_most": "12 RU" },
    "e": { "metric": "broker_calls", "at_most": 1.5 } },
  "run": { "seed": 7, "replications": 3, "warmup": "30s" }
})";

class CompleteScenario : public testing::Test {
 protected:
  const Scenario scenario = parsed(everything);
  const models::WorldConfig& world = scenario.policies.front().world;
};

TEST_F(CompleteScenario, DescribesRegions) {
  const auto& regions = world.regions;
  ASSERT_EQ(regions.users.size(), 2u);
  EXPECT_EQ(regions.users[1].region, "B");
  EXPECT_EQ(regions.users[1].share, 0.75);
  EXPECT_FALSE(regions.jitter);
  EXPECT_EQ(regions.zones, 2);
  ASSERT_EQ(regions.links.size(), 2u);
  EXPECT_EQ(regions.links[0].name, "A > B");
  EXPECT_TRUE(regions.links[0].has_one_way);
  EXPECT_EQ(regions.links[0].one_way, Distribution::constant(40e6));
  EXPECT_EQ(regions.links[0].loss, 0.01);
  EXPECT_EQ(regions.links[0].bytes_per_second, 125.0 * 1024 * 1024);
  EXPECT_EQ(regions.same_zone_round_trip, Distribution::constant(1e6));
  EXPECT_EQ(regions.cross_zone_round_trip, Distribution::constant(2e6));
  EXPECT_EQ(regions.last_mile_round_trip, Distribution::constant(10e6));
  EXPECT_EQ(regions.request_timeout, Duration::seconds(30));
}

TEST_F(CompleteScenario, DescribesTheStore) {
  const auto& store = world.store;
  EXPECT_EQ(store.write_region, "A");
  EXPECT_EQ(store.consistency, models::Consistency::eventual);
  EXPECT_EQ(store.partitions, 2);
  EXPECT_EQ(store.replicas, 5);
  EXPECT_EQ(store.write_quorum, 2);
  EXPECT_EQ(store.sdk, models::Sdk::java);
  EXPECT_EQ(store.read_from, models::ReadFrom::any_replica);
  EXPECT_EQ(store.apply_order, models::ApplyOrder::independent);
  EXPECT_EQ(store.in_region_lag, Distribution::constant(1e6));
  EXPECT_EQ(store.read_service, Distribution::constant(2e6));
  EXPECT_EQ(store.write_service, Distribution::constant(3e6));
  EXPECT_EQ(store.replication_lag.link, Distribution::constant(20e6));
  EXPECT_EQ(store.replication_lag.varies_every, Duration::seconds(2));
  EXPECT_EQ(store.replication_lag.entry, Distribution::constant(5e6));
  EXPECT_EQ(store.election, Duration::seconds(4));
  EXPECT_TRUE(store.failover.present);
  EXPECT_EQ(store.failover.after, Duration::seconds(90));
  EXPECT_THAT(store.failover.to, testing::ElementsAre("B", "A"));
  EXPECT_TRUE(store.catch_up.present);
  EXPECT_EQ(store.catch_up.bytes_per_second, 20 * 1024 * 1024);
  EXPECT_EQ(store.catch_up.log_retained, Duration::seconds(600));
  EXPECT_EQ(store.catch_up.snapshot_compression, 4);
  EXPECT_EQ(store.catch_up.other_documents, 1024 * 1024 * 1024);
  EXPECT_THAT(store.catch_up.first, testing::ElementsAre("cart"));
}

TEST_F(CompleteScenario, DescribesTheBroker) {
  const auto& broker = world.broker;
  EXPECT_TRUE(broker.present);
  EXPECT_EQ(broker.placement, "B");
  EXPECT_EQ(broker.ttl, Duration::seconds(60));
  EXPECT_EQ(broker.write, models::BrokerWrite::set);
  EXPECT_EQ(broker.get_service, Distribution::constant(1e3));
  EXPECT_EQ(broker.set_service, Distribution::constant(2e3));
  EXPECT_EQ(broker.on_unavailable->name(), "fail");
  EXPECT_EQ(broker.client.timeout, Duration::milliseconds(50));
  EXPECT_EQ(broker.client.timeout_check, Duration::milliseconds(10));
  EXPECT_TRUE(broker.client.breaker.present);
  EXPECT_EQ(broker.client.breaker.open_after, 3);
  EXPECT_EQ(broker.client.breaker.retry_after, Duration::seconds(1));
}

TEST_F(CompleteScenario, DescribesPodsAndTokens) {
  const auto& pods = world.pods;
  EXPECT_EQ(pods.count, 3);
  EXPECT_EQ(pods.cpu, 4);
  EXPECT_EQ(pods.max_in_flight, 5);
  EXPECT_EQ(pods.max_queue, 6);
  EXPECT_EQ(pods.cpu_per_operation, Distribution::constant(1e6));
  EXPECT_EQ(pods.restart_after, Duration::seconds(7));
  EXPECT_EQ(pods.balance->name(), "random");
  EXPECT_EQ(pods.affinity, models::Affinity::cookie);
  const auto& token = world.session_token;
  ASSERT_EQ(token.carry.size(), 2u);
  EXPECT_EQ(token.carry[1]->name(), "broker");
  EXPECT_EQ(token.key, models::TokenKey::document);
  EXPECT_TRUE(token.asynchronous);
  EXPECT_EQ(token.publish_after, Distribution::constant(1e6));
  EXPECT_FALSE(token.reads_publish);
  EXPECT_FALSE(token.pod_cache);
}

TEST_F(CompleteScenario, DescribesDataAndWorkload) {
  ASSERT_EQ(world.data.size(), 2u);
  EXPECT_EQ(world.data[0].owner, models::Owner::session);
  EXPECT_EQ(world.data[0].size, 4096);
  EXPECT_EQ(world.data[0].update, models::UpdateBy::replace_if_match);
  EXPECT_EQ(world.data[0].patch_size, 1024);
  EXPECT_EQ(world.data[1].documents, 7);
  EXPECT_EQ(world.data[1].zipf, 0.99);
  const auto& workload = world.workload;
  EXPECT_EQ(workload.sessions_per_second, 0.2);
  EXPECT_EQ(workload.steps_per_session, Distribution::geometric(6));
  EXPECT_EQ(workload.pause, Distribution::constant(3e9));
  ASSERT_EQ(workload.steps.size(), 2u);
  EXPECT_EQ(workload.steps[0].share, 0.4);
  ASSERT_EQ(workload.steps[0].actions.size(), 3u);
  EXPECT_EQ(workload.steps[0].actions[0].kind, models::ActionKind::update);
  EXPECT_EQ(workload.steps[0].actions[0].data_class, "cart");
  EXPECT_EQ(workload.steps[0].actions[1].kind, models::ActionKind::pause);
  EXPECT_EQ(workload.steps[0].actions[1].pause, Distribution::constant(60e6));
  EXPECT_EQ(workload.steps[0].actions[2].kind, models::ActionKind::read);
  EXPECT_TRUE(workload.second_device.present);
  EXPECT_EQ(workload.second_device.share, 0.08);
  EXPECT_EQ(workload.second_device.refetch_after, Distribution::constant(80e6));
}

TEST_F(CompleteScenario, DescribesPhasesAndFaults) {
  ASSERT_EQ(world.phases.size(), 2u);
  EXPECT_EQ(world.phases[0].stands_for_hours_per_month, 700);
  EXPECT_EQ(world.phases[1].name, "bad");
  EXPECT_EQ(world.phases[1].length, Duration::seconds(60));
  EXPECT_EQ(world.phases[1].sessions, 5);
  EXPECT_EQ(world.phases[1].ramp, Duration::seconds(10));
  const auto& faults = world.phases[1].faults;
  ASSERT_EQ(faults.size(), 9u);
  EXPECT_EQ(faults[0].kind, models::FaultKind::kill_pods);
  EXPECT_EQ(faults[0].region, "A");
  EXPECT_EQ(faults[0].kill, 2);
  EXPECT_EQ(faults[0].start_within, Duration::seconds(5));
  EXPECT_EQ(faults[1].kind, models::FaultKind::broker);
  EXPECT_EQ(faults[1].state, models::BrokerState::unreachable);
  EXPECT_EQ(faults[2].kind, models::FaultKind::partition);
  EXPECT_THAT(faults[2].regions, testing::ElementsAre("B"));
  EXPECT_EQ(faults[3].kind, models::FaultKind::slow_link);
  EXPECT_EQ(faults[3].link, "A > B");
  EXPECT_EQ(faults[3].factor, 3);
  EXPECT_EQ(faults[4].kind, models::FaultKind::cut_link);
  EXPECT_EQ(faults[4].link, "A <> B");
  EXPECT_EQ(faults[5].kind, models::FaultKind::region);
  EXPECT_EQ(faults[5].region, "A");
  EXPECT_EQ(faults[6].kind, models::FaultKind::store);
  EXPECT_EQ(faults[6].region, "B");
  EXPECT_EQ(faults[7].kind, models::FaultKind::replicas);
  EXPECT_EQ(faults[7].region, "B");
  EXPECT_EQ(faults[7].crash, 2);
  EXPECT_EQ(faults[7].restart_after, Duration::seconds(20));
  EXPECT_EQ(faults[8].kind, models::FaultKind::switchover);
  EXPECT_EQ(faults[8].region, "B");
  EXPECT_EQ(faults[8].at_most, Duration::seconds(30));
}

TEST_F(CompleteScenario, ReadsEachObjectiveInItsMetricsUnit) {
  ASSERT_EQ(scenario.objectives.size(), 5u);
  const auto& list = scenario.objectives;
  EXPECT_EQ(list[0].metric, "ryw");
  EXPECT_EQ(list[0].data_class, "cart");
  EXPECT_EQ(list[0].outside, "bad");
  EXPECT_EQ(list[0].bound, Bound::at_most);
  EXPECT_EQ(list[0].limit, 1e-5);
  EXPECT_TRUE(list[1].each_region);
  EXPECT_EQ(list[1].during, "bad");
  EXPECT_EQ(list[1].limit, 400e6);
  EXPECT_EQ(list[2].bound, Bound::at_least);
  EXPECT_EQ(list[2].limit, 0.9995);
  EXPECT_EQ(list[3].limit, 12);
  EXPECT_EQ(list[4].limit, 1.5);
}

TEST_F(CompleteScenario, KnowsHowToRun) {
  EXPECT_EQ(scenario.title, "T");
  EXPECT_EQ(scenario.question, "Q");
  EXPECT_EQ(scenario.baseline, "two");
  EXPECT_EQ(scenario.run.seed, 7u);
  EXPECT_EQ(scenario.run.replications, 3);
  EXPECT_EQ(world.warmup, Duration::seconds(30));
  EXPECT_EQ(scenario.text, everything);
}

TEST(MetricCatalogue, NamesEachMetricOnce) {
  for (const Metric& metric : metric_catalogue()) {
    EXPECT_EQ(find_metric(metric.name), &metric) << metric.name;
    EXPECT_TRUE(metric.sentence.ends_with('.')) << metric.name;
    EXPECT_FALSE(metric.denominator.empty()) << metric.name;
  }
  EXPECT_EQ(find_metric("rwy"), nullptr);
}

}  // namespace
}  // namespace seatrial::scenarios
