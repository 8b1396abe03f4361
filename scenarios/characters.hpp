// Characters of texts that somebody else wrote. What controls a terminal, or the direction of a
// line, has no place in a name, and reaches no screen from a message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seatrial::scenarios {

// Bytes of the UTF-8 sequence at the start of `rest`; 0: none is valid (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view rest);
// Of a valid sequence.
char32_t code_point(std::string_view sequence);

// Control characters (C0, DEL, C1), line and paragraph separators, formatting of text direction,
// and what is no character at all.
bool is_unprintable(char32_t code);
// The first unprintable character; U+FFFD where the text is not UTF-8.
std::optional<char32_t> first_unprintable(std::string_view text);

// Unprintable characters as \u{1b}, bytes that are no UTF-8 as \x{ff}.
std::string printable(std::string_view text);
// At most `most` characters, then "...".
std::string shortened(std::string_view text, std::size_t most);

}  // namespace seatrial::scenarios
