// Numbers with units: what is written is read, what is read can be written.
#include "scenarios/quantities.hpp"

#include <gmock/gmock.h>

#include "scenarios/distributions.hpp"

namespace seatrial::scenarios {
namespace {

using enum Dimension;
using testing::Optional;

TEST(Quantity, IsReadInEveryUnit) {
  EXPECT_THAT(parse_quantity(duration, "250ms"), Optional(250e6));
  EXPECT_THAT(parse_quantity(duration, "3 s"), Optional(3e9));
  EXPECT_THAT(parse_quantity(duration, "30min"), Optional(1800e9));
  EXPECT_THAT(parse_quantity(duration, "2h"), Optional(7200e9));
  EXPECT_THAT(parse_quantity(duration, "1d"), Optional(86400e9));
  EXPECT_THAT(parse_quantity(duration, "5us"), Optional(5e3));
  EXPECT_THAT(parse_quantity(duration, "100ns"), Optional(100.0));
  EXPECT_THAT(parse_quantity(duration, "1.5ms"), Optional(1.5e6));
  EXPECT_THAT(parse_quantity(share, "8%"), Optional(0.08));
  EXPECT_THAT(parse_quantity(share, "99.95%"), Optional(0.9995));
  EXPECT_THAT(parse_quantity(share, "10 per million"), Optional(10e-6));
  EXPECT_THAT(parse_quantity(share, "5 per thousand"), Optional(5e-3));
  EXPECT_THAT(parse_quantity(rate, "140/s"), Optional(140.0));
  EXPECT_THAT(parse_quantity(rate, "12/min"), Optional(0.2));
  EXPECT_THAT(parse_quantity(bytes, "4 KB"), Optional(4096.0));
  EXPECT_THAT(parse_quantity(bytes, "1MB"), Optional(1048576.0));
  EXPECT_THAT(parse_quantity(bytes, "512 B"), Optional(512.0));
  EXPECT_THAT(parse_quantity(multiplier, "x0.25"), Optional(0.25));
  EXPECT_THAT(parse_quantity(hours_per_month, "700 h/month"), Optional(700.0));
  EXPECT_THAT(parse_quantity(hours_per_month, "30 min/month"), Optional(0.5));
  EXPECT_THAT(parse_quantity(request_units, "12 RU"), Optional(12.0));
}

TEST(Quantity, IsNothingWithoutItsUnitOrWithAnother) {
  for (const char* text : {"", "5", "ms", "5 m", "-5ms", "5msec", "5  ms", "0x5ms", "infms", " 5ms",
                           "5ms ", "1e999s"}) {
    EXPECT_EQ(parse_quantity(duration, text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_quantity(share, "0.5"), std::nullopt);
  EXPECT_EQ(parse_quantity(rate, "5"), std::nullopt);
  EXPECT_EQ(parse_quantity(bytes, "4 kB"), std::nullopt);
  EXPECT_EQ(parse_quantity(multiplier, "5"), std::nullopt);
  EXPECT_EQ(parse_quantity(multiplier, "5x"), std::nullopt);
}

TEST(Quantity, IsWrittenInTheUnitThatAPersonWouldTake) {
  EXPECT_EQ(format_quantity(duration, 250e6), "250ms");
  EXPECT_EQ(format_quantity(duration, 90e9), "1.5min");
  EXPECT_EQ(format_quantity(duration, 74e9), "74s");
  EXPECT_EQ(format_quantity(duration, 0), "0s");
  EXPECT_EQ(format_quantity(duration, 2000), "2us");
  EXPECT_EQ(format_quantity(share, 0.07), "7%");
  EXPECT_EQ(format_quantity(share, 1e-5), "10 per million");
  EXPECT_EQ(format_quantity(rate, 140), "140/s");
  EXPECT_EQ(format_quantity(bytes, 4096), "4 KB");
  EXPECT_EQ(format_quantity(multiplier, 5), "x5");
}

TEST(Quantity, IsReadBackAsTheSameNumber) {
  const std::vector<std::pair<Dimension, std::vector<double>>> values{
      {duration, {0, 1, 17, 999, 1e3, 123'456, 1e6, 7.1e7, 1e9, 61e9, 3.6e12, 8.64e13, 1e17}},
      {share, {0, 1e-9, 3.3e-7, 1e-5, 0.001, 0.07, 0.29, 1.0 / 3, 0.9995, 1}},
      {rate, {1e-3, 0.2, 1, 33.3, 140, 1e6}},
      {bytes, {1, 100, 1024, 4096, 5000, 1048576, 3e9}},
      {multiplier, {0, 0.25, 1.0 / 3, 5, 1000}},
      {hours_per_month, {1.0 / 6, 0.5, 29, 700}},
      {request_units, {0.001, 1, 12.5}},
      {plain, {0, 0.99, 1e-7, 123456789}}};
  for (const auto& [dimension, list] : values) {
    for (const double value : list) {
      const std::string text = format_quantity(dimension, value);
      EXPECT_THAT(parse_quantity(dimension, text), Optional(value)) << text;
    }
  }
}

std::optional<sim::Distribution> distribution(const std::string& json, Dimension dimension) {
  Problems problems{"", {}};
  return read_distribution(read_tree(json, problems), "", dimension,
                           [](const Node&, const std::string& pointer, const std::string& text) {
                             ADD_FAILURE() << pointer << ": " << text;
                           });
}

TEST(DistributionText, NamesEachKind) {
  using sim::Distribution;
  const std::vector<std::pair<std::string, Distribution>> cases{
      {R"("60ms")", Distribution::constant(60e6)},
      {R"({ "uniform": { "from": "1ms", "to": "2ms" } })", Distribution::uniform(1e6, 2e6)},
      {R"({ "exponential": { "mean": "3ms" } })", Distribution::exponential(3e6)},
      {R"({ "normal": { "mean": "3ms", "standard_deviation": "1ms" } })",
       Distribution::normal(3e6, 1e6)},
      {R"({ "lognormal": { "median": "3s", "p99": "30s" } })", Distribution::lognormal(3e9, 30e9)},
      {R"({ "pareto": { "at_least": "1ms", "shape": 2.5 } })", Distribution::pareto(1e6, 2.5)},
      {R"({ "mixture": [ { "share": "90%", "of": "1ms" }, { "share": "10%", "of": "9ms" } ] })",
       Distribution::mixture(
           {{0.9, Distribution::constant(1e6)}, {0.1, Distribution::constant(9e6)}})},
      {R"({ "percentiles": { "p50": "3ms", "p99": "9ms" } })",
       Distribution::percentiles({{0.5, 3e6}, {0.99, 9e6}})},
      {R"({ "samples": [ "1ms", "3ms" ] })", Distribution::samples({1e6, 3e6})}};
  for (const auto& [json, expected] : cases) {
    EXPECT_THAT(distribution(json, duration), Optional(expected)) << json;
  }
  EXPECT_THAT(distribution("6", plain), Optional(Distribution::constant(6)));
  EXPECT_THAT(distribution(R"({ "geometric": { "mean": 6 } })", plain),
              Optional(Distribution::geometric(6)));
}

TEST(DistributionText, IsReadBackAsTheSameDistribution) {
  using sim::Distribution;
  for (const Distribution& value : {Distribution::constant(2'000), Distribution::exponential(3e6),
                                    Distribution::lognormal(20e6, 120e6)}) {
    const std::string text = format_distribution(value, duration);
    EXPECT_THAT(distribution(text, duration), Optional(value)) << text;
  }
}

}  // namespace
}  // namespace seatrial::scenarios
