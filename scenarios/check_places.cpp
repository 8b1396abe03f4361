// What the checks share: where a problem is cited.
#include <fmt/format.h>

#include <algorithm>

#include "scenarios/checks.hpp"

namespace seatrial::scenarios {

bool carries(const models::SessionTokenConfig& config, std::string_view kind) {
  return std::any_of(config.carry.begin(), config.carry.end(),
                     [&](const auto& carrier) { return carrier->name() == kind; });
}

Place place_of(const Node& root, std::string_view pointer) { return nearest(root, pointer).place; }

Place key_place_of(const Node& root, std::string_view parent, std::string_view key) {
  const Node& object = nearest(root, parent);
  for (const Member& member : object.members) {
    if (member.key == key) return member.place;
  }
  return object.place;
}

bool is_given(const PolicyTree& of, const std::string& pointer) {
  const Node* const node = node_at(*of.tree, pointer);
  return node != nullptr && !node->is(Node::Kind::null);
}

const std::string& at_fault(const PolicyTree& of, const std::string& first,
                            const std::string& second) {
  const bool second_is_new =
      place_of(*of.tree, second).of_policy && !place_of(*of.tree, first).of_policy;
  return second_is_new || (is_given(of, second) && !is_given(of, first)) ? second : first;
}

std::string other_arrow(const std::string& link) {
  for (const std::string arrow : {"<->", "<=>", "\u2194", "->", "=>", "\u2192"}) {
    const std::size_t at = link.find(arrow);
    if (at == std::string::npos) continue;
    const bool both = arrow.starts_with('<') || arrow == "\u2194";
    std::string better = link;
    better.replace(at, arrow.size(), both ? "<>" : ">");
    return fmt::format("expected a link like {}, got {}", quoted(better), quoted(link));
  }
  return "";
}

std::string cited(const PolicyTree& of, const Place& place, const std::string& pointer) {
  return place.of_policy ? "/policies/" + escaped(of.policy->name) + pointer : pointer;
}

}  // namespace seatrial::scenarios
