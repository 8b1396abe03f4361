// Reads the command line, calls one subcommand and turns what happens into an exit code.
#pragma once

#include <string>
#include <vector>

#include "app/environment.hpp"

namespace seatrial::app {

// `arguments` without the program's name.
int run_command_line(const std::vector<std::string>& arguments, Environment&);

}  // namespace seatrial::app
