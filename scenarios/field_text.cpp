#include "scenarios/field_text.hpp"

#include <fmt/format.h>

#include <cmath>

#include "scenarios/json_tree.hpp"

namespace seatrial::scenarios {
namespace {

using Form = FieldNode::Form;

std::string any_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 == names.size() ? " or " : ", ";
    text += quoted(names[i]);
  }
  return text;
}

std::string_view where_named(models::Reference reference) {
  switch (reference) {
    case models::Reference::region:
      return "/regions/users";
    case models::Reference::data_class:
      return "/data";
    case models::Reference::phase:
      return "/phases";
    case models::Reference::policy:
      return "/policies";
  }
  return "";
}

std::string object_text(const FieldNode& node) {
  for (const FieldNode& member : node.members) {
    if (member.form == Form::alternatives) return "an object with one of the keys below";
  }
  return "an object";
}

std::string list_text(const FieldNode& node) {
  const bool of_values = node.members.size() == 1 && node.members[0].key.empty() &&
                         node.members[0].form != Form::alternatives;
  return of_values ? "a list, each entry " + form_text(node.members[0]) : "a list of objects";
}

std::string map_text(const FieldNode& node) {
  const bool of_values = node.members.size() == 1 && node.members[0].key.empty();
  return "an object of names, each with " +
         (of_values ? form_text(node.members[0]) : std::string{"an object"});
}

std::string entries_text(const FieldNode& node) {
  const bool most = std::isfinite(node.at_most);
  if (node.at_least > 0) {
    return most ? fmt::format("{} to {} entries", node.at_least, node.at_most)
                : fmt::format("at least {} entries", node.at_least);
  }
  return most ? fmt::format("at most {} entries", node.at_most) : "";
}

std::string shown_limit(const FieldNode& node, double limit) {
  return format_quantity(
      node.form == Form::duration_distribution ? Dimension::duration : node.dimension, limit);
}

}  // namespace

std::string form_text(const FieldNode& node) {
  switch (node.form) {
    case Form::text:
      return "text in quotes";
    case Form::flag:
      return "true or false";
    case Form::count:
      return "a whole number";
    case Form::number:
      return "a number";
    case Form::quantity:
      return std::string{expected(node.dimension)};
    case Form::duration_distribution:
      return "a duration like \"60ms\", or a distribution of durations";
    case Form::count_distribution:
      return "a number like 6, or a distribution of numbers";
    case Form::one_of:
      return any_of(node.names);
    case Form::reference:
      return fmt::format("the name of a {}, one of {}", name_of(node.refers_to),
                         where_named(node.refers_to));
    case Form::strategy:
      return any_of(node.names) + ", or an object with that \"kind\" and its parameters";
    case Form::strategies:
      return "a list of " + any_of(node.names) + ", each at most once";
    case Form::object_or_value:
      return form_text(node.shorthand.front()) + ", or an object" +
             (node.assumable ? ", or \"assumed\"" : "");
    case Form::map:
      return map_text(node);
    case Form::list:
      return list_text(node);
    case Form::policies:
      return "an object of names, each with a patch";
    case Form::object:
    case Form::alternatives:
      return object_text(node);
  }
  return "";
}

std::string range_text(const FieldNode& node) {
  const bool least = std::isfinite(node.at_least) && node.at_least != 0;
  const bool most = std::isfinite(node.at_most);
  if (node.form == Form::object || node.form == Form::alternatives) return "";
  if (!node.is_value()) return entries_text(node);
  if (most && std::isfinite(node.at_least)) {
    return fmt::format("from {} to {}", shown_limit(node, node.at_least),
                       shown_limit(node, node.at_most));
  }
  if (most) return "at most " + shown_limit(node, node.at_most);
  // That a quantity is not negative is part of its form.
  const bool says_something = least || (node.form == Form::count && node.at_least == 0);
  return says_something ? "at least " + shown_limit(node, node.at_least) : "";
}

std::string default_text(const FieldNode& node) {
  if (!node.required.empty()) return "Never implicit: " + node.required + ".";
  if (node.optional) return "Left out: there is none.";
  if (node.default_text.empty()) return "";
  const std::string source = node.source.empty() ? "" : fmt::format(" ({})", node.source);
  return fmt::format("Default: {}{}.", node.default_text, source);
}

std::string reference_text(const FieldNode& node) {
  if (node.form != Form::reference) return "";
  return fmt::format("Whether there is such a {} only seatrial checks.", name_of(node.refers_to));
}

std::string kinds_text(const FieldNode& node) {
  std::string text;
  for (const FieldNode& kind : node.kinds) {
    text += fmt::format("{}{}: {}", text.empty() ? "" : "\n", kind.key, kind.sentence);
  }
  return text;
}

}  // namespace seatrial::scenarios
