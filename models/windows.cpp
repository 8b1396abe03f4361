#include "models/windows.hpp"

namespace seatrial::models {
namespace {

std::int64_t windows_in(Duration whole, Duration length) {
  return whole / length + (length * (whole / length) < whole ? 1 : 0);
}

// A run is at most 146 years long, and a 240th of that below the greatest power of ten here.
Duration shortest_for(Duration whole) {
  std::int64_t power = 1;
  while (true) {
    for (const std::int64_t times : {1, 2, 5})
      if (windows_in(whole, Duration::nanoseconds(times * power)) <= Windows::most)
        return Duration::nanoseconds(times * power);
    power *= 10;
  }
}

}  // namespace

Windows windows_of(const WorldConfig& config) {
  Duration whole = config.warmup;
  for (const PhaseConfig& phase : config.phases) whole += phase.length;
  Windows windows;
  windows.length = shortest_for(whole);
  windows.count = static_cast<std::uint32_t>(windows_in(whole, windows.length));
  return windows;
}

}  // namespace seatrial::models
