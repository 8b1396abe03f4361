#include "tests/fuzz/resolved_document.hpp"

#include <array>

#include "scenarios/json_tree.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Node;
using scenarios::Problems;
using Tokens = std::vector<std::string>;

Node object() {
  Node node;
  node.kind = Node::Kind::object;
  return node;
}

// Which pointers lead to lists; "*" is any token.
bool is_list(const Tokens& tokens, std::size_t length) {
  static const std::array<Tokens, 9> lists{{{"store", "write_regions"},
                                            {"store", "catch_up", "first"},
                                            {"store", "failover", "to"},
                                            {"probes", "freshness", "after_commit"},
                                            {"phases"},
                                            {"phases", "*", "faults"},
                                            {"phases", "*", "faults", "*", "partition"},
                                            {"workload", "steps", "*", "do"},
                                            {"session_token", "carry"}}};
  for (const Tokens& list : lists) {
    bool same = list.size() == length;
    for (std::size_t i = 0; same && i < length; ++i) {
      same = list[i] == "*" || list[i] == tokens[i];
    }
    if (same) return true;
  }
  return false;
}

// The child of `node`, made if need be. A kind that is named by a text becomes an object.
Node& child(Node& node, const std::string& token) {
  if (node.is(Node::Kind::array)) {
    const std::size_t index = std::stoul(token);
    while (node.items.size() <= index) node.items.push_back(object());
    return node.items[index];
  }
  if (node.is(Node::Kind::string)) {
    Node kind = node;
    node = object();
    node.members.push_back({"kind", {}, std::move(kind)});
  }
  if (Node* const found = node.find(token)) return *found;
  node.members.push_back({token, {}, object()});
  return node.members.back().value;
}

void set(Node& root, const Tokens& tokens, Node value) {
  Node* node = &root;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    node = &child(*node, tokens[i]);
    const bool is_last = i + 1 == tokens.size();
    if (!is_last && is_list(tokens, i + 1)) node->kind = Node::Kind::array;
  }
  *node = std::move(value);
}

// What a class has only where it is shared; the defaults of others must not be written down.
bool is_default_of_shared_class(const scenarios::ResolvedValue& value) {
  return value.origin != scenarios::Origin::file && value.pointer.starts_with("/data/") &&
         (value.pointer.ends_with("/documents") || value.pointer.ends_with("/popularity/zipf"));
}

// A default that contradicts a quorum without a leader once it is said aloud.
bool is_default_of_logs(const scenarios::ResolvedValue& value) {
  return value.origin != scenarios::Origin::file && value.pointer == "/store/apply_order";
}

}  // namespace

std::string resolved_document(const scenarios::Scenario& scenario, const std::string& policy) {
  Problems problems{"", {}};
  const Node file = read_tree(scenario.text, problems);
  Node document = object();
  for (const char* key : {"title", "question", "objectives"}) {
    document.members.push_back({key, {}, *file.find(key)});
  }
  set(document, {"policies", policy}, object());
  for (const scenarios::ResolvedValue& value : scenario.resolved.at(policy)) {
    if (is_default_of_shared_class(value) || is_default_of_logs(value)) continue;
    if (value.value == "\"\"")
      continue;  // a name that nothing needs: that of a quorum's write region
    set(document, scenarios::pointer_tokens(value.pointer), read_tree(value.value, problems));
  }
  return to_json(document);
}

}  // namespace seatrial::fuzz
