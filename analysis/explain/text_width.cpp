#include "analysis/explain/text_width.hpp"

#include <algorithm>
#include <array>

#include "analysis/report/excerpt.hpp"

namespace seatrial::analysis {

namespace {

struct Range {
  char32_t first, last;
};

// The usual blocks of East Asian wide characters and of emoji (Unicode, EastAsianWidth.txt: W, F).
constexpr std::array<Range, 9> wide{{{0x1100, 0x115F},
                                     {0x2E80, 0x303E},
                                     {0x3041, 0xA4CF},
                                     {0xAC00, 0xD7A3},
                                     {0xF900, 0xFAFF},
                                     {0xFE30, 0xFE6F},
                                     {0xFF00, 0xFF60},
                                     {0x1F300, 0x1FAFF},
                                     {0x20000, 0x3FFFD}}};
// The usual blocks of marks that combine with what is before them, and joiners.
constexpr std::array<Range, 6> combining{{{0x0300, 0x036F},
                                          {0x1AB0, 0x1AFF},
                                          {0x1DC0, 0x1DFF},
                                          {0x200B, 0x200D},
                                          {0x20D0, 0x20FF},
                                          {0xFE00, 0xFE0F}}};

template <std::size_t n>
bool is_in(char32_t character, const std::array<Range, n>& ranges) {
  for (const Range& range : ranges)
    if (character >= range.first && character <= range.last) return true;
  return false;
}

// How many bytes a character has by its first one; 0: no character starts with it.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// U+FFFD for what is none; `length` is what to step over.
char32_t character_at(std::string_view text, std::size_t at, std::size_t& length) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  length = length_of(byte(0));
  if (length == 1) return byte(0);
  if (length == 0 || at + length > text.size()) return length = 1, 0xFFFD;
  char32_t character = byte(0) & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return length = 1, 0xFFFD;
    character = character << 6 | (byte(i) & 0x3FU);
  }
  return character;
}

}  // namespace

std::vector<Glyph> glyphs_of(std::string_view text) {
  const std::string safe = printable(text);
  std::vector<Glyph> glyphs;
  std::size_t length = 0;
  for (std::size_t at = 0; at < safe.size(); at += length) {
    const char32_t character = character_at(safe, at, length);
    if (character == 0xFFFD) {
      glyphs.push_back({"?", 1});
    } else if (is_in(character, combining)) {
      if (!glyphs.empty()) glyphs.back().bytes += safe.substr(at, length);
    } else {
      const std::size_t columns = is_in(character, wide) ? 2 : 1;
      glyphs.push_back({safe.substr(at, length), columns});
    }
  }
  return glyphs;
}

std::size_t columns_of(std::string_view text) {
  std::size_t sum = 0;
  for (const Glyph& glyph : glyphs_of(text)) sum += glyph.columns;
  return sum;
}

std::string fitted(std::string_view text, std::size_t columns) {
  constexpr std::string_view cut = "..";
  const std::vector<Glyph> glyphs = glyphs_of(text);
  std::string whole;
  std::string start;  // as much as leaves room for the cut
  std::size_t used = 0;
  for (const Glyph& glyph : glyphs) {
    used += glyph.columns;
    whole += glyph.bytes;
    if (used + cut.size() <= columns) start = whole;
  }
  return used <= columns ? whole : start + std::string{cut};
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  std::string line;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = fitted(text.substr(at, end - at), columns);
    if (!line.empty() && columns_of(line) + 1 + columns_of(word) > columns) {
      lines.push_back(line);
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    at = end + 1;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

}  // namespace seatrial::analysis
