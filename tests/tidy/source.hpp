// A source file as the tidy rules see it: its text, and its code, which is the text with comments
// and literals replaced by blanks of the same length. Positions and line numbers are therefore the
// same in both, and a rule about code cannot be set off by a comment or a message.
//
// Not modelled: trigraphs, line continuations, macros.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace seatrial::tidy {

class Source {
 public:
  Source(std::string path, std::string text);

  const std::string& path() const { return path_; }  // relative to the root, with slashes
  const std::string& text() const { return text_; }
  const std::string& code() const { return code_; }
  std::vector<std::string_view> text_lines() const;
  std::size_t line_at(std::size_t position) const;  // the first line is 1

  bool is_cpp() const;
  bool is_header() const;
  bool is_below(std::string_view folder) const;  // "sim/", or a file's whole path

 private:
  std::string path_;
  std::string text_;
  std::string code_;
};

std::string blank_comments_and_literals(std::string_view text);

struct Finding {
  std::string path;
  std::size_t line;
  std::string rule;
};

using Findings = std::vector<Finding>;

// All text files of the repository, in the order of their paths.
std::vector<Source> read_tree(const std::string& root);

}  // namespace seatrial::tidy
