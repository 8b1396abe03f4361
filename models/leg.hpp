// The messages of one operation. Each is named by the operation and its leg, so that its delay is
// the same under every policy that sends it.
#pragma once

#include "models/network/network.hpp"
#include "models/network/place.hpp"

namespace seatrial::models {

// The store's messages use the legs from `store` upwards.
enum class Leg : std::uint16_t {
  device_to_door,
  door_to_device,
  door_to_pod,
  pod_to_door,
  broker_get,
  broker_get_back,
  broker_set,
  broker_set_back,
  store = 16
};

inline MessageName name_of(const OperationName& operation, Leg leg, std::uint8_t attempt = 0) {
  return MessageName{operation.session.value(), operation.index, static_cast<std::uint16_t>(leg),
                     attempt};
}

}  // namespace seatrial::models
