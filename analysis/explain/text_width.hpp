// How many columns of a terminal a text takes, and cutting it to fit.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace seatrial::analysis {

// One character with what combines with it, and its columns (1 or 2).
struct Glyph {
  std::string bytes;
  std::size_t columns = 1;
};

// Of printable text; bytes that are no UTF-8 become '?'.
std::vector<Glyph> glyphs_of(std::string_view);

std::size_t columns_of(std::string_view);

// At most `columns` wide, with ".." at the end of what was cut.
std::string fitted(std::string_view, std::size_t columns);

// Words in lines of at most `columns`.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

}  // namespace seatrial::analysis
