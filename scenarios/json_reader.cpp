// The reader of json_tree.hpp: a recursive descent over the bytes, with line and column.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "scenarios/json_tree.hpp"

namespace seatrial::scenarios {
namespace {

// Bytes of the UTF-8 sequence at the start of `rest`; 0: none is valid (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view rest) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
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
    check_utf8();
    if (text_.substr(0, 3) == "\xEF\xBB\xBF") position_ = 3;
    skip_space();
    if (at_end()) fail("the file is empty");
    Node root = value("", 0);
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
    const std::size_t length = sequence_length(text_.substr(position_));
    if (length == 1 && static_cast<unsigned char>(peek()) < 0x20) return "a control character";
    return fmt::format("'{}'", text_.substr(position_, length));
  }

  void check_utf8() {
    while (!at_end()) {
      const std::size_t length = sequence_length(text_.substr(position_));
      if (length == 0) fail("this is not UTF-8; save the file as UTF-8");
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

  Node value(const std::string& pointer, int depth) {
    if (depth > deepest_nesting) {
      fail(fmt::format("nested deeper than {} levels", deepest_nesting));
    }
    Node node;
    node.place = here();
    if (peek() == '{') {
      object(node, pointer, depth);
    } else if (peek() == '[') {
      array(node, pointer, depth);
    } else if (peek() == '"') {
      node.kind = Node::Kind::string;
      node.text = string();
    } else if (peek() == '-' || (peek() >= '0' && peek() <= '9')) {
      number(node);
    } else {
      word(node);
    }
    return node;
  }

  void word(Node& node) {
    if (starts("null")) return advance(4);
    node.kind = Node::Kind::boolean;
    node.truth = starts("true");
    if (node.truth) return advance(4);
    if (starts("false")) return advance(5);
    fail("expected a value, got " + shown());
  }

  void object(Node& node, const std::string& pointer, int depth) {
    node.kind = Node::Kind::object;
    advance();
    skip_space();
    while (peek() != '}') {
      if (peek() != '"') fail("expected a key in double quotes, got " + shown());
      const Place place = here();
      std::string key = string();
      skip_space();
      if (peek() != ':') fail("expected ':' after the key, got " + shown());
      advance();
      skip_space();
      const std::string below = pointer + '/' + escaped(key);
      Node entry = value(below, depth + 1);
      if (const Node* const first = node.find(key)) {
        problems_.add(
            place, below,
            fmt::format("duplicate key; the first one's value is on line {}", first->place.line));
      } else {
        node.members.push_back({std::move(key), place, std::move(entry)});
      }
      comma_or('}');
    }
    advance();
  }

  void array(Node& node, const std::string& pointer, int depth) {
    node.kind = Node::Kind::array;
    advance();
    skip_space();
    while (peek() != ']') {
      node.items.push_back(value(fmt::format("{}/{}", pointer, node.items.size()), depth + 1));
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

  std::string string() {
    const Place start = here();
    std::string result;
    advance();
    while (peek() != '"') {
      if (at_end() || peek() == '\n') fail(start, "this string has no end: '\"' is missing");
      if (static_cast<unsigned char>(peek()) < 0x20) {
        fail("a control character in a string is written as \\u00XX");
      }
      if (peek() == '\\') {
        escape(result);
      } else {
        result += peek();
        advance();
      }
    }
    advance();
    return result;
  }

  void escape(std::string& result) {
    constexpr std::string_view names = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const Place start = here();
    advance();
    if (peek() == 'u') {
      advance();
      return append_utf8(result, code_point(start));
    }
    const std::size_t which = at_end() ? std::string_view::npos : names.find(peek());
    if (which == std::string_view::npos) fail(start, "unknown escape in a string");
    result += meanings[which];
    advance();
  }

  std::uint32_t code_point(const Place& start) {
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

  std::string_view text_;
  Problems& problems_;
  std::size_t position_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace

Node read_tree(std::string_view text, Problems& problems) { return Reader{text, problems}.read(); }

}  // namespace seatrial::scenarios
