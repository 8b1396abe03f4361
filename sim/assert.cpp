#include "sim/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace seatrial::sim {

void assertion_failed(const char* condition, const char* file, int line, const char* message) {
  std::fprintf(stderr, "%s:%d: %s (%s)\n", file, line, message, condition);
  std::abort();
}

}  // namespace seatrial::sim
