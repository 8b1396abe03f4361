#include "scenarios/field_hints.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field_tree.hpp"
#include "scenarios/json_tree.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {
namespace {

using Form = FieldNode::Form;

// A place that has the key, and the alternative or kind that it belongs to there.
struct Found {
  std::string pointer;
  std::string with;
};

void find(const FieldNode& node, std::string_view key, const std::string& with,
          std::vector<Found>& found) {
  if (node.key == key && node.form != Form::alternatives) found.push_back({node.pointer, with});
  for (const FieldNode& member : node.members) {
    if (node.form != Form::alternatives) {
      find(member, key, "", found);
      continue;
    }
    for (const FieldNode& of_it : member.members) find(of_it, key, member.key, found);
  }
  for (const FieldNode& kind : node.kinds) {
    for (const FieldNode& parameter : kind.members) find(parameter, key, kind.key, found);
  }
}

// Whether a pointer of the file is this one of the tree, in which NAME and 0 stand for any.
bool is_place(std::string_view written, std::string_view of_tree) {
  const auto a = pointer_tokens(written), b = pointer_tokens(of_tree);
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](auto& one, auto& two) {
           return two == "NAME" || (two == "0" && list_index(one)) || one == two;
         });
}

std::string section_of(std::string_view pointer) {
  const auto tokens = pointer_tokens(pointer);
  return tokens.empty() ? "" : tokens.front();
}

const FieldNode& tree() {
  static const FieldNode root = field_tree();
  return root;
}

// The first node that stands there, or null. What stands in a list or map has no node of its own.
const FieldNode* node_at(const FieldNode& above, std::string_view pointer) {
  for (const FieldNode& member : above.members) {
    const bool stands_there = above.form != Form::alternatives &&
                              member.form != Form::alternatives && !member.key.empty();
    if (stands_there && is_place(pointer, member.pointer)) return &member;
    if (const FieldNode* const found = node_at(member, pointer)) return found;
  }
  for (const FieldNode& kind : above.kinds)
    if (const FieldNode* const found = node_at(kind, pointer)) return found;
  return nullptr;
}

const std::vector<FieldNode>& members_at(std::string_view pointer) {
  static const std::vector<FieldNode> none;
  const FieldNode* const node = node_at(tree(), pointer);
  if (node != nullptr) return node->members;
  const std::string_view parent = pointer.substr(0, pointer.rfind('/'));
  const FieldNode* const holder = node_at(tree(), parent);
  const bool holds = holder != nullptr && (holder->form == Form::list || holder->form == Form::map);
  return holds ? holder->members : none;
}

std::vector<std::string> keys_of(const std::vector<FieldNode>& members) {
  std::vector<std::string> keys;
  for (const FieldNode& member : members) {
    if (member.form != Form::alternatives) {
      keys.push_back(member.key);
      continue;
    }
    for (const FieldNode& alternative : member.members)
      for (const std::string& key : keys_of(alternative.members)) keys.push_back(key);
  }
  return keys;
}

}  // namespace

std::string where_it_belongs(std::string_view pointer, std::string_view key) {
  std::vector<Found> all;
  for (const FieldNode& section : tree().members) find(section, key, "", all);
  std::vector<std::string> elsewhere, in_section, beside;
  for (const Found& place : all) {
    if (is_place(pointer, place.pointer)) {
      if (!place.with.empty()) beside.push_back(place.with);
      continue;
    }
    if (std::find(elsewhere.begin(), elsewhere.end(), place.pointer) != elsewhere.end()) continue;
    elsewhere.push_back(place.pointer);
    if (section_of(place.pointer) == section_of(pointer)) in_section.push_back(place.pointer);
  }
  if (!beside.empty()) return "; it goes with " + listed(beside);
  const auto& likely = in_section.empty() ? elsewhere : in_section;
  // Of several places none is likely.
  return likely.size() == 1 ? fmt::format("; did you mean {}?", likely.front()) : "";
}

std::vector<std::string> keys_of_alternative(std::string_view pointer, std::string_view key) {
  for (const FieldNode& member : members_at(pointer)) {
    if (member.form != Form::alternatives) continue;
    for (const FieldNode& alternative : member.members)
      if (alternative.key == key) return keys_of(alternative.members);
  }
  return {};
}

std::vector<std::string> keys_of_element(std::string_view pointer) {
  return keys_of(members_at(std::string{pointer} + "/0"));
}

std::string smallest_object(std::string_view pointer) {
  const FieldNode* const node = node_at(tree(), pointer);
  if (node != nullptr && node->form == Form::map) return "{ \"NAME\": ... }";
  std::string inside, first;
  for (const FieldNode& member : members_at(pointer)) {
    const bool is_choice = member.form == Form::alternatives;
    if (is_choice || !member.required.empty())
      inside += fmt::format("{}{}: ...", inside.empty() ? "" : ", ",
                            quoted(is_choice ? member.members.front().key : member.key));
    if (first.empty() && !member.default_text.empty())
      first = fmt::format("{}: {}", quoted(member.key), member.default_text);
  }
  if (inside.empty()) inside = first.empty() ? "..." : first;
  return "{ " + inside + " }";
}

}  // namespace seatrial::scenarios
