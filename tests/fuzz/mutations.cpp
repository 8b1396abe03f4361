#include "tests/fuzz/mutations.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "scenarios/problems.hpp"
#include "scenarios/quantities.hpp"
#include "tests/fuzz/vocabulary.hpp"
#include "tests/fuzz/wild_mutations.hpp"

namespace seatrial::fuzz {
namespace {

using scenarios::Dimension;
using scenarios::Member;
using scenarios::Node;

// A member of an object somewhere in the tree.
struct Spot {
  Node* object;
  std::size_t index;
  std::string pointer;
  Member& member() const { return object->members[index]; }
};

using Wanted = std::function<bool(const Spot&)>;

void collect(Node& node, const std::string& pointer, const Wanted& wanted,
             std::vector<Spot>& spots) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    collect(node.items[i], pointer + '/' + std::to_string(i), wanted, spots);
  }
  for (std::size_t i = 0; i < node.members.size(); ++i) {
    const Spot spot{&node, i, pointer + '/' + scenarios::escaped(node.members[i].key)};
    if (wanted(spot)) spots.push_back(spot);
    collect(node.members[i].value, spot.pointer, wanted, spots);
  }
}

std::optional<Spot> any_spot(Node& root, Random& random, const Wanted& wanted) {
  std::vector<Spot> spots;
  collect(root, "", wanted, spots);
  if (spots.empty()) return std::nullopt;
  return random.one_of(spots);
}

bool anything(const Spot&) { return true; }

Node node_of(const std::string& json) {
  scenarios::Problems problems{"", {}};
  return scenarios::read_tree(json, problems);
}

std::optional<Dimension> dimension_of(const Node& node) {
  if (!node.is(Node::Kind::string)) return std::nullopt;
  for (int i = 0; i < static_cast<int>(Dimension::plain); ++i) {
    const auto dimension = static_cast<Dimension>(i);
    if (scenarios::parse_quantity(dimension, node.text)) return dimension;
  }
  return std::nullopt;
}

bool is_quantity(const Spot& spot) { return dimension_of(spot.member().value).has_value(); }

bool is_number_or_quantity(const Spot& spot) {
  return spot.member().value.is(Node::Kind::number) || is_quantity(spot);
}

// A letter too much, too little, or two in each other's place.
std::string misspelt(std::string key, Random& random) {
  const std::size_t at = random.below(key.size() + 1);  // a key may be empty
  const std::string before = key;
  if (random.below(2) == 0 && at + 1 < key.size()) std::swap(key[at], key[at + 1]);
  if (key == before) key.insert(at, 1, static_cast<char>('a' + random.below(26)));
  return key;
}

Change rename(const Spot& spot, Random& random) {
  spot.member().key = misspelt(spot.member().key, random);
  return {spot.pointer, spot.member().key};
}

Change change_value(const Spot& spot, Node value) {
  spot.member().value = std::move(value);
  return {spot.pointer, to_json(spot.member().value)};
}

Change change_unit(const Spot& spot, Random& random) {
  Node& value = spot.member().value;
  const auto is_other = [&](const std::string& text) {
    Node other = value;
    other.text = text;
    return dimension_of(other) != dimension_of(value);
  };
  std::string text = value.text;
  while (!is_other(text)) text = random.one_of(quantities());
  return change_value(spot, node_of(scenarios::quoted(text)));
}

Change change_type(const Spot& spot, Random& random) {
  static const std::vector<std::string> values{"null", "true", "3", "\"a text\"", "[]", "{}"};
  Node value = spot.member().value;
  while (value.kind == spot.member().value.kind) value = node_of(random.one_of(values));
  return change_value(spot, std::move(value));
}

// Below 0, or more than there is.
Change leave_range(const Spot& spot, Random& random) {
  const Node& value = spot.member().value;
  const bool below = random.below(2) == 0;
  if (value.is(Node::Kind::number)) return change_value(spot, node_of(below ? "-1" : "1e300"));
  std::string text = value.text;
  const std::size_t digits = text.front() == 'x' ? 1 : 0;
  const std::size_t unit = text.find_first_not_of("0123456789.", digits);
  const std::string rest = unit == std::string::npos ? "" : text.substr(unit);
  text = text.substr(0, digits) + (below ? "-1" : "1e300") + rest;
  return change_value(spot, node_of(scenarios::quoted(text)));
}

Change leave_out(const Spot& spot) {
  spot.object->members.erase(spot.object->members.begin() + static_cast<long>(spot.index));
  return {spot.pointer, ""};
}

Change duplicate(const Spot& spot) {
  spot.object->members.push_back(spot.member());
  return {spot.pointer, ""};
}

// Into another object, which is not inside of what is moved and has no such key.
std::optional<Change> move(const Spot& from, Node& root, Random& random) {
  const Member member = from.member();
  leave_out(from);
  const auto to = any_spot(root, random, [&](const Spot& spot) {
    const Node& target = spot.member().value;
    const bool is_home = from.pointer == spot.pointer + '/' + scenarios::escaped(member.key);
    return target.is(Node::Kind::object) && target.find(member.key) == nullptr && !is_home;
  });
  if (!to) return std::nullopt;
  to->member().value.members.push_back(member);
  return Change{from.pointer, to->pointer + '/' + scenarios::escaped(member.key)};
}

}  // namespace

std::uint64_t Random::next() {
  std::uint64_t word = state_ += 0x9E3779B97F4A7C15;
  word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
  word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
  return word ^ (word >> 31);
}

std::optional<Change> make_mistake(Mistake mistake, Node& root, Random& random) {
  const auto is_required = [](const Spot& spot) {
    const bool of_policy = spot.pointer.starts_with("/policies/");
    return !of_policy && vocabulary().required.contains(pattern_of(spot.pointer));
  };
  const Wanted wanted = mistake == Mistake::wrong_unit     ? Wanted{is_quantity}
                        : mistake == Mistake::out_of_range ? Wanted{is_number_or_quantity}
                        : mistake == Mistake::left_out     ? Wanted{is_required}
                                                           : Wanted{anything};
  const auto spot = any_spot(root, random, wanted);
  if (!spot) return std::nullopt;
  switch (mistake) {
    case Mistake::renamed_key:
      return rename(*spot, random);
    case Mistake::wrong_unit:
      return change_unit(*spot, random);
    case Mistake::wrong_type:
      return change_type(*spot, random);
    case Mistake::out_of_range:
      return leave_range(*spot, random);
    case Mistake::left_out:
      return leave_out(*spot);
    case Mistake::duplicate_key:
      return duplicate(*spot);
    case Mistake::moved_value:
      return move(*spot, root, random);
  }
  return std::nullopt;
}

std::string mutated(std::string_view text, std::uint64_t seed) {
  scenarios::Problems problems{"", {}};
  Random random{seed};
  try {
    Node root = read_tree(text, problems);
    const std::size_t changes = 1 + random.below(4);
    for (std::size_t i = 0; i < changes; ++i) {
      if (random.below(2) == 0) {
        make_mistake(static_cast<Mistake>(random.below(mistake_names.size())), root, random);
      } else {
        make_wild(root, random);
      }
    }
    return to_json(root);
  } catch (const scenarios::ScenarioError&) {
    return "";
  }
}

}  // namespace seatrial::fuzz
