// Every key of a scenario's world with its default, the default's source and a sentence, from the
// field tables.
#pragma once

#include <iosfwd>

namespace seatrial::app {

void list_defaults(std::ostream&);

}  // namespace seatrial::app
