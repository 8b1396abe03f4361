// docs/scenario.md: the scenario file, for a person who reads it from top to bottom. Its tables are
// made of the same fields as the loader; the prose around them is scenarios/reference.md.
#pragma once

#include <string>

namespace seatrial::scenarios {

std::string scenario_reference();

}  // namespace seatrial::scenarios
