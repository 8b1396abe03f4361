// A JSON file as a tree in which every key and value knows its place. Comments (// and /* */) are
// white space; everything else is as RFC 8259 says.
//
// Law: a syntax error, invalid UTF-8 or a limit ends the reading with one problem; duplicate keys
// are problems, too, but the first one stands and the reading goes on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/limits.hpp"
#include "scenarios/problems.hpp"

namespace seatrial::scenarios {

struct Member;

struct Node {
  enum class Kind { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  Place place;
  bool truth = false;
  double number = 0;
  std::string text;  // of a string: its characters; of a number: as written
  std::vector<Node> items;
  std::vector<Member> members;  // in the order of the file

  bool is(Kind other) const { return kind == other; }
  const Node* find(std::string_view key) const;
  Node* find(std::string_view key);
};

struct Member {
  std::string key;
  Place place;  // of the key
  Node value;
};

// Throws ScenarioError on what cannot be read on from.
Node read_tree(std::string_view text, Problems&);

// On one line, as it would be written in a file.
std::string to_json(const Node&);
std::string quoted(std::string_view text);

// JSON pointers (RFC 6901).
std::string escaped(std::string_view key);
std::vector<std::string> pointer_tokens(std::string_view pointer);
// The token as the index of a list; nothing where it is none.
std::optional<std::size_t> list_index(std::string_view token);
// The node there, or the nearest one above it that exists.
const Node& nearest(const Node& root, std::string_view pointer);
const Node* node_at(const Node& root, std::string_view pointer);

// "a string", "an object", ...
std::string_view kind_with_article(const Node&);
// The node and all below it.
std::size_t count_values(const Node&);
// For messages: the value itself, shortened, or "an object" or "a list".
std::string brief(const Node&);

}  // namespace seatrial::scenarios
