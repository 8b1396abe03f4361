// Bytes between regions of what came too late: somebody pays for them all the same.
#include <gtest/gtest.h>

#include "models/broker/broker.hpp"
#include "tests/models/world_fixture.hpp"

namespace seatrial::models {
namespace {

constexpr Bytes request = 700;
constexpr Bytes header = 500;
constexpr Bytes size = 1024;
constexpr Bytes patch = 256;

Bytes bytes_of(const Observations& seen) {
  Bytes sum = 0;
  for (const OperationObserved& operation : seen.operations) sum += operation.bytes;
  for (const LateCost& cost : seen.late_costs) sum += cost.bytes;
  return sum;
}

// Users of West, whose pod is gone: East's serves them. A millisecond from one to the other.
WorldConfig served_abroad(ActionKind action) {
  WorldConfig config = quiet_world();
  config.regions.links = {link_of("West <> East", milliseconds(1))};
  config.regions.request_timeout = milliseconds(40);
  config.workload.steps[0].actions = {action_of(action)};
  FaultConfig fault;
  fault.region = "West";
  fault.kill = 1;
  fault.start_within = Duration{};
  config.phases[0].faults = {fault};
  config.pods.restart_after = Duration::seconds(1000);
  return config;
}

TEST(LateBytes, AreThoseOfAReplyFromAPodAbroad) {
  WorldConfig config = served_abroad(ActionKind::update);
  config.store.write_service = constant(milliseconds(50));

  const Observations seen = observe(config).seen;

  ASSERT_EQ(seen.count(Outcome::timed_out), seen.operations.size());
  const Bytes to_pod_and_back = request + header;
  const Bytes to_store_and_back = header + patch + header;
  const Bytes entry = header + patch;
  const auto updates = static_cast<Bytes>(seen.operations.size());
  EXPECT_EQ(bytes_of(seen), updates * (to_pod_and_back + to_store_and_back + entry));
}

TEST(LateBytes, AreThoseOfABrokerThatAnsweredTooLate) {
  WorldConfig config = served_abroad(ActionKind::read);
  config.broker.placement = "West";
  config.broker.client.timeout = milliseconds(1);
  config.broker.client.timeout_check = Duration{};
  carry(config, {"broker"});

  const Observations seen = observe(config).seen;

  ASSERT_EQ(seen.count(Outcome::ok), seen.operations.size());
  const Bytes to_pod_and_back = request + header + size;
  const auto reads = static_cast<Bytes>(seen.operations.size());
  EXPECT_EQ(bytes_of(seen), reads * (to_pod_and_back + 2 * broker_message_bytes));
  EXPECT_EQ(seen.late_costs.size(), seen.operations.size());
}

TEST(LateBytes, AreThoseOfEntriesWithSeveralWriteRegions) {
  WorldConfig config = quiet_world();
  config.store.write_regions = {"West", "East"};
  config.store.write_service = constant(milliseconds(50));
  config.regions.request_timeout = milliseconds(40);
  config.workload.steps[0].actions = {action_of(ActionKind::update)};

  const Observations seen = observe(config).seen;

  ASSERT_EQ(seen.count(Outcome::timed_out), seen.operations.size());
  EXPECT_EQ(bytes_of(seen), static_cast<Bytes>(seen.operations.size()) * (header + patch));
}

}  // namespace
}  // namespace seatrial::models
