// SEATRIAL_ASSERT guards against programmer errors in every build. A failing assertion prints the
// place, the simulated time of the running simulation and its seed, and aborts.
#pragma once

namespace seatrial::sim {

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line,
                                   const char* message);

}  // namespace seatrial::sim

#define SEATRIAL_ASSERT(condition, message)                                       \
  do {                                                                            \
    if (!(condition)) [[unlikely]]                                                \
      ::seatrial::sim::assertion_failed(#condition, __FILE__, __LINE__, message); \
  } while (false)
