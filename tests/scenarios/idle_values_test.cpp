// What a report counts as assumed can move the answer.
#include "scenarios/idle_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::Contains;
using testing::Not;

std::set<std::string> idle(const std::string& text, const std::string& policy = "as is") {
  const Scenario scenario = parsed(text);
  for (const Policy& one : scenario.policies)
    if (one.name == policy) return idle_values(one.world, scenario.resolved.at(policy));
  return {};
}

TEST(IdleValues, AreThoseOfWhatAPolicyDoesNotUse) {
  EXPECT_THAT(idle(small_scenario()), Contains("/broker/ttl"));
  EXPECT_THAT(idle(small_scenario(), "redis"), Not(Contains("/broker/ttl")));
  EXPECT_THAT(idle(small_scenario()), Contains("/store/drop_region_after"));
  EXPECT_THAT(idle(small_scenario()), Contains("/store/election"));
  EXPECT_THAT(idle(small_scenario()), Contains("/store/staleness_bound/versions"));
}

TEST(IdleValues, AreDefaultsThatSayNone) {
  const std::set<std::string> found = idle(small_scenario());

  for (const char* const pointer :
       {"/store/request_units_per_second", "/store/replication/compression",
        "/store/replication/compress_per_mb", "/store/replication/diff_per_mb", "/data/cart/ttl",
        "/data/cart/documents", "/data/cart/popularity/zipf", "/phases/0/ramp",
        "/pods/restart_after", "/workload/steps/add/do/0/changes"})
    EXPECT_THAT(found, Contains(pointer));
}

TEST(IdleValues, AreNotThoseThatAct) {
  const std::set<std::string> found = idle(small_scenario());

  for (const char* const pointer :
       {"/store/replicas", "/store/in_region_lag", "/pods/max_queue", "/pods/count",
        "/regions/zones", "/data/cart/patch_size", "/store/read_from"})
    EXPECT_THAT(found, Not(Contains(pointer)));
}

TEST(IdleValues, ActWhenWhatTheyBelongToIsOn) {
  const std::string faulty = changed(
      R"("for": "2min" })", R"("for": "2min", "faults": [ { "pods": "East US", "kill": 1 } ] })");
  EXPECT_THAT(idle(faulty), Not(Contains("/pods/restart_after")));

  const std::string surging =
      changed(R"("for": "2min" })",
              R"("for": "2min" }, { "name": "surge", "for": "1min", "sessions": "x2" })");
  EXPECT_THAT(idle(surging), Not(Contains("/phases/1/ramp")));

  const std::string with_paths = changed(R"("size": "4 KB" })", R"("size": "4 KB", "paths": 4 })");
  EXPECT_THAT(idle(with_paths), Not(Contains("/workload/steps/add/do/0/changes")));
}

TEST(IdleValues, AreNeverWhatSomebodyWroteThatSaysNone) {
  const std::string stated = changed(R"("size": "4 KB" })", R"("size": "4 KB", "ttl": "0s" })");

  EXPECT_THAT(idle(stated), Not(Contains("/data/cart/ttl")));
}

}  // namespace
}  // namespace seatrial::scenarios
