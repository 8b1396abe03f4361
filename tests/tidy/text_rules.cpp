#include <algorithm>
#include <string>

#include "tests/tidy/rules.hpp"

namespace seatrial::tidy {

namespace {

// Columns, not bytes: a continuation byte of UTF-8 takes no column.
std::size_t columns(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

template <class IsBad>
Findings bad_lines(const Source& source, const std::string& rule, IsBad is_bad) {
  Findings findings;
  std::size_t number = 0;
  for (const std::string_view line : source.text_lines()) {
    ++number;
    if (is_bad(line)) findings.push_back({source.path(), number, rule});
  }
  return findings;
}

}  // namespace

Findings lines_fit_in_100_columns(const Source& source) {
  if (!source.is_cpp()) return {};
  return bad_lines(source, "a line has at most 100 columns",
                   [](std::string_view line) { return columns(line) > 100; });
}

Findings files_have_at_most_400_lines(const Source& source) {
  const std::size_t lines = source.text_lines().size();
  if (!source.is_cpp() || lines <= 400) return {};
  return {{source.path(), lines, "a file has at most 400 lines: split it by what it is about"}};
}

Findings lines_end_without_spaces(const Source& source) {
  return bad_lines(source, "no spaces or tabs at the end of a line", [](std::string_view line) {
    return line.ends_with(' ') || line.ends_with('\t');
  });
}

Findings nothing_is_left_for_later(const Source& source) {
  // Written in halves, so that this file keeps its own rule.
  static const std::string words[] = {
      "TO"
      "DO",
      "FIX"
      "ME",
      "XX"
      "X"};
  return bad_lines(source, "finish it, or describe the limit in words", [](std::string_view line) {
    return std::any_of(std::begin(words), std::end(words),
                       [&](const std::string& word) { return !find_words(line, word).empty(); });
  });
}

Findings no_path_of_one_machine(const Source& source) {
  static const std::string roots[] = {
      "/wo"
      "rk/",
      "/ho"
      "me/",
      "/Us"
      "ers/"};
  return bad_lines(source, "no absolute path of somebody's machine", [](std::string_view line) {
    return std::any_of(std::begin(roots), std::end(roots), [&](const std::string& root) {
      const std::size_t at = line.find(root);
      return at != std::string_view::npos && (at == 0 || !is_word_character(line[at - 1]));
    });
  });
}

Findings headers_are_included_once(const Source& source) {
  if (!source.is_header() || source.code().find("#pragma once") != std::string::npos) return {};
  return {{source.path(), 1, "a header says #pragma once"}};
}

Findings headers_open_with_what_they_are_for(const Source& source) {
  if (!source.is_header() || source.text().starts_with("// ")) return {};
  return {{source.path(), 1, "a header opens with a comment: what it is for, and its law"}};
}

}  // namespace seatrial::tidy
