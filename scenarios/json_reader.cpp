// The reader of json_tree.hpp: a recursive descent over the bytes, with line and column.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <set>

#include "scenarios/characters.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {
namespace {

void append_utf8(std::string& text, std::uint32_t code) {
  const auto push = [&](std::uint32_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return push(code);
  if (code < 0x800) {
    push(0xC0 | (code >> 6));
  } else if (code < 0x10000) {
    push(0xE0 | (code >> 12));
    push(0x80 | ((code >> 6) & 0x3F));
  } else {
    push(0xF0 | (code >> 18));
    push(0x80 | ((code >> 12) & 0x3F));
    push(0x80 | ((code >> 6) & 0x3F));
  }
  push(0x80 | (code & 0x3F));
}

class Reader {
 public:
  Reader(std::string_view text, Problems& problems) : text_{text}, problems_{problems} {}

  Node read() {
    if (text_.size() > most_bytes) fail("the file is larger than 4 MB");
    check_characters();
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") position_ = 3;
    skip_space();
    if (at_end()) fail("the file is empty");
    Node root = value(0);
    skip_space();
    if (!at_end()) fail("expected the end of the file, got " + shown());
    return root;
  }

 private:
  bool at_end() const { return position_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  bool starts(std::string_view word) const { return text_.substr(position_, word.size()) == word; }
  Place here() const { return Place{line_, column_}; }

  void advance() {
    const auto byte = static_cast<unsigned char>(text_[position_++]);
    if (byte == '\n') {
      ++line_;
      column_ = 1;
    } else if ((byte & 0xC0) != 0x80) {
      ++column_;
    }
  }

  void advance(std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) advance();
  }

  [[noreturn]] void fail(std::string message) { fail(here(), std::move(message)); }
  [[noreturn]] void fail(const Place& place, std::string message) {
    problems_.add(place, "", std::move(message));
    problems_.throw_if_any();
    throw std::logic_error{"a problem was added"};
  }

  // What stands at the cursor, for a message.
  std::string shown() const {
    if (at_end()) return "the end of the file";
    const std::string_view rest = text_.substr(position_);
    const char32_t code = code_point(rest);
    if (code < 0x20) return "a control character";
    if (code == '\'') return "a single quote";
    if (is_unprintable(code) || code == byte_order_mark) return name_of(code);
    return fmt::format("'{}'", rest.substr(0, sequence_length(rest)));
  }

  static std::string no_place_for(char32_t code) {
    return fmt::format("a control character ({}) has no place in a text", name_of(code));
  }

  static std::string name_of(char32_t code) {
    return fmt::format("U+{:04X}", static_cast<std::uint32_t>(code));
  }

  // JSON pointer of the value that is being read.
  std::string pointer() const {
    std::string result;
    for (const std::string& token : tokens_) result += '/' + escaped(token);
    return result;
  }

  // Of comments, too: where a comment ends must be the same for this reader and an editor.
  void check_characters() {
    while (!at_end()) {
      const std::size_t length = sequence_length(text_.substr(position_));
      if (length == 0) fail("this is not UTF-8; save the file as UTF-8");
      if (starts("\r") && !starts("\r\n")) fail("a line ends in \\n or \\r\\n, not in \\r alone");
      const auto byte = static_cast<unsigned char>(peek());
      const bool is_space = byte == '\t' || byte == '\n' || byte == '\r';
      if ((byte < 0x20 && !is_space) || byte == 0x7F) fail(no_place_for(byte));
      advance(length);
    }
    position_ = 0;
    line_ = column_ = 1;
  }

  void skip_space() {
    while (!at_end()) {
      if (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
        advance();
      } else if (starts("//")) {
        while (!at_end() && peek() != '\n') advance();
      } else if (starts("/*")) {
        skip_block_comment();
      } else {
        return;
      }
    }
  }

  void skip_block_comment() {
    const Place start = here();
    while (!at_end() && !starts("*/")) advance();
    if (at_end()) fail(start, "this comment has no end: \"*/\" is missing");
    advance(2);
  }

  Node value(int depth) {
    if (depth > deepest_nesting) {
      fail(fmt::format("nested deeper than {} levels", deepest_nesting));
    }
    if (++values_ > most_values) fail(fmt::format("more than {} values in one file", most_values));
    Node node;
    node.place = here();
    if (peek() == '{') {
      object(node, depth);
    } else if (peek() == '[') {
      array(node, depth);
    } else if (peek() == '"') {
      node.kind = Node::Kind::string;
      node.text = string(longest_text);
    } else if (peek() == '-' || (peek() >= '0' && peek() <= '9')) {
      number(node);
    } else {
      word(node);
    }
    return node;
  }

  void word(Node& node) {
    const std::size_t start = position_;
    std::size_t end = start;
    while (end < text_.size() && std::isalpha(static_cast<unsigned char>(text_[end])) != 0) ++end;
    const std::string_view found = text_.substr(start, end - start);
    static const std::vector<std::string> known{"null", "true", "false"};
    if (peek() == '.') fail("a number starts with a digit, as in 0.5");
    if (peek() == '+') fail("a number has no plus sign");
    if (found.empty()) fail("expected a value, got " + shown());
    if (std::find(known.begin(), known.end(), found) == known.end()) {
      fail(fmt::format("expected a value, got {}{}", shortened(found, longest_shown),
                       did_you_mean(shortened(found, longest_shown), known)));
    }
    node.truth = found == "true";
    if (found != "null") node.kind = Node::Kind::boolean;
    advance(found.size());
  }

  void object(Node& node, int depth) {
    node.kind = Node::Kind::object;
    advance();
    skip_space();
    std::set<std::string> keys;  // find() would take a step for each key before
    while (peek() != '}') {
      if (peek() != '"') {
        const char* const end = node.members.empty() ? " or '}'" : "";
        fail(fmt::format("expected a key in double quotes{}, got {}", end, shown()));
      }
      const Place place = here();
      tokens_.push_back(string(longest_key));
      skip_space();
      if (peek() != ':') fail("expected ':' after the key, got " + shown());
      advance();
      skip_space();
      Node entry = value(depth + 1);
      if (keys.insert(tokens_.back()).second) {
        node.members.push_back({tokens_.back(), place, std::move(entry)});
      } else {
        problems_.add(place, pointer(),
                      fmt::format("duplicate key; the first one's value is on line {}",
                                  node.find(tokens_.back())->place.line));
      }
      tokens_.pop_back();
      comma_or('}');
    }
    advance();
  }

  void array(Node& node, int depth) {
    node.kind = Node::Kind::array;
    advance();
    skip_space();
    while (peek() != ']') {
      tokens_.push_back(fmt::format("{}", node.items.size()));
      node.items.push_back(value(depth + 1));
      tokens_.pop_back();
      comma_or(']');
    }
    advance();
  }

  // After an element: a comma and another element, or the end.
  void comma_or(char end) {
    skip_space();
    if (peek() == end) return;
    if (peek() != ',') fail(fmt::format("expected ',' or '{}', got {}", end, shown()));
    const Place comma = here();
    advance();
    skip_space();
    if (peek() == end) fail(comma, fmt::format("a comma before '{}' has nothing after it", end));
  }

  void number(Node& node) {
    node.kind = Node::Kind::number;
    const std::size_t start = position_;
    const auto digits = [&] {
      if (peek() < '0' || peek() > '9') fail("expected a digit, got " + shown());
      while (peek() >= '0' && peek() <= '9') advance();
    };
    if (peek() == '-') advance();
    if (peek() == '0') {
      advance();
      if (peek() >= '0' && peek() <= '9') fail(node.place, "a number must not start with 0");
    } else {
      digits();
    }
    if (peek() == '.') {
      advance();
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      advance();
      if (peek() == '+' || peek() == '-') advance();
      digits();
    }
    node.text = std::string{text_.substr(start, position_ - start)};
    const char* const first = node.text.data();
    const auto result = std::from_chars(first, first + node.text.size(), node.number);
    if (result.ec != std::errc{}) fail(node.place, "the number is out of range");
  }

  // Of at most so many bytes.
  std::string string(std::size_t longest) {
    const Place start = here();
    std::string result;
    advance();
    while (peek() != '"') {
      if (at_end() || peek() == '\n') fail(start, "this string has no end: '\"' is missing");
      if (static_cast<unsigned char>(peek()) < 0x20) fail(no_place_for(peek()));
      if (peek() == '\\') {
        escape(result);
      } else {
        result += peek();
        advance();
      }
    }
    advance();
    if (result.size() > longest) {
      fail(start,
           fmt::format("a text of {} bytes; at most {} are possible here", result.size(), longest));
    }
    if (const auto code = first_unprintable(result)) {
      fail(start, no_place_for(*code));
    }
    return result;
  }

  void escape(std::string& result) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const Place start = here();
    advance();
    if (peek() == 'u') {
      advance();
      return append_utf8(result, escaped_code_point(start));
    }
    const std::size_t which = at_end() ? std::string_view::npos : names.find(peek());
    if (which == std::string_view::npos) {
      fail(start, "unknown escape; there are \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\uXXXX");
    }
    result += meanings[which];
    advance();
  }

  std::uint32_t escaped_code_point(const Place& start) {
    const std::uint32_t high = four_digits(start);
    if (high < 0xD800 || high > 0xDFFF) return high;
    if (high > 0xDBFF || !starts("\\u")) fail(start, "half of a surrogate pair");
    advance(2);
    const std::uint32_t low = four_digits(start);
    if (low < 0xDC00 || low > 0xDFFF) fail(start, "half of a surrogate pair");
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
  }

  std::uint32_t four_digits(const Place& start) {
    std::uint32_t code = 0;
    const std::string_view digits = text_.substr(position_, 4);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc{} || end != digits.data() + 4 || digits.size() < 4) {
      fail(start, "\\u needs four hexadecimal digits");
    }
    advance(4);
    return code;
  }

  static constexpr char32_t byte_order_mark = 0xFEFF;
  static constexpr std::size_t longest_shown = 20;

  std::string_view text_;
  Problems& problems_;
  std::size_t values_ = 0;
  std::vector<std::string> tokens_;  // of the pointer
  std::size_t position_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace

Node read_tree(std::string_view text, Problems& problems) { return Reader{text, problems}.read(); }

}  // namespace seatrial::scenarios
