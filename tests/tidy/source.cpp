#include "tests/tidy/source.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace seatrial::tidy {

namespace {

// Walks through C++ text and blanks what is not code. Quotes stay, so that a literal is still seen
// as one; line ends stay, so that lines keep their numbers.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_{text}, code_{text} {}

  std::string run() {
    while (at_ < text_.size()) step();
    return code_;
  }

 private:
  void step() {
    if (starts_with("//")) {
      blank_until(text_.find('\n', at_));
    } else if (starts_with("/*")) {
      const std::size_t end = text_.find("*/", at_ + 2);
      blank_until(end == std::string_view::npos ? end : end + 2);
    } else if (starts_with("R\"")) {
      raw_literal();
    } else if (starts_with("#include")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (text_[at_] == '"' || (text_[at_] == '\'' && !is_digit_separator())) {
      literal(text_[at_]);
    } else {
      ++at_;
    }
  }

  void literal(char quote) {
    for (++at_; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; ++at_) {
      if (text_[at_] == '\\') blank(at_++);
      if (at_ < text_.size()) blank(at_);
    }
    ++at_;
  }

  void raw_literal() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return blank_until(open);
    const std::string close = ")" + std::string{text_.substr(at_ + 2, open - at_ - 2)} + "\"";
    at_ = open + 1;
    const std::size_t end = text_.find(close, at_);
    blank_until(end);
    if (end != std::string_view::npos) at_ = end + close.size();
  }

  void blank_until(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) blank(at_);
  }

  void blank(std::size_t position) {
    if (code_[position] != '\n') code_[position] = ' ';
  }

  bool starts_with(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  bool is_digit_separator() const {  // 1'000 opens no literal
    const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    return at_ > 0 && at_ + 1 < text_.size() && is_word(text_[at_ - 1]) && is_word(text_[at_ + 1]);
  }

  std::string_view text_;
  std::string code_;
  std::size_t at_ = 0;
};

bool is_text(const std::filesystem::path& path) {
  static constexpr std::array endings = {".cpp", ".hpp",  ".md",  ".txt", ".cmake", ".json",
                                         ".csv", ".html", ".css", ".ts",  ".mjs"};
  const std::string ending = path.extension().string();
  return std::find(endings.begin(), endings.end(), ending) != endings.end() ||
         path.filename() == "dev";
}

}  // namespace

std::string blank_comments_and_literals(std::string_view text) { return Blanker{text}.run(); }

Source::Source(std::string path, std::string text)
    : path_{std::move(path)}, text_{std::move(text)}, code_{blank_comments_and_literals(text_)} {}

std::vector<std::string_view> Source::text_lines() const {
  std::vector<std::string_view> lines;
  std::string_view rest = text_;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

std::size_t Source::line_at(std::size_t position) const {
  const auto end = text_.begin() + static_cast<std::ptrdiff_t>(std::min(position, text_.size()));
  return 1 + static_cast<std::size_t>(std::count(text_.begin(), end, '\n'));
}

bool Source::is_cpp() const { return path_.ends_with(".cpp") || is_header(); }
bool Source::is_header() const { return path_.ends_with(".hpp"); }
bool Source::is_below(std::string_view folder) const { return path_.starts_with(folder); }

std::vector<Source> read_tree(const std::string& root) {
  namespace fs = std::filesystem;
  std::vector<Source> tree;
  for (auto entry = fs::recursive_directory_iterator{root}; entry != fs::end(entry); ++entry) {
    const std::string name = entry->path().filename().string();
    const bool is_foreign = name.starts_with(".") || name == "build" || name == "out" ||
                            name.starts_with("build-") || name == "node_modules";
    if (entry->is_directory() && is_foreign) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file() && is_text(entry->path())) {
      std::ifstream file{entry->path(), std::ios::binary};
      tree.emplace_back(fs::relative(entry->path(), root).generic_string(),
                        std::string{std::istreambuf_iterator<char>{file}, {}});
    }
  }
  std::sort(tree.begin(), tree.end(),
            [](const Source& a, const Source& b) { return a.path() < b.path(); });
  return tree;
}

}  // namespace seatrial::tidy
