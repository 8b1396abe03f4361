#include "analysis/report/markdown_text.hpp"

#include <algorithm>

#include "analysis/report/excerpt.hpp"

namespace seatrial::analysis {
namespace {

std::string one_line(std::string_view text) {
  std::string line{text};
  std::replace(line.begin(), line.end(), '\n', ' ');
  return printable(line);
}

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

bool is_word(char letter) {
  return is_digit(letter) || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
         static_cast<unsigned char>(letter) >= 0x80;
}

std::string escaped(const std::string& text, std::size_t at) {
  const char letter = text[at];
  const auto near = [&](std::size_t index) { return index < text.size() && is_word(text[index]); };
  switch (letter) {
    case '&':
      return "&amp;";
    case '<':  // before a digit or a blank it begins no tag
      return (near(at + 1) && !is_digit(text[at + 1])) ||
                     text.find_first_of("/!?", at + 1) == at + 1
                 ? "&lt;"
                 : "<";
    case ']':  // only so a link could end
      return text.find_first_of("([:", at + 1) == at + 1 ? "\\]" : "]";
    case '@':
      return "&#64;";  // who is named in a pull request gets a message
    case '#':
      return near(at + 1) ? "&#35;" : "#";
    case ':':
      return text.compare(at, 3, "://") == 0 ? "&#58;" : ":";
    case '_':
      return at > 0 && near(at - 1) && near(at + 1) ? "_" : "\\_";
    case '\\':
    case '`':
    case '*':
    case '|':
    case '~':
    case '$':
      return {'\\', letter};
    default:
      return std::string(1, letter);
  }
}

}  // namespace

std::string markdown_text(std::string_view text) {
  const std::string line = one_line(text);
  std::string safe;
  for (std::size_t at = 0; at < line.size(); ++at) safe += escaped(line, at);
  return safe;
}

std::string markdown_line(std::string_view text) {
  std::string safe = markdown_text(text);
  safe.erase(0, std::min(safe.find_first_not_of(' '), safe.size()));
  const std::size_t digits = std::min(safe.find_first_not_of("0123456789"), safe.size());
  const bool is_item =
      digits > 0 && digits < safe.size() && (safe[digits] == '.' || safe[digits] == ')');
  if (is_item) safe.insert(digits, "\\");
  if (!safe.empty() && std::string_view{"-+=#>"}.find(safe[0]) != std::string_view::npos)
    safe.insert(0, "\\");
  return safe;
}

std::string markdown_code(std::string_view text) {
  std::string line = one_line(text);
  std::replace(line.begin(), line.end(), '`', '\'');
  return "`" + line + "`";
}

}  // namespace seatrial::analysis
