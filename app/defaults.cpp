#include "app/defaults.hpp"

#include <fmt/format.h>

#include <ostream>

#include "scenarios/field_text.hpp"
#include "scenarios/field_tree.hpp"

namespace seatrial::app {
namespace {

using scenarios::FieldNode;

void print(const FieldNode& node, std::ostream& out) {
  using Form = FieldNode::Form;
  const bool has_more = node.form == Form::object || node.form == Form::alternatives;
  if (node.required.empty() && !node.default_text.empty()) {
    out << fmt::format("{} = {}{}\n", node.pointer, node.default_text,
                       node.source.empty() ? "" : fmt::format("  [{}]", node.source));
  } else if (!node.required.empty()) {
    out << fmt::format("{}: never implicit\n", node.pointer);
  } else if (!has_more || node.optional) {
    out << fmt::format("{}: left out, there is none\n", node.pointer);
  } else {
    out << node.pointer << '\n';
  }
  const std::string range = scenarios::range_text(node);
  out << fmt::format("      {}\n      write {}{}\n", node.sentence, scenarios::form_text(node),
                     range.empty() ? "" : "; " + range);
}

// What the limit of an objective is written in depends on its metric.
void print_limit(const FieldNode& alternative, std::ostream& out) {
  out << fmt::format(
      "{}/{}: one of the two is never implicit\n      The limit; `seatrial list "
      "metrics` names each metric's unit.\n",
      alternative.pointer, alternative.key);
}

void walk(const FieldNode& node, std::ostream& out) {
  if (node.form == FieldNode::Form::alternatives) {
    for (const FieldNode& alternative : node.members) {
      if (alternative.members.empty()) print_limit(alternative, out);
      for (const FieldNode& member : alternative.members) walk(member, out);
    }
    return;
  }
  print(node, out);
  for (const FieldNode& member : node.members) {
    if (!member.key.empty() || member.form == FieldNode::Form::alternatives) walk(member, out);
  }
  for (const FieldNode& kind : node.kinds) {
    out << fmt::format("      {}: {}\n", kind.key, kind.sentence);
    for (const FieldNode& parameter : kind.members) walk(parameter, out);
  }
}

}  // namespace

void list_defaults(std::ostream& out) {
  for (const FieldNode& section : scenarios::field_tree().members) walk(section, out);
}

}  // namespace seatrial::app
