// Degradation: what a read does when the broker that should have its token does not answer.
#pragma once

#include "models/fields.hpp"
#include "models/observation.hpp"

namespace seatrial::models {

enum class DegradedRead { with_what_is_known, from_write_region, fail };

class DegradationKind : public StrategyKind {
 public:
  virtual DegradedRead read() const = 0;
};

}  // namespace seatrial::models
