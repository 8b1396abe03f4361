// A name that a file of somebody else may hold, and what must not come of it on a terminal.
#pragma once

#include <gmock/gmock.h>

#include <string>

namespace seatrial::app {

// A colour, a bell, and what turns the direction of the line.
inline const std::string hostile_name = "evil\x1b[31m\a\xE2\x80\xAE";

MATCHER(SteersNothing, "holds no control character and none that turns the direction") {
  return arg.find('\x1b') == std::string::npos && arg.find('\a') == std::string::npos &&
         arg.find("\xE2\x80\xAE") == std::string::npos;
}

}  // namespace seatrial::app
