// The man page seatrial(1), written from the command line's own definitions.
#pragma once

#include <string>

#include "app/command_tree.hpp"

namespace seatrial::app {

std::string man_page(const CommandNode&);

}  // namespace seatrial::app
