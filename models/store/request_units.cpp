#include "models/store/request_units.hpp"

#include <algorithm>
#include <cmath>

namespace seatrial::models {

namespace {
constexpr double insert_factor = 5;
constexpr double replace_factor = 2 * insert_factor;

// The square root of IEEE 754 is exact to the last bit, so this is the same everywhere.
RequestUnits scaled(double factor, Bytes document) {
  const double kilobytes = static_cast<double>(std::max<Bytes>(document, 1024)) / 1024;
  return RequestUnits{static_cast<std::int64_t>(factor * 1000 * std::sqrt(kilobytes) + 0.5)};
}
}  // namespace

RequestUnits cost_of_read(Bytes document) { return scaled(1, document); }

RequestUnits cost_of_write(OperationKind kind, Bytes document) {
  return scaled(kind == OperationKind::update ? replace_factor : insert_factor, document);
}

RequestUnits cost_of_refusal(Bytes document, bool is_missing) {
  return cost_of_read(is_missing ? 0 : document);
}

}  // namespace seatrial::models
