// Bills on paper.
#include "analysis/experiment/money.hpp"

#include <gtest/gtest.h>

#include "models/strategies/registry.hpp"

namespace seatrial::analysis {
namespace {

constexpr models::PhaseId first{0};
constexpr models::RegionId east{0}, west{1};

models::WorldConfig world() {
  models::WorldConfig config;
  config.regions.users = {{"East", 0.5}, {"West", 0.5}};
  config.store.request_units_per_second = 4'000;
  config.pods.count = 3;
  config.broker.present = true;
  config.data.resize(1);
  config.phases.resize(2);
  config.phases[0].length = models::Duration::seconds(3'600);
  config.phases[1].length = models::Duration::seconds(1'800);
  config.phases[0].stands_for_hours_per_month = 700;
  config.phases[1].stands_for_hours_per_month = 30;
  return config;
}

scenarios::Prices prices() {
  scenarios::Prices prices;
  prices.present = true;
  prices.currency = "USD";
  prices.provisioned_hour = 8'000;         // 0.008 for 100 RU/s
  prices.million_request_units = 250'000;  // 0.25
  prices.gigabyte_between_regions = 20'000;
  prices.broker_node_hour = 100'000;
  prices.pod_hour = 50'000;
  return prices;
}

RunSummary run_with(const models::WorldConfig& config, std::int64_t ru, std::int64_t bytes) {
  RunSummary run{shape_of(config)};
  run.use(first, east) = {1'000'000, ru * 1000, bytes};
  return run;
}

TEST(Money, OfAnHourIsWhatStandsThere) {
  models::WorldConfig config = world();
  const scenarios::Prices list = prices();

  EXPECT_EQ(standing_hour({list, config}, east), 40 * 8'000 + 3 * 50'000);
  config.session_token.carry = {models::make_kind(models::token_transport_axis(), "broker")};
  EXPECT_EQ(standing_hour({list, config}, west), 40 * 8'000 + 3 * 50'000 + 100'000);
  config.broker.placement = "East";
  EXPECT_EQ(standing_hour({list, config}, west), 40 * 8'000 + 3 * 50'000);
}

TEST(Money, OfUseIsThatOfItsRequestUnitsAndBytes) {
  EXPECT_EQ(used(prices(), {7, 3'000'000'000, 5'000'000'000}), 3 * 250'000 + 5 * 20'000);
  EXPECT_EQ(used(prices(), {7, 1'999, 0}), 0);  // half a millionth and less is rounded off
}

// 730 hours of what stands, and 700 of the first phase's use, which one run had for one.
TEST(Money, OfAMonthWeighsEachPhaseByWhatItStandsFor) {
  const models::WorldConfig config = world();
  const scenarios::Prices list = prices();
  const RunSummary run = run_with(config, 2'000'000, 1'000'000'000);

  const Interval month = cost_a_month({list, config}, {run, run});

  EXPECT_NEAR(month.estimate, 730 * 2 * 0.47 + 700 * (2 * 0.25 + 0.02), 1e-6);
}

TEST(Money, OfAMonthIsUnknownWithoutPricesOrMonths) {
  models::WorldConfig config = world();
  const RunSummary run = run_with(config, 1, 1);

  EXPECT_FALSE(cost_a_month({scenarios::Prices{}, config}, {run, run}).defined);
  config.phases[1].stands_for_hours_per_month = 0;
  const scenarios::Prices list = prices();
  EXPECT_FALSE(cost_a_month({list, config}, {run, run}).defined);
}

TEST(Money, OfAMillionOperationsIsOfThePhasesAndTheRegionAsked) {
  const models::WorldConfig config = world();
  const scenarios::Prices list = prices();
  const std::vector<RunSummary> runs{run_with(config, 2'000'000, 0),
                                     run_with(config, 2'000'000, 0)};
  const Bill bill{list, config};

  // One hour of the first phase, in both regions, for a million operations.
  EXPECT_NEAR(cost_per_million(bill, runs, {{0}, {}, {}}, {}).interval.estimate, 0.5 + 0.94, 1e-9);
  EXPECT_NEAR(cost_per_million(bill, runs, {{0}, 0, {}}, {}).interval.estimate, 0.5 + 0.47, 1e-9);
  EXPECT_FALSE(cost_per_million(bill, runs, {{1}, {}, {}}, {}).interval.defined);
}

TEST(Money, DiffersBetweenPoliciesByWhatEachHas) {
  const models::WorldConfig config = world();
  models::WorldConfig more_pods = config;
  more_pods.pods.count = 4;
  const scenarios::Prices list = prices();
  const std::vector<RunSummary> runs{run_with(config, 0, 0), run_with(config, 0, 0)};

  const Interval difference =
      cost_difference({list, more_pods}, runs, {list, config}, runs, {{0}, {}, {}}, {});

  EXPECT_NEAR(difference.estimate, 2 * 0.05, 1e-9);
}

}  // namespace
}  // namespace seatrial::analysis
