// The names of the store's messages: legs of the operation that they serve.
#pragma once

#include "models/leg.hpp"

namespace seatrial::models {

inline constexpr Bytes header_bytes = 500;

// Which of an operation's requests to replicas; a read that waits for its token sends many.
using AttemptNumber = std::uint16_t;

enum class StoreLeg : std::uint16_t { request, reply, entry, acknowledgement, commit_notice };

// One name for each (leg, attempt), and for each region where one operation has a message to each.
inline MessageName store_message(const OperationName& operation, StoreLeg leg,
                                 AttemptNumber attempt, RegionId region = {}) {
  constexpr std::uint32_t first = static_cast<std::uint32_t>(Leg::store);
  constexpr std::uint32_t legs = 5;
  constexpr std::uint32_t regions = 128;
  const std::uint32_t variant = (attempt >> 8) * regions + region.value() % regions;
  const std::uint32_t number = first + variant * legs + static_cast<std::uint32_t>(leg);
  return MessageName{operation.session.value(), operation.index,
                     static_cast<std::uint16_t>(number & 0x3FFF),
                     static_cast<std::uint8_t>(attempt)};
}

}  // namespace seatrial::models
