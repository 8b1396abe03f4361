// What things cost by the user's own contract. Nothing is built in: prices differ by account,
// region and year.
//
// Law: amounts are integers of millionths of the currency, so sums are exact.
#pragma once

#include <cstdint>
#include <string>

#include "models/fields.hpp"

namespace seatrial::scenarios {

struct Prices {
  bool present = false;
  std::string currency;
  // In millionths of the currency; 0: not charged.
  std::int64_t provisioned_hour = 0;  // of 100 RU/s, in each region
  std::int64_t million_request_units = 0;
  std::int64_t gigabyte_between_regions = 0;  // 10^9 bytes
  std::int64_t broker_node_hour = 0;
  std::int64_t pod_hour = 0;
};

// A file with prices alone, which stand for the scenario's: the same keys as /prices.
struct PricesFile {
  std::string path;
  std::string text;
  std::string name() const { return path.substr(path.find_last_of('/') + 1); }
};

void describe(models::FieldVisitor&, Prices&);

}  // namespace seatrial::scenarios
