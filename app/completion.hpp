// Shell completion, written from the command line's own definitions.
#pragma once

#include <string>

#include "app/command_tree.hpp"

namespace seatrial::app {

std::string bash_completion(const CommandNode&);
std::string zsh_completion(const CommandNode&);
std::string fish_completion(const CommandNode&);

}  // namespace seatrial::app
