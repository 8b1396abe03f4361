// Text that somebody else wrote, made safe to print: whole characters, and none by which a file
// could steer the terminal or turn the direction of what is read.
#pragma once

#include <string>
#include <string_view>

namespace seatrial::analysis {

// Control characters (C0, C1, DEL) and those that turn the direction of text become '?'.
std::string printable(std::string_view text);

// At most `length` bytes from `from` on, with "..." where text is left out.
std::string excerpt(std::string_view text, std::size_t from, std::size_t length);

}  // namespace seatrial::analysis
