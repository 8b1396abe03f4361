#include "app/arguments.hpp"
namespace seatrial::app {
int init(const InitArguments&, Environment&) { return 0; }
}  // namespace seatrial::app
