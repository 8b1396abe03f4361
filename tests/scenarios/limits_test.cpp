// Scenarios of absurd size are refused before they cost memory or time.
#include "scenarios/limits.hpp"

#include <gmock/gmock.h>

#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string repeated(std::size_t times, const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += (i == 0 ? "" : ", ") + text;
  return result;
}

TEST(Limit, OfValuesEndsTheReading) {
  const std::string zeros = "[" + repeated(most_values, "0") + "]";

  EXPECT_THAT(errors_of(zeros), ElementsAre(HasSubstr("more than 100000 values in one file")));
}

TEST(Limit, OfProblemsCountsTheRest) {
  const std::string numbers = "{ \"samples\": [ " + repeated(500, "1") + " ] }";

  const auto errors = errors_of(changed("\"20ms\"", numbers));

  ASSERT_EQ(errors.size(), most_problems + 1);
  EXPECT_EQ(errors.back(), "a.json: error: more than 100: the rest is not shown");
}

TEST(Limit, OfKeysHoldsForThousandsOfThemInOneObject) {
  std::string keys = "\"a0\": 0";
  for (int i = 1; i < 50'000; ++i) keys += ", \"a" + std::to_string(i) + "\": 0";

  EXPECT_EQ(errors_of("{ " + keys + " }").size(), most_problems + 1);
}

TEST(Limit, OfPoliciesHoldsForTheirNumberAndForTheirSize) {
  std::string many = "\"p0\": {}";
  for (int i = 1; i < 101; ++i) many += ", \"p" + std::to_string(i) + "\": {}";
  std::string large = "{ \"samples\": [ " + repeated(9'000, "\"1ms\"") + " ] }";
  std::string both = changed("\"as is\": {}", many.substr(0, many.find(", \"p60\"")));
  both.replace(both.find("\"20ms\""), 6, large);

  EXPECT_THAT(errors_of(changed("\"as is\": {}", many)),
              ElementsAre(HasSubstr("/policies: 102 policies, at most 100 are possible")));
  EXPECT_THAT(
      errors_of(both),
      ElementsAre(HasSubstr("/policies: 61 policies of a file with 9107 values, at most 54")));
}

TEST(Limit, OfDepthLeavesALegalMixtureOfMixtures) {
  std::string nested = "\"20ms\"";
  for (int i = 0; i < 12; ++i) {
    nested = "{ \"mixture\": [ { \"share\": \"100%\", \"of\": " + nested + " } ] }";
  }

  EXPECT_THAT(errors_of(changed("\"20ms\"", nested)), testing::IsEmpty());
}

TEST(Limit, OfMemoryIsAskedOfEachPolicy) {
  const std::string without_pods = changed("\"pods\": { \"count\": 2 }, ", "");

  EXPECT_THAT(errors_of(without_pods, {"/policies/redis/pods={ \"count\": 10000 }",
                                       "/policies/redis/store={ \"partitions\": 20000 }"}),
              ElementsAre(HasSubstr("--set /policies/redis/pods: error: /policies/redis/pods: 2 "
                                    "regions with 10000 pods and 20000 partitions of 4 replicas "
                                    "each need about 7 GB of memory; at most 2 GB are possible")));
}

}  // namespace
}  // namespace seatrial::scenarios
