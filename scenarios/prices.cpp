#include "scenarios/prices.hpp"

#include <cmath>

namespace seatrial::scenarios {
namespace {

constexpr double millionths = 1e6;

void amount(models::FieldVisitor& v, std::string_view key, std::string_view sentence,
            std::int64_t& price) {
  double value = static_cast<double>(price) / millionths;
  v.number({.key = key,
            .sentence = sentence,
            .source = "the user's: none is built in",
            .at_least = 0,
            .at_most = 1e6},
           value);
  price = std::llround(value * millionths);
}

}  // namespace

void describe(models::FieldVisitor& v, Prices& prices) {
  v.text({.key = "currency",
          .sentence = "The currency of all prices, as reports write it.",
          .required = "say which currency the prices are in, for example \"USD\""},
         prices.currency);
  amount(v, "provisioned_100_ru_per_second_hour",
         "An hour of 100 RU/s of provisioned throughput in one region; how many there are says "
         "/store/request_units_per_second.",
         prices.provisioned_hour);
  amount(v, "million_request_units",
         "A million request units where they are billed as they are used (serverless).",
         prices.million_request_units);
  amount(v, "gigabyte_between_regions", "10^9 bytes sent from one region to another.",
         prices.gigabyte_between_regions);
  amount(v, "broker_node_hour", "An hour of one broker, where a policy has brokers.",
         prices.broker_node_hour);
  amount(v, "pod_hour", "An hour of one pod.", prices.pod_hour);
}

}  // namespace seatrial::scenarios
