#include "scenarios/schema.hpp"

#include <ostream>

#include "app/arguments.hpp"

namespace seatrial::app {

int schema(Environment& environment) {
  environment.out << scenarios::scenario_schema();
  return exit_code::good;
}

}  // namespace seatrial::app
