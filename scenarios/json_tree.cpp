#include "scenarios/json_tree.hpp"

#include <fmt/format.h>

#include <charconv>

#include "scenarios/characters.hpp"

namespace seatrial::scenarios {
namespace {

// Where `key` leads from `node`; null where it leads nowhere.
const Node* child(const Node& node, const std::string& key) {
  if (node.is(Node::Kind::object)) return node.find(key);
  if (!node.is(Node::Kind::array)) return nullptr;
  const auto index = list_index(key);
  return index && *index < node.items.size() ? &node.items[*index] : nullptr;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Node* Node::find(std::string_view key) {
  return const_cast<Node*>(static_cast<const Node*>(this)->find(key));
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<int>(c));
    } else {
      result += c;
    }
  }
  return result + '"';
}

std::string to_json(const Node& node) {
  std::string text;
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::boolean:
      return node.truth ? "true" : "false";
    case Node::Kind::number:
      return node.text;
    case Node::Kind::string:
      return quoted(node.text);
    case Node::Kind::array:
      for (const Node& item : node.items) text += (text.empty() ? "" : ", ") + to_json(item);
      return text.empty() ? "[]" : "[ " + text + " ]";
    case Node::Kind::object:
      for (const Member& member : node.members) {
        text += (text.empty() ? "" : ", ") + quoted(member.key) + ": " + to_json(member.value);
      }
      return text.empty() ? "{}" : "{ " + text + " }";
  }
  return text;
}

std::string escaped(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      tokens.emplace_back();
    } else if (!tokens.empty() && pointer[i] == '~' && i + 1 < pointer.size()) {
      tokens.back() += pointer[++i] == '1' ? '/' : '~';
    } else if (!tokens.empty()) {
      tokens.back() += pointer[i];
    }
  }
  return tokens;
}

// As RFC 6901 has it: without leading zeros.
std::optional<std::size_t> list_index(std::string_view token) {
  std::size_t index = 0;
  const char* const end = token.data() + token.size();
  const auto [rest, error] = std::from_chars(token.data(), end, index);
  const bool padded = token.size() > 1 && token.front() == '0';
  if (error != std::errc{} || rest != end || padded) return std::nullopt;
  return index;
}

const Node& nearest(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  for (const std::string& token : pointer_tokens(pointer)) {
    const Node* const next = child(*node, token);
    if (next == nullptr) break;
    node = next;
  }
  return *node;
}

const Node* node_at(const Node& root, std::string_view pointer) {
  const Node* node = &root;
  for (const std::string& token : pointer_tokens(pointer)) {
    node = child(*node, token);
    if (node == nullptr) return nullptr;
  }
  return node;
}

std::string brief(const Node& node) {
  const bool long_one = node.is(Node::Kind::object) || node.is(Node::Kind::array);
  if (long_one) return std::string{kind_with_article(node)};
  constexpr std::size_t longest_shown = 60;
  if (node.is(Node::Kind::string)) return quoted(shortened(node.text, longest_shown));
  return shortened(to_json(node), longest_shown);
}

std::size_t count_values(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += count_values(item);
  for (const Member& member : node.members) count += count_values(member.value);
  return count;
}

std::string_view kind_with_article(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::boolean:
      return node.truth ? "true" : "false";
    case Node::Kind::number:
      return "a number";
    case Node::Kind::string:
      return "a string";
    case Node::Kind::array:
      return "a list";
    case Node::Kind::object:
      return "an object";
  }
  return "";
}

}  // namespace seatrial::scenarios
