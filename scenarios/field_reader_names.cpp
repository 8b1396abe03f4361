// The part of FieldReader that reads names: choices, references and strategies.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/field_reader.hpp"
#include "scenarios/field_tree.hpp"
#include "scenarios/nearest_name.hpp"

namespace seatrial::scenarios {

using models::Reference;

void FieldReader::one_of(const Field& field, std::span<const std::string_view> names, int& chosen) {
  const Found found = find_value(field);
  const auto current = chosen < 0 ? "" : names[static_cast<std::size_t>(chosen)];
  if (found.node == nullptr) return missing(field, found.pointer, quoted(current));
  const std::vector<std::string> known{names.begin(), names.end()};
  const auto place = std::find(known.begin(), known.end(), found.node->text);
  if (!found.node->is(Node::Kind::string) || place == known.end()) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected {}, got {}{}", listed(known, field.listed_by),
                               brief(*found.node), did_you_mean(found.node->text, known)));
  }
  chosen = static_cast<int>(place - known.begin());
  record(field, found);
}

void FieldReader::reference(const Field& field, Reference to, std::string& name) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, quoted(name));
  const std::string_view word = name_of(to);
  const auto& known = names_.of(to);
  if (!found.node->is(Node::Kind::string)) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected the name of a {}, got {}", word, brief(*found.node)));
  }
  if (known.empty()) return;  // that there are none is a problem of its own
  if (std::find(known.begin(), known.end(), found.node->text) == known.end()) {
    return problem(found.node->place, found.pointer,
                   fmt::format("unknown {} {}{}", word, brief(*found.node),
                               near_or_listed(found.node->text, known)));
  }
  name = found.node->text;
  record(field, found);
}

std::shared_ptr<models::StrategyKind> FieldReader::kind_named(const Node& node,
                                                              const std::string& pointer,
                                                              const models::StrategyAxis& axis) {
  std::vector<std::string> known;
  for (const auto& kind : axis.kinds) {
    if (node.is(Node::Kind::string) && kind->name() == node.text) return kind->clone();
    known.emplace_back(kind->name());
  }
  problem(node.place, pointer,
          fmt::format("expected {}, got {}{}", listed(known), brief(node),
                      did_you_mean(node.text, known)));
  return nullptr;
}

std::shared_ptr<models::StrategyKind> FieldReader::kind_of(const Found& found,
                                                           const models::StrategyAxis& axis) {
  const bool by_name = !found.node->is(Node::Kind::object);
  const Node* const name = by_name ? found.node : found.node->find("kind");
  if (name == nullptr) {
    std::vector<std::string> known;
    for (const auto& kind : axis.kinds) known.emplace_back(kind->name());
    problem(found.node->place, found.pointer + "/kind",
            fmt::format("missing: say which kind of {} it is: {}", axis.name, listed(known)));
    return nullptr;
  }
  auto kind = kind_named(*name, by_name ? found.pointer : found.pointer + "/kind", axis);
  if (kind == nullptr) return nullptr;
  record(by_name ? found : Found{name, found.pointer + "/kind", ""}, to_json(*name));
  members_of(by_name ? nullptr : found.node, found.pointer, [&](FieldVisitor& members) {
    know("kind");
    if (by_name) frame().place = name->place;  // what the kind needs is missing there
    kind->describe(members);
  });
  return kind;
}

void FieldReader::strategy(const Field& field, const models::StrategyAxis& axis,
                           std::shared_ptr<models::StrategyKind>& chosen) {
  const Found found = find_value(field);
  if (found.node != nullptr) {
    if (auto kind = kind_of(found, axis)) chosen = std::move(kind);
    return;
  }
  if (chosen == nullptr && !axis.kinds.empty()) chosen = axis.kinds.front()->clone();
  if (chosen == nullptr) return;
  missing(field, found.pointer, quoted(chosen->name()));
  members_of(nullptr, found.pointer, [&](FieldVisitor& members) { chosen->describe(members); });
}

void FieldReader::strategies(const Field& field, const models::StrategyAxis& axis,
                             std::vector<std::shared_ptr<models::StrategyKind>>& chosen) {
  const Found found = find_value(field);
  if (found.node == nullptr) return missing(field, found.pointer, "[]");
  if (!found.node->is(Node::Kind::array)) {
    return problem(found.node->place, found.pointer,
                   fmt::format("expected a list like [ {} ], got {}",
                               quoted(axis.kinds.front()->name()), brief(*found.node)));
  }
  chosen.clear();
  if (found.node->items.empty()) record(field, found);
  for (std::size_t i = 0; i < found.node->items.size(); ++i) {
    const Node& item = found.node->items[i];
    const std::string pointer = fmt::format("{}/{}", found.pointer, i);
    auto kind = kind_of({&item, pointer, found.source}, axis);
    if (kind == nullptr) continue;
    const bool again = std::any_of(chosen.begin(), chosen.end(), [&](const auto& other) {
      return other->name() == kind->name();
    });
    if (again)
      problem(item.place, pointer, fmt::format("{} stands here twice", quoted(kind->name())));
    chosen.push_back(std::move(kind));
  }
}

}  // namespace seatrial::scenarios
