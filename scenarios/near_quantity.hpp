// What a value that is no quantity was probably meant to be: units as people write them elsewhere.
#pragma once

#include <string>

#include "scenarios/json_tree.hpp"
#include "scenarios/quantities.hpp"

namespace seatrial::scenarios {

// `; did you mean "40 KB"?`, or what else is wrong with it; nothing where nobody knows.
std::string near_quantity(Dimension, const Node&);

}  // namespace seatrial::scenarios
