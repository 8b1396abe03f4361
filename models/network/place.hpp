// Where something is, and the name of one message.
#pragma once

#include <cstdint>

#include "models/ids.hpp"

namespace seatrial::models {

struct Place {
  RegionId region;
  std::uint8_t zone = 0;
  constexpr auto operator<=>(const Place&) const = default;
};

// Names one operation of one session: what its draws are named by, so that they are the same under
// every policy.
struct OperationName {
  SessionId session;
  std::uint32_t index = 0;
};

}  // namespace seatrial::models
