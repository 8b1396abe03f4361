// A file of the user's own prices stands for those of the scenario.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scenarios/load.hpp"
#include "tests/scenarios/small_scenario.hpp"

namespace seatrial::scenarios {
namespace {

using testing::ElementsAre;

Scenario priced(const std::string& prices, const std::vector<std::string>& overrides = {}) {
  return parse_scenario(small_scenario(), "small.json", overrides,
                        PricesFile{"our/azure.json", prices});
}

std::vector<std::string> errors_of(const std::string& prices,
                                   const std::vector<std::string>& overrides = {}) {
  std::vector<std::string> lines;
  try {
    priced(prices, overrides);
  } catch (const ScenarioError& error) {
    for (const Problem& problem : error.problems) lines.push_back(to_line(problem));
  }
  return lines;
}

TEST(PricesFile, StandsForTheScenariosOwnPrices) {
  const std::string text =
      changed("\"pods\":", R"("prices": { "currency": "USD", "broker_node_hour": 1 }, "pods":)");

  const Scenario scenario =
      parse_scenario(text, "small.json", {},
                     PricesFile{"our/azure.json", R"({"currency": "EUR", "pod_hour": 0.09})"});

  EXPECT_TRUE(scenario.prices.present);
  EXPECT_EQ(scenario.prices.currency, "EUR");
  EXPECT_EQ(scenario.prices.pod_hour, 90'000);
  EXPECT_EQ(scenario.prices.broker_node_hour, 0);
  EXPECT_EQ(scenario.text, text);
}

TEST(PricesFile, MayBeChangedByOneValueOfTheCommandLine) {
  const Scenario scenario =
      priced(R"({"currency": "EUR", "pod_hour": 0.09})", {"/prices/pod_hour=0.2"});

  EXPECT_EQ(scenario.prices.pod_hour, 200'000);
}

TEST(PricesFile, SaysOfItsValuesWhereTheyStand) {
  const Scenario scenario = priced("{ \"currency\": \"EUR\",\n  \"pod_hour\": 0.09 }");

  const auto& values = scenario.resolved.begin()->second;
  const auto found = std::find_if(values.begin(), values.end(), [](const ResolvedValue& value) {
    return value.pointer == "/prices/pod_hour";
  });
  ASSERT_NE(found, values.end());
  EXPECT_EQ(found->origin, Origin::command_line);
  EXPECT_EQ(found->source, "azure.json:2");
  EXPECT_EQ(found->line, 0);
}

TEST(PricesFile, IsRefusedWithItsOwnPlaces) {
  EXPECT_THAT(errors_of("{ \"currency\": \"EUR\",\n  \"pod_hours\": 0.09 }"),
              ElementsAre("our/azure.json:2:3: error: /pod_hours: unknown key; did you mean "
                          "\"pod_hour\"?"));
  EXPECT_THAT(errors_of("{ \"currency\": \"EUR\", \"pod_hour\": \"9 cents\" }"),
              ElementsAre("our/azure.json:1:34: error: /pod_hour: expected a number like 0.99, got "
                          "\"9 cents\""));
  EXPECT_THAT(errors_of("{ \"currency\": \"EUR\", \"pod_hour\": -1 }"),
              ElementsAre("our/azure.json:1:34: error: /pod_hour: must be at least 0, got -1"));
  EXPECT_THAT(errors_of("{ \"pod_hour\": 1 }"),
              ElementsAre("our/azure.json:1:1: error: /currency: missing: say which currency the "
                          "prices are in, for example \"USD\""));
  EXPECT_THAT(errors_of("[ 1 ]"), ElementsAre("our/azure.json:1:1: error: expected an object "
                                              "{ ... }: the keys of /prices"));
  EXPECT_THAT(errors_of(R"({ "prices": { "currency": "EUR" } })"),
              ElementsAre("our/azure.json:1:13: error: /prices: leave \"prices\" and its braces "
                          "out: a file of prices has its keys at the top"));
  EXPECT_THAT(errors_of("{ \"currency\": "), testing::SizeIs(1));
}

TEST(PricesFile, DoesNotHideWhatIsWrongWithTheScenario) {
  EXPECT_THAT(errors_of(R"({ "currency": "EUR", "pod_houri": 1 })", {"/pods/count=0"}),
              ElementsAre(testing::HasSubstr("our/azure.json:1:22: error: /pod_houri"),
                          testing::HasSubstr("--set /pods/count: error: /pods/count")));
}

}  // namespace
}  // namespace seatrial::scenarios
