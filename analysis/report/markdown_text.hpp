// Text that a scenario brings along, so that GitHub shows it as it is.
#pragma once

#include <string>
#include <string_view>

namespace seatrial::analysis {

// In one line: no markup, no HTML, no cell's end, no link, no mention of a person or a number.
std::string markdown_text(std::string_view text);

// The same, where a line begins with it.
std::string markdown_line(std::string_view text);

// Between backticks.
std::string markdown_code(std::string_view text);

}  // namespace seatrial::analysis
