#include "scenarios/overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "scenarios/characters.hpp"
#include "scenarios/distributions.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {
namespace {

void mark(Node& node, const auto& change) {
  change(node.place);
  for (Node& item : node.items) mark(item, change);
  for (Member& member : node.members) {
    change(member.place);
    mark(member.value, change);
  }
}

bool looks_like_json(std::string_view text) {
  return text.starts_with('{') || text.starts_with('[') || text.starts_with('"');
}

// Nothing after a problem was reported.
std::optional<Node> override_value(const Override& override, int index, Problems& problems) {
  Node node;
  const Place place{.override_index = index};
  Problems inside{"", {}};
  try {
    node = read_tree(override.value, inside);
    inside.throw_if_any();
  } catch (const ScenarioError& error) {
    if (looks_like_json(override.value)) {
      problems.add(place, "", error.problems.front().message);
      return std::nullopt;
    }
    node = Node{};
    node.kind = Node::Kind::string;
    node.text = override.value;
  }
  mark(node, [&](Place& of) { of = place; });
  return node;
}

// The child that `token` names, made if need be; null where the tree has no such place.
Node* step(Node& node, const std::string& token, const Place& place) {
  if (node.is(Node::Kind::array)) {
    const auto index = list_index(token);
    return index && *index < node.items.size() ? &node.items[*index] : nullptr;
  }
  if (!node.is(Node::Kind::object)) return nullptr;
  if (Node* const found = node.find(token)) return found;
  Node made;
  made.kind = Node::Kind::object;
  made.place = place;
  node.members.push_back({token, place, std::move(made)});
  return &node.members.back().value;
}

void merge_into(Node& base, const Node& patch, int by_name) {
  for (const Member& change : patch.members) {
    const auto existing = std::find_if(base.members.begin(), base.members.end(),
                                       [&](const Member& m) { return m.key == change.key; });
    if (existing == base.members.end()) {
      base.members.push_back(change);
      continue;
    }
    const Node& value = change.value;
    Node& old = existing->value;
    const bool replaces =
        by_name == 0 && (names_distribution(value) || value.find("kind") || value.find("value") ||
                         names_distribution(old) || old.find("value"));
    if (value.is(Node::Kind::object) && old.is(Node::Kind::object) && !replaces) {
      merge_into(old, value, std::max(0, by_name - 1));
    } else {
      *existing = change;
    }
  }
}

}  // namespace

namespace {

// What is wrong with the text of an override, before anybody looks at the scenario.
std::string problem_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (!text.starts_with('/') || equals == std::string::npos) {
    return "expected /pointer=value, for example /store/replication_lag=60ms";
  }
  if (text.size() > most_bytes) return "a value larger than 4 MB";
  if (first_unprintable(text))
    return "a control character, or a byte that is no UTF-8, has no place in a text";
  const auto depth = std::count(text.begin(), text.begin() + static_cast<long>(equals), '/');
  if (depth > deepest_nesting) return fmt::format("deeper than {} levels", deepest_nesting);
  return "";
}

}  // namespace

// A name that the file does not have is rather a slip than a new policy.
std::string not_added(const std::vector<std::string>& known) {
  const std::string first = "; --set changes a policy that the file has";
  const std::string rest = "; to add one, copy the file and write it there";
  return first + (known.empty() ? "" : ": " + listed(known)) + rest;
}

std::vector<Override> parse_overrides(const std::vector<std::string>& texts) {
  std::vector<Override> overrides;
  std::vector<Problem> problems;
  for (const std::string& text : texts) {
    std::string problem = problem_of(text);
    if (overrides.size() == most_overrides) {
      problem = fmt::format("more than {} values of the command line", most_overrides);
    }
    if (!problem.empty()) {
      problems.push_back({"--set " + shortened(text, longest_key), 0, 0, "", std::move(problem)});
      if (problems.size() == most_problems) break;
      continue;
    }
    const std::size_t equals = text.find('=');
    overrides.push_back({text.substr(0, equals), text.substr(equals + 1)});
  }
  if (!problems.empty()) throw ScenarioError{std::move(problems)};
  return overrides;
}

void apply(const Override& override, int index, Node& root, Problems& problems) {
  const Place place{.override_index = index};
  const std::vector<std::string> tokens = pointer_tokens(override.pointer);
  if (tokens.size() >= 2 && tokens[0] == "policies") {
    std::vector<std::string> known;
    if (const Node* const policies = root.find("policies")) {
      for (const Member& member : policies->members) known.push_back(member.key);
    }
    if (std::find(known.begin(), known.end(), tokens[1]) == known.end()) {
      const std::string hint = did_you_mean(tokens[1], known);
      return problems.add(place, "/policies/" + escaped(tokens[1]),
                          "unknown policy" + (hint.empty() ? not_added(known) : hint));
    }
  }
  Node* node = &root;
  std::string pointer;
  for (const std::string& token : tokens) {
    pointer += '/' + escaped(token);
    node = step(*node, token, place);
    if (node == nullptr) return problems.add(place, pointer, "there is no such place in the file");
  }
  if (auto value = override_value(override, index, problems)) *node = std::move(*value);
}

namespace {

const std::vector<std::string> allowed{policy_keys.begin(), policy_keys.end()};

bool may_change(const std::string& key) {
  return std::find(allowed.begin(), allowed.end(), key) != allowed.end();
}

}  // namespace

bool policy_may_change_data(std::string_view key) {
  return std::find(policy_data_keys.begin(), policy_data_keys.end(), key) != policy_data_keys.end();
}

void check_patch(const Node& patch, const Node& base, const std::string& policy,
                 Problems& problems) {
  const std::string pointer = "/policies/" + escaped(policy);
  if (!patch.is(Node::Kind::object)) {
    return problems.add(patch.place, pointer,
                        fmt::format("expected an object with what the policy changes, got {}",
                                    kind_with_article(patch)));
  }
  for (const Member& member : patch.members) {
    if (may_change(member.key)) continue;
    problems.add(member.place, pointer + '/' + escaped(member.key),
                 "a policy may change only store, broker, pods, data and session_token" +
                     (base.find(member.key) ? std::string{} : did_you_mean(member.key, allowed)));
  }
  const Node* const data = patch.find("data");
  const Node* const classes = base.find("data");
  if (data == nullptr) return;
  std::vector<std::string> names;
  if (classes != nullptr) {
    for (const Member& member : classes->members) names.push_back(member.key);
  }
  const std::vector<std::string> data_keys{policy_data_keys.begin(), policy_data_keys.end()};
  for (const Member& entry : data->members) {
    const std::string below = pointer + "/data/" + escaped(entry.key);
    if (std::find(names.begin(), names.end(), entry.key) == names.end()) {
      problems.add(entry.place, below, "unknown data class" + did_you_mean(entry.key, names));
    }
    for (const Member& change : entry.value.members) {
      if (policy_may_change_data(change.key)) continue;
      problems.add(change.place, below + '/' + escaped(change.key),
                   "of a data class a policy may change only " + listed(data_keys));
    }
  }
}

Node merged(const Node& base, const Node& patch) {
  Node changes = patch;
  mark(changes, [](Place& place) { place.of_policy = true; });
  Node result = base;
  for (Member& member : changes.members) {
    if (!may_change(member.key)) continue;  // check_patch() has reported it
    if (member.key == "data") {
      const Node* const classes = base.find("data");
      std::erase_if(member.value.members, [&](const Member& entry) {
        return classes == nullptr || classes->find(entry.key) == nullptr;
      });
    }
    Node one;
    one.kind = Node::Kind::object;
    one.members.push_back(member);
    // Below /data names stand, which may be any word: no choices there.
    merge_into(result, one, member.key == "data" ? 2 : 0);
  }
  return result;
}

std::vector<std::string> removed(const Node& base, const Node& patch) {
  std::vector<std::string> pointers;
  for (const Member& change : patch.members) {
    const Node* const old = base.find(change.key);
    if (old == nullptr) continue;
    const std::string pointer = '/' + escaped(change.key);
    if (change.value.is(Node::Kind::null)) pointers.push_back(pointer);
    for (const std::string& below : removed(*old, change.value))
      pointers.push_back(pointer + below);
  }
  return pointers;
}

Origin origin_of(const Node& value) {
  if (value.place.override_index >= 0) return Origin::command_line;
  if (value.place.of_prices) return Origin::command_line;
  Origin origin = value.place.of_policy ? Origin::policy : Origin::file;
  const auto take = [&](const Node& part) {
    const Origin inner = origin_of(part);
    if (inner == Origin::command_line || origin == Origin::file) origin = inner;
  };
  for (const Node& item : value.items) take(item);
  for (const Member& member : value.members) take(member.value);
  return origin;
}

}  // namespace seatrial::scenarios
