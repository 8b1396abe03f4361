// Changes that nobody makes by mistake: known keys and values in places where they may or may not
// be legal, numbers at the ends of what there is, copies of whole parts.
#pragma once

#include "tests/fuzz/mutations.hpp"

namespace seatrial::fuzz {

void make_wild(scenarios::Node& root, Random&);

}  // namespace seatrial::fuzz
