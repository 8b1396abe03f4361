#include "scenarios/characters.hpp"

#include <fmt/format.h>

namespace seatrial::scenarios {

std::size_t sequence_length(std::string_view rest) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  if (rest.empty()) return 0;
  const unsigned char first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first < 0xC2   ? 0
                             : first < 0xE0 ? 2
                             : first < 0xF0 ? 3
                             : first < 0xF5 ? 4
                                            : 0;
  if (length == 0 || rest.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (at(i) < 0x80 || at(i) > 0xBF) return 0;
  }
  if (first == 0xE0 && at(1) < 0xA0) return 0;
  if (first == 0xED && at(1) > 0x9F) return 0;
  if (first == 0xF0 && at(1) < 0x90) return 0;
  if (first == 0xF4 && at(1) > 0x8F) return 0;
  return length;
}

char32_t code_point(std::string_view sequence) {
  const auto first = static_cast<unsigned char>(sequence[0]);
  const std::size_t length = sequence_length(sequence);
  if (length <= 1) return first;
  char32_t code = first & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    code = (code << 6) | (static_cast<unsigned char>(sequence[i]) & 0x3Fu);
  }
  return code;
}

bool is_unprintable(char32_t code) {
  const auto between = [&](char32_t first, char32_t last) { return code >= first && code <= last; };
  return code < 0x20 || between(0x7F, 0x9F) || between(0x2028, 0x202E) || between(0x2066, 0x2069) ||
         (code & 0xFFFE) == 0xFFFE;
}

std::optional<char32_t> first_unprintable(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return 0xFFFD;
    const char32_t code = code_point(text);
    if (is_unprintable(code)) return code;
    text.remove_prefix(length);
  }
  return std::nullopt;
}

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) {
      result += fmt::format("\\x{{{:02x}}}", static_cast<unsigned char>(text[0]));
    } else if (const char32_t code = code_point(text); is_unprintable(code)) {
      result += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(code));
    } else {
      result += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return result;
}

std::string shortened(std::string_view text, std::size_t most) {
  std::size_t bytes = 0;
  for (std::size_t count = 0; bytes < text.size(); ++count) {
    if (count == most) return std::string{text.substr(0, bytes)} + "...";
    const std::size_t length = sequence_length(text.substr(bytes));
    bytes += length == 0 ? 1 : length;
  }
  return std::string{text};
}

}  // namespace seatrial::scenarios
