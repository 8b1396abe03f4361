#include "tests/fuzz/wild_mutations.hpp"

#include <vector>

#include "tests/fuzz/vocabulary.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Node;

void collect(Node& node, std::vector<Node*>& nodes) {
  nodes.push_back(&node);
  for (Node& item : node.items) collect(item, nodes);
  for (scenarios::Member& member : node.members) collect(member.value, nodes);
}

Node number(const std::string& text) {
  Node node;
  node.kind = Node::Kind::number;
  node.text = text;
  return node;
}

Node text(const std::string& characters) {
  Node node;
  node.kind = Node::Kind::string;
  node.text = characters;
  return node;
}

Node value(Random& random) {
  static const std::vector<std::string> numbers{"0",
                                                "1",
                                                "2",
                                                "3",
                                                "100",
                                                "-0",
                                                "-1",
                                                "0.5",
                                                "1e308",
                                                "-1e308",
                                                "1e-320",
                                                "1e9",
                                                "2e18",
                                                "65536",
                                                "4294967296",
                                                "9007199254740992",
                                                "9007199254740993",
                                                "12e0"};
  switch (random.below(4)) {
    case 0:
      return number(random.one_of(numbers));
    case 1:
      return text(random.one_of(vocabulary().names));
    default:
      return text(random.one_of(quantities()));
  }
}

// { "exponential": { "mean": "60ms" } }, with one of every kind in its turn.
Node distribution(Random& random) {
  static const std::vector<std::vector<std::string>> kinds{{"uniform", "from", "to"},
                                                           {"exponential", "mean"},
                                                           {"normal", "mean", "standard_deviation"},
                                                           {"lognormal", "median", "p99"},
                                                           {"pareto", "at_least", "shape"},
                                                           {"geometric", "mean"},
                                                           {"percentiles", "p0", "p50", "p99"}};
  const auto& kind = random.one_of(kinds);
  Node parameters;
  parameters.kind = Node::Kind::object;
  for (std::size_t i = 1; i < kind.size(); ++i)
    parameters.members.push_back({kind[i], {}, value(random)});
  Node node;
  node.kind = Node::Kind::object;
  node.members.push_back({kind[0], {}, parameters});
  return node;
}

Node wrapped(const Node& inside) {
  Node node;
  node.kind = Node::Kind::object;
  node.members.push_back({"value", {}, inside});
  node.members.push_back({"source", {}, text("a guess")});
  return node;
}

}  // namespace

void make_wild(Node& root, Random& random) {
  std::vector<Node*> nodes;
  collect(root, nodes);
  Node& node = *random.one_of(nodes);
  switch (random.below(7)) {
    case 0:
      node = value(random);
      return;
    case 1:
      node = distribution(random);
      return;
    case 2:
      node = Node{wrapped(node)};
      return;
    case 3:
      node = Node{*random.one_of(nodes)};  // a copy of any other part, or of the whole
      return;
    case 4:
      if (node.is(Node::Kind::array) && !node.items.empty()) node.items.push_back(node.items[0]);
      return;
    case 5:
      if (!node.members.empty()) node.members.pop_back();
      return;
    default:
      if (!node.is(Node::Kind::object)) return;
      node.members.push_back({random.one_of(vocabulary().keys), {}, value(random)});
  }
}

}  // namespace seatrial::fuzz
