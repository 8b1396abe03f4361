// What is observed over the course of a run is summed up in windows of one length, which cover the
// warm-up and the phases; the last may reach beyond their end.
//
// Law: the length is 1, 2 or 5 times a power of ten of nanoseconds, the least of which no more
// than 240 are needed, so windows seldom lie across the border of two phases and are the same
// under every policy.
#pragma once

#include <cstddef>
#include <cstdint>

#include "models/world_config.hpp"

namespace seatrial::models {

struct Windows {
  static constexpr std::int64_t most = 240;

  Duration length = Duration::nanoseconds(1);
  std::uint32_t count = 0;

  // Beyond the last when the instant is after the end.
  std::size_t index_of(Instant when) const {
    return static_cast<std::size_t>(when.since_start() / length);
  }
  Instant start_of(std::size_t window) const {
    return Instant::at(length * static_cast<std::int64_t>(window));
  }
  bool operator==(const Windows&) const = default;
};

Windows windows_of(const WorldConfig&);

}  // namespace seatrial::models
