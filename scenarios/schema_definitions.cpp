// The quantities and distributions of the schema, as the parser of quantities and the reader of
// distributions take them.
#include <nlohmann/json.hpp>

#include "scenarios/distributions.hpp"
#include "scenarios/quantities.hpp"
#include "scenarios/schema.hpp"

namespace seatrial::scenarios {
namespace {

using Json = nlohmann::ordered_json;

Json quantity(Dimension dimension, std::vector<std::string> examples) {
  return {{"description", expected(dimension)},
          {"type", "string"},
          {"pattern", quantity_pattern(dimension)},
          {"examples", std::move(examples)}};
}

Json closed(const char* description, Json properties) {
  Json required = Json::array();
  for (const auto& [key, of] : properties.items()) required.push_back(key);
  return {{"description", description},
          {"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

// `value` is a duration or a number, `above_zero` one that must not be 0 (where JSON can say it).
Json kinds(const Json& value, const Json& above_zero, const Json& shape, const Json& itself) {
  const Json part = closed("one of several distributions, and how often it is the one",
                           {{"share", {{"$ref", "#/definitions/share"}}}, {"of", itself}});
  return {{"uniform",
           closed("each value between the two equally likely", {{"from", value}, {"to", value}})},
          {"exponential", closed("memoryless, with this mean", {{"mean", above_zero}})},
          {"normal",
           closed("normal; below 0 counts as 0", {{"mean", value}, {"standard_deviation", value}})},
          {"lognormal", closed("lognormal through these two percentiles",
                               {{"median", above_zero}, {"p99", value}})},
          {"pareto", closed("heavy-tailed: P(more than x) = (at_least / x) ^ shape",
                            {{"at_least", above_zero}, {"shape", shape}})},
          {"mixture",
           {{"description", "several distributions, whose shares sum to 100%"},
            {"type", "array"},
            {"items", part},
            {"minItems", 1}}},
          {"percentiles",
           {{"description", "linear between these percentiles, flat outside"},
            {"type", "object"},
            {"patternProperties", {{percentile_pattern(), value}}},
            {"additionalProperties", false},
            {"minProperties", 1}}},
          {"samples",
           {{"description", "measured values, each equally likely"},
            {"type", "array"},
            {"items", value},
            {"minItems", 1}}}};
}

// One value, or an object whose only key is the kind.
Json distribution(const char* description, const Json& value, Json kinds) {
  return {{"description", description},
          {"if", {{"type", "object"}}},
          {"then",
           {{"properties", std::move(kinds)},
            {"additionalProperties", false},
            {"minProperties", 1},
            {"maxProperties", 1}}},
          {"else", value}};
}

}  // namespace

std::string schema_definitions() {
  using enum Dimension;
  Json all;
  all["duration"] = quantity(duration, {"250ms", "3s", "30min"});
  all["share"] = quantity(share, {"8%", "10 per million"});
  all["rate"] = quantity(rate, {"140/s", "12/min"});
  all["bytes"] = quantity(bytes, {"4 KB", "512 B"});
  all["multiplier"] = quantity(multiplier, {"x5", "x0.25"});
  all["hours_per_month"] = quantity(hours_per_month, {"700 h/month", "10 min/month"});
  all["request_units"] = quantity(request_units, {"12 RU"});

  Json shape = {{"type", "number"}, {"minimum", least_shape}};
  const Json time = {{"$ref", "#/definitions/duration"}};
  const Json times = {{"$ref", "#/definitions/duration_distribution"}};
  all["duration_distribution"] = distribution("a duration, or a distribution of durations", time,
                                              kinds(time, time, shape, times));

  const Json number = {{"type", "number"}, {"minimum", 0}, {"maximum", most_count}};
  const Json above_zero = {{"type", "number"}, {"exclusiveMinimum", 0}, {"maximum", most_count}};
  shape["maximum"] = most_count;
  const Json numbers = {{"$ref", "#/definitions/count_distribution"}};
  Json of_numbers = kinds(number, above_zero, shape, numbers);
  of_numbers["geometric"] =
      closed("1, 2, ...: how many until the last one",
             {{"mean", {{"type", "number"}, {"minimum", 1}, {"maximum", most_count}}}});
  all["count_distribution"] =
      distribution("a number, or a distribution of numbers", number, std::move(of_numbers));
  return all.dump();
}

}  // namespace seatrial::scenarios
