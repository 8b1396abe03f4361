// The part of FieldReader that goes into objects, maps and lists and finds unknown keys.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/distributions.hpp"
#include "scenarios/field_hints.hpp"
#include "scenarios/field_reader.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {

bool FieldReader::is_object(const Found& found) {
  if (found.node->is(Node::Kind::object)) return true;
  problem(found.node->place, found.pointer,
          fmt::format("expected an object like {}, got {}", smallest_object(found.pointer),
                      kind_with_article(*found.node)));
  return false;
}

void FieldReader::members_of(const Node* node, const std::string& pointer, const Describe& describe,
                             bool assumed) {
  const Place place = node != nullptr ? node->place : frame().place;
  frames_.push_back({.node = node, .pointer = pointer, .place = place, .assumed = assumed});
  describe(*this);
  const Frame& top = frame();
  const bool has_members = node != nullptr && !top.is_value;
  if (!has_members || is_object({node, pointer, ""})) return pop();
  frames_.pop_back();
}

// The end of an object: every key must have been named by a field.
void FieldReader::pop() {
  const Frame top = std::move(frames_.back());
  frames_.pop_back();
  if (top.node == nullptr || top.is_value) return;
  std::vector<std::string> hints = top.known;
  hints.insert(hints.end(), top.alternatives.begin(), top.alternatives.end());
  // Beside an alternative that was taken, another one is wrong.
  const std::vector<std::string>& possible = top.lacks_alternative ? hints : top.known;
  bool explained = false;
  for (const Member& member : top.node->members) {
    const auto& known = top.known;
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    const std::string pointer = top.pointer + '/' + escaped(member.key);
    std::string hint = did_you_mean(member.key, hints);
    explained = explained || !hint.empty();
    if (hint.empty()) hint = where_it_belongs(pointer, member.key);
    if (hint.empty() && !possible.empty())
      hint = "; known here: " + listed(possible, "seatrial list defaults");
    problem(member.place, pointer, "unknown key" + hint);
  }
  if (top.lacks_alternative && !explained) {
    problem(top.place, top.pointer,
            fmt::format("missing: needs one of the keys {}", listed(top.alternatives)));
  }
}

void FieldReader::object(const Field& field, const Describe& describe) {
  const Found found = find(field);
  if (found.node == nullptr) {
    if (!field.required.empty()) return missing(field, found.pointer, "");
    return members_of(nullptr, found.pointer, describe);
  }
  members_of(found.node, found.pointer, describe);
}

void FieldReader::optional_object(const Field& field, bool& present, const Describe& describe) {
  const Found found = find(field);
  present = found.node != nullptr;
  if (present) members_of(found.node, found.pointer, describe);
}

void FieldReader::object_or_value(const Field& field, const Describe& describe,
                                  const models::Shorthand& shorthand) {
  const Found found = unwrapped(find(field));
  if (found.node == nullptr) {
    if (!field.required.empty()) return missing(field, found.pointer, "");
    return members_of(nullptr, found.pointer, describe);
  }
  if (shorthand.assume && found.node->is(Node::Kind::string) && found.node->text == "assumed") {
    shorthand.assume();
    frames_.push_back(
        {.node = nullptr, .pointer = found.pointer, .place = found.node->place, .assumed = true});
    describe(*this);
    return pop();
  }
  if (shorthand.assume && found.node->is(Node::Kind::string)) {
    const std::vector<std::string> word{"assumed"};
    const std::string hint = did_you_mean(found.node->text, word);
    if (!hint.empty()) {
      return problem(found.node->place, found.pointer,
                     fmt::format("expected a distribution or \"assumed\", got {}{}",
                                 brief(*found.node), hint));
    }
  }
  const bool as_members =
      found.node->is(Node::Kind::object) && !resembles_distribution(*found.node);
  if (as_members) return members_of(found.node, found.pointer, describe);
  members_of(found.node, found.pointer, shorthand.value);
  if (!found.source.empty() && !resolved_.empty() && resolved_.back().source.empty()) {
    resolved_.back().source = found.source;
  }
}

void FieldReader::alternatives(std::span<const models::Alternative> list, int& chosen) {
  Frame& top = frame();
  if (top.node == nullptr || !top.node->is(Node::Kind::object)) return;
  int present = -1;
  for (std::size_t i = 0; i < list.size(); ++i) {
    top.alternatives.emplace_back(list[i].key);
    const Node* const node = top.node->find(list[i].key);
    if (node == nullptr) continue;
    if (present >= 0) {
      const auto& first = list[static_cast<std::size_t>(present)].key;
      know(list[i].key);
      // What belongs to it is not unknown.
      for (const std::string& key : keys_of_alternative(top.pointer, list[i].key)) know(key);
      problem(node->place, top.pointer + '/' + escaped(list[i].key),
              fmt::format("stands beside {}, but only one of them is possible", quoted(first)));
    } else {
      present = static_cast<int>(i);
    }
  }
  top.lacks_alternative = present < 0;
  if (present < 0) return;
  chosen = present;
  know(list[static_cast<std::size_t>(present)].key);
  list[static_cast<std::size_t>(present)].describe(*this);
}

void FieldReader::map(const Field& field, const std::function<std::vector<std::string>()>&,
                      const std::function<void(FieldVisitor&, const std::string&)>& entry) {
  const Found found = find(field);
  if (found.node == nullptr) {
    if (!field.required.empty()) missing(field, found.pointer, "");
    return;
  }
  if (!is_object(found) || !enough_entries(field, found, found.node->members.size())) return;
  for (const Member& member : found.node->members) {
    const std::string pointer = found.pointer + '/' + escaped(member.key);
    if (member.value.is(Node::Kind::null)) {
      problem(member.value.place, pointer, "null is no value; leave the entry out");
      continue;
    }
    if (member.key.empty()) {
      problem(member.place, pointer, "a name must not be empty");
      continue;
    }
    members_of(&member.value, pointer, [&](FieldVisitor& members) { entry(members, member.key); });
  }
}

void FieldReader::list(const Field& field, const std::function<std::size_t()>&,
                       const std::function<void(FieldVisitor&, std::size_t)>& element) {
  const Found found = find(field);
  if (found.node == nullptr) {
    if (!field.required.empty()) missing(field, found.pointer, "");
    return;
  }
  if (!found.node->is(Node::Kind::array)) {
    const auto keys = keys_of_element(found.pointer);
    const bool is_element =
        !found.node->is(Node::Kind::object) ||
        std::any_of(found.node->members.begin(), found.node->members.end(),
                    [&](const auto& member) {
                      return std::find(keys.begin(), keys.end(), member.key) != keys.end();
                    });
    return problem(found.node->place, found.pointer,
                   fmt::format("expected a list [ ... ], got {}{}", kind_with_article(*found.node),
                               is_element ? ": put it in [ ]" : ""));
  }
  if (!enough_entries(field, found, found.node->items.size())) return;
  for (std::size_t i = 0; i < found.node->items.size(); ++i) {
    members_of(&found.node->items[i], fmt::format("{}/{}", found.pointer, i),
               [&](FieldVisitor& members) { element(members, i); });
  }
}

}  // namespace seatrial::scenarios
