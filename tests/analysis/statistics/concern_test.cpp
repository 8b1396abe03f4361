#include "analysis/statistics/concern.hpp"

#include <gtest/gtest.h>

#include <set>

#include "analysis/statistics/metric.hpp"

namespace seatrial::analysis {
namespace {

TEST(Concern, PutsRightReadsFirstAndCostLast) {
  EXPECT_LT(concern_of("ryw"), concern_of("availability"));
  EXPECT_LT(concern_of("availability"), concern_of("writes_lost"));
  EXPECT_LT(concern_of("writes_lost"), concern_of("read.p99"));
  EXPECT_LT(concern_of("update.p99"), concern_of("ru_per_operation"));
}

TEST(Concern, IsCostOnlyForWhatIsPaid) {
  std::set<std::string_view> costs;
  for (const Metric& metric : metrics())
    if (concern_of(metric.name) == Concern::cost) costs.insert(metric.name);

  EXPECT_EQ(costs, (std::set<std::string_view>{"ru_per_operation", "cross_region_calls",
                                               "broker_calls", "cross_region_bytes",
                                               "cost_per_million", "replication_bytes"}));
}

}  // namespace
}  // namespace seatrial::analysis
