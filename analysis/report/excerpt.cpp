#include "analysis/report/excerpt.hpp"

#include <algorithm>
#include <array>

namespace seatrial::analysis {
namespace {

// U+0080 to U+009F, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069, as UTF-8.
bool steers(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7F;
  if (character.size() == 2) return byte(0) == 0xC2 && byte(1) < 0xA0;
  if (character.size() != 3 || byte(0) != 0xE2) return false;
  if (byte(1) == 0x80) return byte(2) == 0x8E || byte(2) == 0x8F || (byte(2) - 0xAAU) <= 4U;
  return byte(1) == 0x81 && (byte(2) - 0xA6U) <= 3U;
}

bool goes_on(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string safe;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (goes_on(text, end)) ++end;
    const std::string_view character = text.substr(at, end - at);
    safe += steers(character) ? std::string_view{"?"} : character;
    at = end;
  }
  return safe;
}

std::string excerpt(std::string_view text, std::size_t from, std::size_t length) {
  std::size_t first = std::min(from, text.size());
  std::size_t last = std::min(text.size(), first + length);
  while (first > 0 && goes_on(text, first)) --first;
  while (last > first && goes_on(text, last)) --last;
  return (first > 0 ? "..." : "") + printable(text.substr(first, last - first)) +
         (last < text.size() ? "..." : "");
}

}  // namespace seatrial::analysis
